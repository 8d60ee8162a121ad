namespace Dispatch.Domain.Alerts;

/// <summary>All that whoever brought an alert is ever told of it.</summary>
public enum RelayState { Received = 1, Taken = 2 }

/// <summary>Somebody who is with her raises for her, and the line rings that desk at once: a hand-over by voice, while help is looked for.</summary>
public static class Relaying
{
    /// <summary>In place of an account, wherever the alert says who did something: the account is sealed.</summary>
    public const string By = "relay";

    /// <summary>How long the relay is told that it arrived and was taken. After that nothing is known there any more.</summary>
    public static readonly TimeSpan ShownFor = TimeSpan.FromMinutes(30);

    /// <summary>Police only on her own word; a relay's belief is none.</summary>
    internal static Refusal? Fault(RaiseAlert command)
    {
        if (command.Agreed is not { } agreed) return null;
        var police = command.PoliceConsent is not null;
        if (command.Needs.Contains(Need.Police) != police) return Refusal.ConsentMissing;
        return police && agreed.How is not AgreedHow.HerWord ? Refusal.ConsentMissing : null;
    }

    /// <summary>Null where there is nothing to say to a relay, or no longer.</summary>
    public static RelayState? StateFor(Alert alert, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        // What a call-taker heard herself is no relay's: nobody waits for a word about it.
        if (alert.Agreed is not { By: null } || now - alert.RaisedAt > ShownFor) return null;
        // Closed, the item is gone: somebody spoke with the desk.
        return alert.Taken is not null || alert.AlarmFor(RingReason.HandOver) is not { Taken: null } ? RelayState.Taken : RelayState.Received;
    }
}
