using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dispatch.Channels.Words;

namespace Dispatch.Channels.Tests.Words;

/// <summary>
/// Whatever can stand on a locked screen, in a text or as a caller's name, in every language: nobody who looks over her shoulder, or picks up a phone on a table, learns what it is about.
/// </summary>
public sealed partial class WordsTests
{
    /// <summary>Beginnings of words, without accents.</summary>
    private static readonly string[] SayTooMuch =
    [
        "viol", "vbg", "gbv", "genre", "sexe", "sexu", "sex", "abus", "agress", "battu", "frapp", "coup", "menace", "danger", "urgen", "secours", "sauv", "femme", "fille", "enfant", "mari", "epou", "conjoint",
        "polic", "gendarm", "armee", "milit", "justice", "plainte", "avoca", "jurid", "tribun", "refuge", "foyer", "abri", "heberg", "asile", "victim", "surviv", "cliniq", "clinic", "hopita", "hospita", "sante",
        "medic", "docteur", "infirm", "nurse", "soin", "psych", "rape", "assault", "beat", "hit", "threat", "emergenc", "rescue", "woman", "women", "girl", "child", "husband", "wife", "partner", "legal", "lawyer", "court",
        "army", "shelter", "safe", "house", "maison", "health", "doctor", "alert", "help", "aide", "case", "dossier", "quartier", "village", "commune", "rue", "street", "adresse", "address",
    ];

    private static readonly string[] Allowed = ["code"];

    /// <summary>GSM 7 bit, the basic table: anything else makes a text three times as long, or another letter on an old phone.</summary>
    private const string Gsm7 =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    public static TheoryData<string, string, string> Approved
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (var (language, texts) in Wordings.Approved.All)
            {
                foreach (var (key, text) in texts) all.Add(language, key, text);
            }

            return all;
        }
    }

    [Theory, MemberData(nameof(Approved))]
    public void An_approved_text_says_nothing(string language, string key, string text)
    {
        Assert.True(SaysTooMuch(text) is null, $"{language}/{key} says \"{SaysTooMuch(text)}\": {text}");
        Assert.All(Placeholder().Matches(text), m => Assert.Contains(m.Groups[1].Value, Allowed));
        Assert.DoesNotMatch(@"https?:|www\.|@|\d", text);
    }

    [Theory, MemberData(nameof(Approved))]
    public void A_text_message_is_one_message_on_every_phone(string language, string key, string text)
    {
        if (!key.StartsWith("sms.", StringComparison.Ordinal)) return;
        var longest = text.Replace("{code}", "99999", StringComparison.Ordinal);
        Assert.True(longest.Length <= 160, $"{language}/{key} has {longest.Length} letters");
        Assert.True(longest.All(c => Gsm7.Contains(c, StringComparison.Ordinal)), $"{language}/{key} has a letter that is not in GSM 7 bit: {longest}");
    }

    [Fact]
    public void French_and_English_have_every_text_and_no_language_has_another()
    {
        var (all, keys) = (Wordings.Approved.All, Wordings.Approved.All[Wordings.First].Keys.Order().ToArray());
        Assert.Equal(keys, all["en"].Keys.Order());
        Assert.All(all.Values, texts => Assert.Empty(texts.Keys.Except(keys)));
        Assert.All(all.Values, texts => Assert.All(texts, t => Assert.Equal(t.Value.Contains("{code}", StringComparison.Ordinal), all[Wordings.First][t.Key].Contains("{code}", StringComparison.Ordinal))));
    }

    /// <summary>Names of apps and pages, and what the service worker writes by itself.</summary>
    [Fact]
    public void What_pages_and_their_workers_put_on_a_screen_says_nothing_either()
    {
        var shown = WebFiles("*.webmanifest").SelectMany(Strings)
            .Concat(WebFiles("sw.js").Concat(WebFiles("arrive.js")).SelectMany(file => Literal().Matches(File.ReadAllText(file)).Where(m => char.IsUpper(m.Groups[1].Value[0])).Select(m => m.Groups[1].Value)))
            .Concat(WebFiles("*.json").Where(f => Path.GetFileName(Path.GetDirectoryName(f)) == "texts").SelectMany(PageTitles)).ToArray();
        Assert.Contains("Nouveau message", shown);
        Assert.Contains("Carnet", shown);
        Assert.All(shown, text => Assert.True(SaysTooMuch(text) is null, $"says \"{SaysTooMuch(text)}\": {text}"));
    }

    [Theory]
    [InlineData("Une femme attend")]
    [InlineData("Victime de VIOLENCES")]
    [InlineData("Le commissariat de police")]
    [InlineData("Réfugiée au foyer")]
    [InlineData("GBV case")]
    [InlineData("Hébergement d'urgence")]
    [InlineData("go to the shelter")]
    public void The_list_finds_what_it_is_for(string text) => Assert.NotNull(SaysTooMuch(text));

    private static string? SaysTooMuch(string text) =>
        Word().Matches(Plain(text)).Select(m => m.Value).FirstOrDefault(word => SayTooMuch.Any(beginning => word.StartsWith(beginning, StringComparison.Ordinal)));

    private static string Plain(string text)
    {
        const string accented = "àâäçéèêëîïôöùûüÿ";
        const string plain = "aaaceeeeiioouuuy";
        return string.Concat(text.ToLowerInvariant().Select(c => accented.IndexOf(c, StringComparison.Ordinal) is var at and >= 0 ? plain[at] : c));
    }

    private static IEnumerable<string> Strings(string manifest)
    {
        var json = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(File.ReadAllText(manifest))!;
        return new[] { "name", "short_name", "description" }.Where(json.ContainsKey).Select(name => json[name].GetString()!);
    }

    /// <summary>A page's title stands in the list of open windows; what a page asks a notification to say stands on the locked screen.</summary>
    private static IEnumerable<string> PageTitles(string file) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file, Encoding.UTF8))!.Where(t => PageTitle().IsMatch(t.Key) || t.Key.EndsWith(".notify", StringComparison.Ordinal)).Select(t => t.Value);

    private static string[] WebFiles(string pattern) => Directory.GetFiles(Path.Combine(Root(), "src", "Dispatch.Web", "wwwroot"), pattern, SearchOption.AllDirectories);

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Dispatch.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The solution is not above the tests.");
        return folder;
    }

    [GeneratedRegex(@"\{([^}]*)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("[a-z]+")]
    private static partial Regex Word();

    [GeneratedRegex("\"([^\"\\\\]{2,})\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"^(carnet|respond|relay)\.title$")]
    private static partial Regex PageTitle();
}
