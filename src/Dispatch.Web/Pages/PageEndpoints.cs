using System.IO.Compression;
using Dispatch.Domain.Numbers;
using Dispatch.Web.Demo;
using Dispatch.Web.Hosting;
using Dispatch.Web.Sealing;
using Dispatch.Web.Tenancy;
using Microsoft.AspNetCore.ResponseCompression;

namespace Dispatch.Web.Pages;

internal static class PageEndpoints
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PageFiles>();
        builder.Services.AddSingleton<Assets>();
        builder.Services.AddSingleton<Page>();
        builder.Services.AddSingleton<NotReceived>();
        // For whole pages that say nothing about anybody. What does is never compressed: its length would tell.
        builder.Services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["text/html"];
        });
        builder.Services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
        builder.Services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Optimal);
    }

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        pages.MapGet("/", (HttpRequest request, Page page) => page.Render(request, "carnet"));
        pages.MapGet("/respond", (HttpRequest request, Page page) => page.Render(request, "respond"));
        pages.MapGet("/hotline", (HttpRequest request, Page page) => page.Render(request, "hotline"));
        pages.MapGet("/shelter", (HttpRequest request, Page page) => page.Render(request, "shelter"));
        pages.MapGet("/relay", (HttpRequest request, Page page) => page.Render(request, "relay"));
        pages.MapGet("/coordinate", (HttpRequest request, Page page) => page.Render(request, "coordinate"));
        routes.MapDemoTelephone();
        routes.MapNote();
    }

    /// <summary>Compresses the pages that are the same for everybody.</summary>
    public static void UsePageCompression(this IApplicationBuilder app) =>
        app.UseWhen(http => http.Request.Path.Value is "/" or "/respond" or "/hotline" or "/shelter" or "/relay" or "/coordinate", branch => branch.UseResponseCompression());
}

/// <summary>One page in her language, with what the host alone knows filled in.</summary>
internal sealed class Page(PageFiles files, Assets assets, Tenant tenant, OutboxKey outbox, IIds ids)
{
    public IResult Render(HttpRequest request, string name)
    {
        var texts = files.Texts(request);
        return Results.Content(files.Fill(name, texts, Values(texts)), "text/html; charset=utf-8");
    }

    public IResult Note(Texts texts, IEnumerable<string> lines) =>
        Results.Content(files.Fill("note", texts, Values(texts), string.Concat(lines.Select(l => $"<p>{PageFiles.Encode(l)}</p>"))), "text/html; charset=utf-8");

    public string NotReceived(Texts texts, string fields) => files.Fill("notreceived", texts, Values(texts), fields);

    private Dictionary<string, string> Values(Texts texts) => new()
    {
        ["lang"] = texts.Language,
        ["otherLang"] = texts.Language is "fr" ? "en" : "fr",
        ["idempotencyKey"] = ids.NewUuid().ToString("D"),
        ["fallbackNumber"] = tenant.FallbackNumber,
        ["fallbackLink"] = DialString.TryParse(tenant.FallbackNumber, out var dial) ? dial.Link : $"tel:{tenant.FallbackNumber}",
        ["carnet.canCallAfter"] = texts[tenant.Dialled.All(d => d.Free is true) ? "carnet.canCallAfter" : "carnet.canCallAfterAsk"],
        ["dialled"] = Dialled(texts),
        ["textNumber"] = tenant.Settings.TextNumber ?? "",
        ["exitUrl"] = tenant.ExitUrl,
        ["serverKeyId"] = outbox.KeyId,
        ["serverKey"] = outbox.PublicKey,
        ["area"] = tenant.Settings.DefaultArea,
        ["version"] = assets.Version,
    };

    /// <summary>From each network, where it is not the same from all.</summary>
    private string Dialled(Texts texts) => tenant.Dialled.DistinctBy(d => (d.Keys, d.Free)).Count() < 2 ? "" : string.Join(" · ", tenant.Dialled.Select(d =>
        $"{d.Network ?? texts["carnet.otherNetworks"]}\u00a0{d.Keys}{(d.Free is true ? texts["carnet.dialledFree"] : "")}"));
}
