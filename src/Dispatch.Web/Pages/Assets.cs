using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;

namespace Dispatch.Web.Pages;

/// <summary>The files of wwwroot, compressed once and kept: they are few and small, and on a slow network every kilobyte is a second.</summary>
internal sealed class Assets
{
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string Ask = "no-cache";
    private static readonly FileExtensionContentTypeProvider Types = new(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [".js"] = "text/javascript; charset=utf-8", [".css"] = "text/css; charset=utf-8", [".json"] = "application/json; charset=utf-8",
        [".svg"] = "image/svg+xml", [".png"] = "image/png", [".webmanifest"] = "application/manifest+json", [".txt"] = "text/plain; charset=utf-8",
        [".woff2"] = "font/woff2", [".mp3"] = "audio/mpeg", [".ogg"] = "audio/ogg", [".opus"] = "audio/ogg",
    });

    private readonly string _root;
    private readonly ConcurrentDictionary<string, Asset> _kept = new();

    public Assets(IWebHostEnvironment environment)
    {
        _root = Path.Combine(environment.ContentRootPath, "wwwroot");
        // Only names that exist now are ever looked at: no path of a caller reaches the file system.
        foreach (var file in Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories)) _ = Load(file);
        Version = Hash(_kept.OrderBy(a => a.Key, StringComparer.Ordinal).SelectMany(a => a.Value.Plain).ToArray())[..8];
    }

    /// <summary>Changes with any of the files; for addresses that may be kept for good.</summary>
    public string Version { get; }

    public async Task<bool> TryServe(HttpContext http)
    {
        if (!_kept.TryGetValue(http.Request.Path.Value ?? "", out var asset)) return false;
        if (File.GetLastWriteTimeUtc(asset.File) is var written && written != asset.Written) asset = Load(asset.File);
        var response = http.Response;
        response.Headers.CacheControl = http.Request.Query["v"] == Version ? Immutable : Ask;
        response.Headers.ETag = asset.ETag;
        response.Headers.Vary = "Accept-Encoding";
        if (http.Request.Headers.IfNoneMatch == asset.ETag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return true;
        }

        var accepted = http.Request.Headers.AcceptEncoding.ToString();
        var (bytes, encoding) = asset switch
        {
            { Brotli: { } brotli } when accepted.Contains("br", StringComparison.Ordinal) => (brotli, "br"),
            { Gzip: { } gzip } when accepted.Contains("gzip", StringComparison.Ordinal) => (gzip, "gzip"),
            _ => (asset.Plain, null),
        };
        if (encoding is not null) response.Headers.ContentEncoding = encoding;
        response.ContentType = asset.ContentType;
        response.ContentLength = bytes.Length;
        if (HttpMethods.IsGet(http.Request.Method)) await response.Body.WriteAsync(bytes, http.RequestAborted);
        return true;
    }

    private Asset Load(string file)
    {
        var plain = File.ReadAllBytes(file);
        var type = Types.TryGetContentType(file, out var known) ? known : "application/octet-stream";
        var text = !type.StartsWith("audio", StringComparison.Ordinal) && type is not ("image/png" or "font/woff2");
        var asset = new Asset(
            file, File.GetLastWriteTimeUtc(file), type, $"\"{Hash(plain)}\"", plain,
            text ? Compressed(plain, to => new BrotliStream(to, CompressionLevel.Optimal)) : null,
            text ? Compressed(plain, to => new GZipStream(to, CompressionLevel.Optimal)) : null);
        _kept["/" + Path.GetRelativePath(_root, file).Replace(Path.DirectorySeparatorChar, '/')] = asset;
        return asset;
    }

    private static byte[] Compressed(byte[] plain, Func<Stream, Stream> compressor)
    {
        using var to = new MemoryStream();
        using (var stream = compressor(to)) stream.Write(plain);
        return to.ToArray();
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12));

    private sealed record Asset(string File, DateTime Written, string ContentType, string ETag, byte[] Plain, byte[]? Brotli, byte[]? Gzip);
}

internal static class AssetServing
{
    public static void UseAssets(this WebApplication app)
    {
        var assets = app.Services.GetRequiredService<Assets>();
        app.Use(async (http, next) =>
        {
            var read = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
            if (!read || !await assets.TryServe(http)) await next(http);
        });
    }
}
