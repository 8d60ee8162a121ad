using System.Globalization;

namespace Dispatch.Web.Pages;

/// <summary>
/// A form post that could not be taken now: says so in her words, with the number to call and a button that sends the same form again under
/// the same key.
/// </summary>
internal sealed class NotReceived(PageFiles files, Page page)
{
    private const int RetrySeconds = 2;
    private const int MaxFields = 40;

    public async Task Show(HttpContext http)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
        var fields = form.SelectMany(f => f.Value.Select(v => (f.Key, Value: v ?? ""))).Take(MaxFields)
            .Select(f => $"<input type=\"hidden\" name=\"{PageFiles.Encode(f.Key)}\" value=\"{PageFiles.Encode(f.Value)}\">");
        var texts = files.Texts(form["lang"] == "en" ? "en" : "fr");
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = RetrySeconds.ToString(CultureInfo.InvariantCulture);
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(page.NotReceived(texts, string.Concat(fields)), http.RequestAborted);
    }
}
