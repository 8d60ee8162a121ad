using System.Collections.Immutable;
using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <summary>The second look at a disclosure that a human decided in her place.</summary>
public static class Reviewing
{
    /// <param name="no">Which of the alert's recorded bases.</param>
    public static Decision Review(Alert alert, int no, string by, ReviewOutcome outcome, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (no < 0 || no >= alert.Consents.Length || alert.Consents[no] is not { ReviewDueAt: not null } act) return Decision.No(Refusal.NotFound);
        if (act.By == by) return Decision.No(Refusal.SecondPersonRequired);
        if (act.Review is { } done) return done.By == by && done.Outcome == outcome ? new Decision.Unchanged(alert) : Decision.No(Refusal.AlreadyReviewed);

        var reviewed = act with { Review = new Review(by, now, outcome) };
        var events = ImmutableArray.CreateBuilder<HistoryEvent>();
        events.Add(Note(HistoryKind.Reviewed, now, who: by, detail: EnumWords.Of(outcome)));
        var next = alert with { Consents = alert.Consents.SetItem(no, reviewed) };
        if (outcome is ReviewOutcome.Overturned) next = next.TakeBack(c => ReferenceEquals(c, reviewed), by, now, events);
        if (!next.Consents.Any(c => c.Review is null && c.ReviewDueAt <= now)) next = next.Without(next.AlarmFor(RingReason.ReviewDue));
        return next.Tell(Pending.Queue).Changed(now, events.ToArray());
    }
}
