using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Dispatch.Domain.Alerts;
using Dispatch.Web.Hosting;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;

namespace Dispatch.Web.Survivors;

/// <summary>Reads a raise in whichever way it came: JSON, the same sealed on the phone, or a form of a page without scripts.</summary>
internal sealed class RaiseReading(OutboxKey outbox)
{
    public static bool IsJson(HttpRequest request) => request.HasJsonContentType();

    public static bool IsForm(HttpRequest request) => request.HasFormContentType;

    /// <summary>A press without scripts: whatever becomes of it, a page has to say so.</summary>
    public static bool IsFormPress(HttpRequest request) => HttpMethods.IsPost(request.Method) && request.Path == "/api/v1/alerts" && IsForm(request);

    /// <summary>Null when it is not JSON of the contract's shape, or an envelope that does not open.</summary>
    public async Task<RaiseBody?> Json(HttpRequest request, string key)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        try
        {
            var bytes = buffer.ToArray();
            // An empty body is the bare press.
            if (bytes.Length == 0) return new RaiseBody();
            using var document = JsonDocument.Parse(WholeJson.Of(bytes));
            if (document.RootElement.ValueKind is not JsonValueKind.Object) return null;
            if (!document.RootElement.TryGetProperty("envelope", out var sealed_)) return document.Deserialize<RaiseBody>(WireJson.Options);
            return sealed_.Deserialize<Envelope>(WireJson.Options) is { Kid: not null, Epk: not null, Iv: not null, Box: not null } envelope && outbox.Open(envelope, key) is { } plain
                ? JsonSerializer.Deserialize<RaiseBody>(WholeJson.Of(plain), WireJson.Options)
                : null;
        }
        catch (Exception wrong) when (wrong is JsonException or DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>What a form can say. Words it does not know are left out: a press is a press.</summary>
    /// <param name="form">The fields, by the names in the page.</param>
    /// <param name="otherwise">What the press asks for without a choice. Police alone never becomes the whole request.</param>
    public static RaiseBody Form(IFormCollection form, IEnumerable<Need> otherwise)
    {
        var needs = form["needs"].Select(n => Enum.TryParse<Need>(n, ignoreCase: true, out var need) && Enum.IsDefined(need) ? need : (Need?)null).OfType<Need>().Distinct().ToList();
        var police = form["police"] == "yes";
        if (police) needs = [.. needs.Count > 0 ? needs : otherwise, Need.Police];
        var language = Text(form, "lang", Limits.Bounds.Language);
        return new RaiseBody
        {
            Needs = [.. needs],
            Language = language,
            Note = Text(form, "note", Limits.Bounds.Note),
            PoliceConsent = police ? new PoliceConsentBody(Text(form, "policeWording", Limits.Bounds.Wording), language) : null,
        };
    }

    private static string? Text(IFormCollection form, string name, int most) =>
        form[name].ToString().Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, most)] : null;
}
