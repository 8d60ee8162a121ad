using System.Security.Cryptography;
using System.Text;
using Dispatch.Web.Limits;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace Dispatch.Web.Gateways;

/// <summary>What a gateway sent to us, whole: signatures are made over the bytes and the address as they left there.</summary>
/// <param name="Target">Path and query, as they stood in the request.</param>
/// <param name="Secret">From the path, where it has one.</param>
internal sealed record GatewayCall(string Target, string? Secret, byte[] Body, IQueryCollection Query, IReadOnlyList<KeyValuePair<string, string>> Form, IHeaderDictionary Headers)
{
    private const int MaxFields = 100;

    /// <summary>Null where the form cannot be read.</summary>
    public static async Task<GatewayCall?> Read(HttpRequest request)
    {
        using var body = new MemoryStream();
        // Kestrel ends it at Bounds.BodyBytes.
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        var bytes = body.ToArray();
        if (FormOf(request, bytes) is not { } form) return null;
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        return new GatewayCall(target, request.RouteValues["secret"] as string, bytes, request.Query, form, request.Headers);
    }

    /// <summary>From the form, or else from the query; null where it is in neither.</summary>
    public string? Field(string name) => Form.Where(f => f.Key == name).Select(f => f.Value).FirstOrDefault() ?? (Query[name] is { Count: > 0 } values ? values[0] : null);

    /// <summary>In the same time, however much of it is right.</summary>
    public static bool Same(string? given, string known) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given ?? "")), SHA256.HashData(Encoding.UTF8.GetBytes(known)));

    private static List<KeyValuePair<string, string>>? FormOf(HttpRequest request, byte[] bytes)
    {
        if (!request.HasFormContentType) return [];
        try
        {
            using var reader = new FormReader(Encoding.UTF8.GetString(bytes)) { ValueCountLimit = MaxFields, KeyLengthLimit = Bounds.BodyBytes, ValueLengthLimit = Bounds.BodyBytes };
            return [.. reader.ReadForm().SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? "")))];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
