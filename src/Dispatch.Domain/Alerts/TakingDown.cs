using System.Collections.Immutable;
using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <summary>What a call-taker takes down about an alert as a whole, when she who asked already talks with her. Null: nothing was said of it.</summary>
/// <param name="Agreed">Her yes to people being told. The first that is recorded stands.</param>
/// <param name="LimitsWording">Which text about the limits of confidence was read to a child.</param>
public sealed record TakenDown(AgeBand? AgeBand, string? Language, Agreement? Agreed, string? LimitsWording);

internal static class TakingDown
{
    /// <summary>Only from staff: whoever holds the phone rewrites nothing.</summary>
    public static Alert TakeDown(this Alert alert, AddToAlert addition, DateTimeOffset now, ImmutableArray<HistoryEvent>.Builder events)
    {
        if (addition is not { Down: { } down, By: not Consent.Survivor and var by }) return alert;
        var next = alert with
        {
            // A child keeps what protects her, whoever believes later that she is older.
            AgeBand = alert.Child && down.AgeBand is AgeBand.Adult ? alert.AgeBand : down.AgeBand ?? alert.AgeBand,
            Language = down.Language ?? alert.Language,
            Agreed = alert.Agreed ?? down.Agreed,
        };
        if (next.AgeBand != alert.AgeBand) events.Add(Note(HistoryKind.Addition, now, who: by, detail: "ageBand"));
        if (next.Language != alert.Language) events.Add(Note(HistoryKind.Addition, now, who: by, detail: "language"));
        if (next.Agreed != alert.Agreed) events.Add(Note(HistoryKind.Addition, now, who: by, detail: "agreed"));
        if (down.LimitsWording is not { } wording || !next.LimitsToSay) return next;
        events.Add(Note(HistoryKind.LimitsSaid, now, who: by));
        return next with { LimitsSaid = new LimitsSaid(by, now, wording) };
    }
}
