using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Dispatch.Web.Pages;

/// <summary>Templates and texts as they are on disk, read again when a file changed: who edits a page sees it at the next load.</summary>
internal sealed partial class PageFiles(IWebHostEnvironment environment)
{
    /// <summary>Encodes what could break out of the markup and leaves accents alone: escaped, they would make the page a tenth larger.</summary>
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly ConcurrentDictionary<string, (DateTime Written, object Content)> _read = new();

    public Texts Texts(HttpRequest request) => Texts(LanguageOf(request));

    public Texts Texts(string language) => Read(TextFile(language), Pages.Texts.Read);

    public string Fill(string page, Texts texts, IReadOnlyDictionary<string, string> values, string? lines = null)
    {
        var template = Read(Path.Combine(environment.ContentRootPath, "Pages", page + ".html"), File.ReadAllText);
        return Placeholder().Replace(template, match => match.Groups[1].Value switch
        {
            "lines" when lines is not null => lines,
            var key when values.TryGetValue(key, out var value) => Html.Encode(value),
            var key => Html.Encode(texts[key]),
        });
    }

    public static string Encode(string text) => Html.Encode(text);

    private string LanguageOf(HttpRequest request)
    {
        var asked = request.Query["lang"].ToString();
        if (Known(asked)) return asked;
        var preferred = request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.ToString().Split('-')[0])
            .FirstOrDefault(Known);
        return preferred ?? Pages.Texts.Default;
    }

    private bool Known(string language) => language.Length is 2 or 3 && language.All(char.IsAsciiLetterLower) && File.Exists(TextFile(language));

    private string TextFile(string language) => Path.Combine(environment.ContentRootPath, "wwwroot", "texts", language + ".json");

    private T Read<T>(string file, Func<string, T> read)
        where T : class
    {
        var written = File.GetLastWriteTimeUtc(file);
        if (_read.TryGetValue(file, out var kept) && kept.Written == written) return (T)kept.Content;
        var content = read(file);
        _read[file] = (written, content);
        return content;
    }

    [GeneratedRegex(@"\{\{([A-Za-z0-9.]+)\}\}")]
    private static partial Regex Placeholder();
}
