using System.Collections.Immutable;
using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <param name="Need">Null: every need for which people are asked.</param>
/// <param name="KeyMac">With <paramref name="BodyMac"/>: keyed MACs of the idempotency key and of the body.</param>
public sealed record WidenAsking(Need? Need, string By, string? KeyMac = null, string? BodyMac = null);

/// <summary>A supervisor does not want to wait: the next people are asked now, and machines go on asking although a human has the alert.</summary>
public static class Widening
{
    public static Decision Widen(Alert alert, WidenAsking command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(command);
        if (Adding.Repeated(alert, command.KeyMac) is { } before) return before.BodyMac == command.BodyMac ? new Decision.Unchanged(alert) : Decision.No(Refusal.KeyReused);
        if (alert.Stage is Stage.Ended) return Decision.No(Refusal.Ended);
        // Perhaps forced, or so late that whatever is sent could do harm: no machine, whoever wants it.
        if (alert.StandingOff || alert.Late) return Decision.No(Refusal.NotAllowedHere);
        var asking = alert.Needs.Where(n => n.Stage is NeedStage.Asking && (command.Need is null || n.Need == command.Need)).ToImmutableArray();
        if (asking.IsEmpty) return Decision.No(Refusal.AlreadyFilled);
        return asking.Aggregate(alert, (a, n) => a.With(n with { Widened = true, MoveOn = !n.Steps.IsEmpty }))
            .Remember(command.KeyMac, command.BodyMac)
            .Changed(now, [.. asking.Select(n => Note(HistoryKind.Widened, now, n.Need, n.NextStep, who: command.By))]);
    }
}
