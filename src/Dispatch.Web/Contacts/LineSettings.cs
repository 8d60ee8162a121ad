using System.Collections.Immutable;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Hotline;
using Dispatch.Grains.Hosting;
using Dispatch.Grains.Hotline;
using Dispatch.Web.Tenancy;

namespace Dispatch.Web.Contacts;

/// <summary>How one line answers, from the section "Lines" under its name; what is not set is as here.</summary>
/// <param name="AnswerWithin">The target for a call that rings, and its clock in the queue.</param>
/// <param name="AnswerPercent">How many of the calls should be answered within it.</param>
/// <param name="CallBackWithin">The target for calling back after a missed call, and its clock in the queue.</param>
/// <param name="CallBackPercent">How many of the missed calls should be called back within it.</param>
/// <param name="TextWithin">The clock of a text that a human has to read.</param>
/// <param name="RingsBack">Whether the machine rings back after a missed call; a human may in any case.</param>
/// <param name="Languages">In the order of the keys by which she chooses: one, two, and so on.</param>
/// <param name="Audio">Where recorded words lie, below a folder for each language; null: they are read out by the gateway.</param>
/// <param name="HolderGoneAfter">Whoever has an item and has not read the queue for so long is gone from her console: it rings for everybody.</param>
/// <param name="Desk">A number that a waiting call is put through to where whoever took it has registered none.</param>
internal sealed record LineSettings(TimeSpan AnswerWithin, int AnswerPercent, TimeSpan CallBackWithin, int CallBackPercent, TimeSpan TextWithin, bool RingsBack, ImmutableArray<string> Languages, Uri? Audio, TimeSpan HolderGoneAfter, string? Desk)
{
    /// <summary>Nine is for help, and nothing is chosen by zero.</summary>
    private const int MaxLanguages = 8;

    public static LineSettings Default { get; } = new(TimeSpan.FromSeconds(30), 80, ContactRinging.CallBackWithin, 80, TimeSpan.FromMinutes(2), true, ["fr", "en"], null, Leaving.GoneAfter, null);

    public static LineSettings Read(IConfigurationSection section)
    {
        var languages = section.GetSection("Languages").GetChildren().Select(l => l.Value ?? "").Where(l => l.Length > 0).ToImmutableArray();
        if (languages.Length > MaxLanguages) throw new StartRefusedException($"{section.Path}:Languages has more than {MaxLanguages}; nine asks for help.");
        var audio = section["Audio"] is { Length: > 0 } text ? Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? uri : throw new StartRefusedException($"{section.Path}:Audio is no address that begins with https:// or http://.") : null;
        // Which key is which language is read out in the words' own order.
        if (audio is null && languages.Length > 1 && !languages.SequenceEqual(Default.Languages))
            throw new StartRefusedException($"{section.Path}:Languages needs recordings in {section.Path}:Audio: only French by one and English by two can be read out.");
        return new LineSettings(
            TimeSpan.FromSeconds(Number(section, "AnswerSeconds", (int)Default.AnswerWithin.TotalSeconds, 1, 600)), Number(section, "AnswerPercent", Default.AnswerPercent, 1, 100),
            TimeSpan.FromSeconds(Number(section, "CallBackSeconds", (int)Default.CallBackWithin.TotalSeconds, 1, 3600)), Number(section, "CallBackPercent", Default.CallBackPercent, 1, 100), TimeSpan.FromSeconds(Number(section, "TextSeconds", (int)Default.TextWithin.TotalSeconds, 1, 3600)),
            section["RingsBack"] is not { } rings || !bool.TryParse(rings, out var on) || on, languages.IsEmpty ? Default.Languages : languages, audio,
            TimeSpan.FromSeconds(Number(section, "HolderGoneSeconds", (int)Default.HolderGoneAfter.TotalSeconds, 30, 3600)), section["Desk"]);
    }

    private static int Number(IConfigurationSection section, string name, int otherwise, int least, int most) =>
        section[name] is not { Length: > 0 } text ? otherwise
        : int.TryParse(text, out var value) && value >= least && value <= most ? value
        : throw new StartRefusedException($"{section.Path}:{name} is no number from {least} to {most}.");
}

/// <summary>The lines of this programme by name.</summary>
internal sealed class LinesSettings(IConfiguration configuration, Tenant tenant) : ILineWaits
{
    private readonly ImmutableDictionary<string, LineSettings> _lines = configuration.GetSection("Lines").GetChildren().ToImmutableDictionary(
        section => tenant.Lines.Contains(section.Key) ? section.Key : throw new StartRefusedException($"{section.Path} is no line of Tenant:Areas."), LineSettings.Read);

    public LineSettings Of(string line) => _lines.GetValueOrDefault(line) ?? LineSettings.Default;

    public TimeSpan HolderGoneAfter(string line) => Of(line).HolderGoneAfter;
}
