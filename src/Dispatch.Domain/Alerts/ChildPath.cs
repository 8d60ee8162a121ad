using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <param name="WordingVersion">Which text was read to the child.</param>
public sealed record LimitsSaid(string By, DateTimeOffset At, string WordingVersion);

/// <param name="Reason">A code.</param>
public sealed record GuardiansDecision(string By, DateTimeOffset At, string Reason);

/// <summary>Under eighteen: the limits of confidentiality are said before questions, and guardians are told only where a named human decided so.</summary>
public static class ChildPath
{
    /// <summary>Somebody has said to the child where confidence ends. The first time stands.</summary>
    public static Decision SayLimits(Alert alert, string by, string wordingVersion, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (!alert.Child) return Decision.No(Refusal.NotAllowedHere);
        if (alert.LimitsSaid is not null) return new Decision.Unchanged(alert);
        if (alert.Stage is Stage.Ended) return Decision.No(Refusal.Ended);
        return (alert with { LimitsSaid = new LimitsSaid(by, now, wordingVersion) }).Tell(Pending.Queue).Changed(now, Note(HistoryKind.LimitsSaid, now, who: by));
    }

    /// <summary>A named human decides that guardians may be told, or that they must not be after all.</summary>
    public static Decision Guardians(Alert alert, bool mayBeTold, string by, string? reason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (!alert.Child) return Decision.No(Refusal.NotAllowedHere);
        if (alert.Stage is Stage.Ended) return Decision.No(Refusal.Ended);
        if (mayBeTold == alert.Guardians is not null) return new Decision.Unchanged(alert);
        if (string.IsNullOrWhiteSpace(reason)) return Decision.No(Refusal.ReasonRequired);
        var onIt = alert.Offers.Where(o => o.Assignment is { Active: true }).Select(o => Pending.Responder(o.Responder));
        return (alert with { Guardians = mayBeTold ? new GuardiansDecision(by, now, reason) : null })
            .Tell(Pending.Queue)
            .Tell(onIt)
            .Changed(now, Note(HistoryKind.GuardiansDecided, now, who: by, detail: mayBeTold ? "mayBeTold" : "mustNotBeTold"));
    }
}
