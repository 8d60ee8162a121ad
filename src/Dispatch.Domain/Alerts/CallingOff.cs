using System.Collections.Immutable;
using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <summary>A supervisor ends the help for one need: nobody is asked for it any more, who is on the way is called off, and why stands in the history.</summary>
public static class CallingOff
{
    /// <param name="alert">Open.</param>
    /// <param name="need">The others go on.</param>
    /// <param name="by">The supervisor.</param>
    /// <param name="reason">A code.</param>
    /// <param name="now">In any offset.</param>
    public static Decision CallOff(Alert alert, Need need, string by, string? reason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (alert.Stage is Stage.Ended) return Decision.No(Refusal.Ended);
        if (alert.Needs.FirstOrDefault(n => n.Need == need) is not { } state) return Decision.No(Refusal.NotFound);
        if (state.Stage is NeedStage.Closed) return new Decision.Unchanged(alert);
        if (string.IsNullOrWhiteSpace(reason)) return Decision.No(Refusal.ReasonRequired);
        var events = ImmutableArray.CreateBuilder<HistoryEvent>();
        events.Add(Note(HistoryKind.CalledOff, now, need, who: by, detail: reason));
        // Nobody puts her out of the car.
        var next = alert.With(state with { Stage = NeedStage.Closed, MoveOn = false })
            .Drop(o => o.Need == need && o.Assignment is not { State: AssignmentState.PickedUp }, WithdrawnFor.NeedClosed, now, events)
            .ClearRingWhenFilled();
        // With nothing left to ask for, only a human can still do something, and one has to look.
        if (next is { Ring: null, Covered: false } && next.Needs.All(n => n.Stage is NeedStage.Closed)) next = next.RingFor(RingReason.Reopened, now);
        return next.Changed(now, events.ToArray());
    }
}
