using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Contacts;
using Dispatch.Grains.Rows;
using Orleans;

namespace Dispatch.Web.Contacts;

/// <summary>An alert that came with a number in it.</summary>
internal sealed record NamedNumber(string AlertId, DateTimeOffset At);

/// <summary>Those of one number, the newest last.</summary>
internal sealed record NumberNames(ImmutableArray<NamedNumber> Alerts)
{
    public const int CurrentSchema = 1;

    public int SchemaVersion { get; init; } = CurrentSchema;
}

/// <summary>Which number sent the code of an alert in a text.</summary>
internal sealed record CodedText(string ContactId, string Line)
{
    public const int CurrentSchema = 1;

    public int SchemaVersion { get; init; } = CurrentSchema;
}

/// <summary>
/// Numbers that were typed into the app, or said by a partner. Nobody knows who typed them: so they are a hint that a human sees beside what came from the number itself, and change nothing of
/// it. Only a human makes the two one.
/// </summary>
internal sealed class NamedNumbers(ContactDesk contacts, EarlierAlerts earlier, LinesSettings settings, IGrainFactory grains, IRows rows, TimeProvider clock, ILogger<NamedNumbers> log)
{
    private const string Provider = "named";
    private const string Key = "alerts";
    private const string CodeKey = "code";
    private const int MaxAlerts = 6;
    private const int Tries = 3;

    /// <summary>Nobody has more of them; more than that of one alert are somebody's invention.</summary>
    public const int MaxNumbers = 4;

    private const int MaxKnown = 20_000;

    /// <summary>Longer than a night and the day after it; what is older is no part of the same event.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, HashSet<string>> _named = new(StringComparer.Ordinal);

    /// <summary>Beside the answer to the raise, which waits for nothing that is not the alert itself. What is lost here costs a hint, and no alert.</summary>
    public void Note(string alert, string line, SafeContact? said)
    {
        if (said is { Channel: not ContactChannel.None, Number: { Length: > 0 } number }) _ = Aside(() => Named(alert, new InboundNumber(line, Provider, number)));
    }

    /// <summary>
    /// Beside the answer to the raise: where a text with its code came before it, as from a phone that had no Internet, a human sees both and says that they are one. Not by itself: a sender's
    /// number can be forged by whoever makes up the code.
    /// </summary>
    public void Arrived(string alert, string line) => _ = Aside(async () =>
    {
        if ((await rows.Read<CodedText>(Tables.CodedTexts, alert, CodeKey))?.Value is not { } text || text.Line != line || await Add(text.ContactId, alert) is null) return;
        await contacts.Receive(text.ContactId, line, Provider, alert, ContactEventKind.TextArrived, command => command with { NeedsHuman = true, Within = settings.Of(line).TextWithin });
    });

    /// <summary>Alerts that name the number of this contact.</summary>
    public async Task<ImmutableArray<NamedNumber>> Of(string contactId)
    {
        var since = clock.GetUtcNow() - KeptFor;
        return (await rows.Read<NumberNames>(Tables.NamedNumbers, contactId, Key))?.Value.Alerts.RemoveAll(n => n.At < since) ?? [];
    }

    /// <summary>Whether one does that may be about the same as what comes from it now.</summary>
    public async Task<bool> Lately(string contactId) => Lately(await Of(contactId));

    /// <summary>
    /// The alert of this line that goes by this code, where it is open and of this night: a number that sends it in a text says so by itself. Kept first, so that of a text and an alert that
    /// come at once one finds the other.
    /// </summary>
    public async Task<Alert?> ByCode(string code, string line, string contactId)
    {
        await rows.Write([new RowChange(Tables.CodedTexts, code, CodeKey, new CodedText(contactId, line), clock.GetUtcNow() + KeptFor)]);
        return await earlier.Ask(code) is { Alert: { Stage: Stage.Open, Exercise: false } alert } && alert.Line == line && clock.GetUtcNow() - alert.RaisedAt <= Tying.CarriedWithin ? alert : null;
    }

    /// <summary>What was known before; null where this was.</summary>
    public async Task<ImmutableArray<NamedNumber>?> Add(string contactId, string alert)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var known = await rows.Read<NumberNames>(Tables.NamedNumbers, contactId, Key);
            var before = known?.Value.Alerts ?? [];
            if (before.Any(n => n.AlertId == alert)) return null;
            var now = clock.GetUtcNow();
            var next = new NumberNames([.. before.TakeLast(MaxAlerts - 1), new NamedNumber(alert, now)]);
            if ((await rows.Write([new RowChange(Tables.NamedNumbers, contactId, Key, next, now + KeptFor, known?.ETag ?? RowChange.MustNotExist)]))[0]) return before;
        }

        throw new TimeoutException("Others wrote it each time");
    }

    /// <summary>Whoever has an alert may change the number in it, and must not fill the store with them. In memory and bounded.</summary>
    private bool May(string alert, string contactId)
    {
        lock (_gate)
        {
            if (_named.Count >= MaxKnown) _named.Clear();
            if (!_named.TryGetValue(alert, out var known)) _named[alert] = known = new HashSet<string>(StringComparer.Ordinal);
            return known.Contains(contactId) || (known.Count < MaxNumbers && known.Add(contactId));
        }
    }

    private bool Lately(ImmutableArray<NamedNumber> named) => named.Any(n => clock.GetUtcNow() - n.At <= Tying.Window);

    private async Task Named(string alert, InboundNumber from)
    {
        var id = contacts.IdOf(from);
        if (!May(alert, id)) return;
        if (await Add(id, alert) is not { } before) return;
        // The number asked for help by itself just before: a human is asked whether they are one, and once, however often the number is typed.
        if (Lately(before) || await grains.GetGrain<IContactGrain>(id).View() is not { } contact || !Tying.IsAboutSame(contact, clock.GetUtcNow())) return;
        await contacts.Receive(from, alert, ContactEventKind.TextArrived, command => command with { NeedsHuman = true, Within = settings.Of(from.Line).TextWithin });
    }

    private async Task Aside(Func<Task> act)
    {
        try
        {
            await Task.Yield();
            await act();
        }
#pragma warning disable CA1031 // Nobody waits for it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("The number of an alert was not noted: {Failure}", failure.GetType().Name);
        }
    }
}
