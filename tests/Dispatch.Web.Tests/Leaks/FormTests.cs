using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Dispatch.Web.Tests.Leaks;

/// <summary>A search is worth what it finds: each way to write a secret down is found, and words that look like it are not.</summary>
public sealed class FormTests
{
    private static readonly string Text = Secret.First.Text;

    public static TheoryData<string, byte[]> Ways => new()
    {
        { "plain", Encoding.UTF8.GetBytes(Text) },
        { "one word", Encoding.UTF8.GetBytes("it is in the " + Secret.First.Words[2]) },
        { "capitals", Encoding.UTF8.GetBytes(Text.ToUpperInvariant()) },
        { "without its signs", Encoding.UTF8.GetBytes("korbelhutte") },
        { "UTF-16", Encoding.Unicode.GetBytes("x" + Text) },
        { "UTF-16 big-endian", Encoding.BigEndianUnicode.GetBytes("x" + Text) },
        { "percent", Encoding.ASCII.GetBytes("/search?q=" + Uri.EscapeDataString(Secret.First.Words[1])) },
        { "form", Encoding.ASCII.GetBytes("q=" + WebUtility.UrlEncode(Secret.First.Words[2])) },
        { "JSON", Encoding.ASCII.GetBytes(JsonSerializer.Serialize(Secret.First.Words[1])) },
        { "JSON in JSON", Encoding.ASCII.GetBytes(JsonSerializer.Serialize(JsonSerializer.Serialize(Secret.First.Words[2]))) },
        { "HTML", Encoding.ASCII.GetBytes(WebUtility.HtmlEncode(Secret.First.Words[1])) },
        { "base64", Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(Text))) },
        { "base64, one byte on", Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes("x" + Text))) },
        { "base64, two bytes on", Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes("xy" + Text))) },
        { "base64 for addresses", Encoding.ASCII.GetBytes(System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes("xyz" + Secret.First.Words[2]))) },
        { "base64 of UTF-16", Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.Unicode.GetBytes(Text))) },
        { "hexadecimal", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Text))) },
        { "all figures", Encoding.ASCII.GetBytes(Secret.First.Latitude.ToString("R", CultureInfo.InvariantCulture)) },
        { "five figures", Encoding.ASCII.GetBytes(Secret.First.Longitude.ToString("F5", CultureInfo.InvariantCulture)) },
        { "a kilometre", Encoding.ASCII.GetBytes(Secret.First.Longitude.ToString("F2", CultureInfo.InvariantCulture)) },
        { "with a comma", Encoding.ASCII.GetBytes(Secret.First.Latitude.ToString("F4", CultureInfo.InvariantCulture).Replace('.', ',')) },
        { "without its sign", Encoding.ASCII.GetBytes(Math.Abs(Secret.First.Latitude).ToString("F4", CultureInfo.InvariantCulture) + " S") },
        { "minutes of arc", Encoding.UTF8.GetBytes("67°44'21\" S") },
        { "bits", [0, .. BitConverter.GetBytes(Secret.First.Longitude), 0] },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_secret_is_found_in_whatever_form(string way, byte[] bytes)
    {
        var search = new LeakSearch(Forms.Of(Secret.First));
        search.Look("here", [.. "before "u8, .. bytes, .. " after"u8]);
        Assert.True(search.Found.Count > 0, $"not found: {way}");
    }

    [Fact]
    public void What_is_like_it_is_not_it()
    {
        var search = new LeakSearch(Forms.Of(Secret.First, Secret.Second));
        search.Look("here", "67.7 ms; -0.25; 157; 2026-03-08T20:00:00.1573629Z; ruelle; porte; lat=12.7391");
        search.Look("noise", System.Security.Cryptography.RandomNumberGenerator.GetBytes(1 << 20));
        Assert.Empty(search.Found);
    }
}
