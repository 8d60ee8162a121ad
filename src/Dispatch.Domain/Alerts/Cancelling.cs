using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

public static class Cancelling
{
    /// <summary>
    /// Cancels, or, with a duress PIN, a wrong one or none where one was set, lets her device believe it: people on the way stand off,
    /// nobody new is asked, and a supervisor decides.
    /// </summary>
    public static Decision Cancel(Alert alert, PinVerdict pin, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (alert.Stage is Stage.Ended) return new Decision.Unchanged(alert);
        // Whose word a phone in the wrong hands brings, no PIN can tell: a supervisor decides.
        if (alert.PhoneUnsafeAt is not null) return Duress(alert, now);
        return pin switch
        {
            PinVerdict.NotSet or PinVerdict.Right => Real(alert, now),
            PinVerdict.Duress or PinVerdict.Wrong => Duress(alert, now),
            _ => throw new System.Diagnostics.UnreachableException($"pin {pin}"),
        };
    }

    private static Decision Real(Alert alert, DateTimeOffset now)
    {
        // Once under duress a right PIN may have been forced too: the supervisor who has it decides, nobody else.
        if (alert.DuressAt is not null) return new Decision.Unchanged(alert);
        return (alert with { Stage = Stage.Ended, Ending = new Ending(EndedHow.Cancelled, now, Consent.Survivor) })
            .StandDown(WithdrawnFor.Ended, AssignmentState.CallOff, now, out var events)
            .ClearRing()
            .Changed(now, [Note(HistoryKind.Cancelled, now), .. events]);
    }

    private static Decision Duress(Alert alert, DateTimeOffset now)
    {
        if (alert.DuressAt is not null) return new Decision.Unchanged(alert);
        return (alert with { DuressAt = now })
            .StandDown(WithdrawnFor.Ended, AssignmentState.StandOff, now, out var events)
            .RingFor(RingReason.Duress, now)
            .Changed(now, [Note(HistoryKind.DuressCancel, now), .. events]);
    }
}
