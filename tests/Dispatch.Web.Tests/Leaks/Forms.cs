using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Dispatch.Web.Tests.Leaks;

/// <param name="Name">For whoever reads what was found.</param>
internal sealed record Form(string Name, byte[] Bytes);

/// <summary>The ways in which a secret may stand in bytes.</summary>
internal static class Forms
{
    /// <summary>Shorter, a base64 text is found by chance in what is encrypted.</summary>
    private const int FewestInBase64 = 8;

    private const string Accented = "ôûŴÖà";
    private const string Unaccented = "ouWOa";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<Form> Of(params IEnumerable<Secret> secrets) =>
    [
        .. secrets.SelectMany(secret => secret.Words.SelectMany(Words).Concat(secret.Figures.SelectMany(Texts)).Concat(Numbers(secret.Latitude)).Concat(Numbers(secret.Longitude)))
            .DistinctBy(form => Convert.ToHexString(form.Bytes)),
    ];

    /// <summary>Whatever happened to its case.</summary>
    private static IEnumerable<Form> Words(string word) =>
        new[] { word, word.ToLowerInvariant(), word.ToUpperInvariant(), Plain(word), Plain(word).ToLowerInvariant() }.Distinct().SelectMany(Texts);

    private static IEnumerable<Form> Texts(string text)
    {
        var json = JsonSerializer.Serialize(text).Trim('"');
        (string How, string Text)[] ways =
        [
            ("plain", text), ("JSON", json), ("JSON, lower case", json.ToLowerInvariant()), ("JSON twice", JsonSerializer.Serialize(json).Trim('"')), ("JSON, relaxed", JsonSerializer.Serialize(text, Relaxed).Trim('"')),
            ("percent", Uri.EscapeDataString(text)), ("percent, lower case", Percent(text)), ("form", WebUtility.UrlEncode(text)), ("HTML", WebUtility.HtmlEncode(text)), ("HTML, hexadecimal", HtmlEncoder.Default.Encode(text)),
        ];
        foreach (var (how, way) in ways) yield return new Form($"{text} ({how})", Encoding.UTF8.GetBytes(way));
        (string How, byte[] Bytes)[] encodings = [("UTF-8", Encoding.UTF8.GetBytes(text)), ("UTF-16", Encoding.Unicode.GetBytes(text)), ("UTF-16 big-endian", Encoding.BigEndianUnicode.GetBytes(text)), ("Latin-1", Encoding.Latin1.GetBytes(text))];
        foreach (var (how, bytes) in encodings)
        {
            yield return new Form($"{text} ({how})", bytes);
            yield return new Form($"{text} ({how}, hexadecimal)", Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)));
            yield return new Form($"{text} ({how}, hexadecimal, lower case)", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)));
            foreach (var inner in Base64(bytes)) yield return new Form($"{text} ({how}, base64)", Encoding.ASCII.GetBytes(inner));
        }
    }

    /// <summary>As a computer keeps it: all bits, either end first.</summary>
    private static IEnumerable<Form> Numbers(double number)
    {
        var name = number.ToString(CultureInfo.InvariantCulture);
        var (little, big) = (new byte[8], new byte[8]);
        BinaryPrimitives.WriteDoubleLittleEndian(little, number);
        BinaryPrimitives.WriteDoubleBigEndian(big, number);
        return [new Form($"{name} (double)", little), new Form($"{name} (double, big-endian)", big)];
    }

    /// <summary>What stands in the middle of a longer base64 text, wherever these bytes begin in it, in both alphabets.</summary>
    private static IEnumerable<string> Base64(byte[] bytes)
    {
        for (var before = 0; before < 3; before++)
        {
            var all = Convert.ToBase64String([.. new byte[before], .. bytes, .. new byte[3]]);
            // Characters that carry no bit of what stands before or after.
            var from = ((before * 8) + 5) / 6;
            var until = (before + bytes.Length) * 8 / 6;
            if (until - from < FewestInBase64) continue;
            var inner = all[from..until];
            yield return inner;
            yield return inner.Replace('+', '-').Replace('/', '_');
        }
    }

    private static string Percent(string text) => Regex.Replace(Uri.EscapeDataString(text), "%[0-9A-F]{2}", hex => hex.Value.ToLowerInvariant());

    /// <summary>Without the signs over its letters, as far as the secrets have any: these tests run without the tables of languages.</summary>
    private static string Plain(string word) => string.Concat(word.Select(c => Accented.IndexOf(c, StringComparison.Ordinal) is var at and >= 0 ? Unaccented[at] : c));
}
