using Dispatch.Domain.Sealing;

namespace Dispatch.Domain.Alerts;

/// <summary>What became of something that a number asked for once more.</summary>
public enum JoinOutcome
{
    /// <summary>The open alert has it.</summary>
    Joined = 1,

    /// <summary>That alert is over, or never was.</summary>
    Over = 2,

    /// <summary>Not all of it was taken: a human has to read it.</summary>
    ForHuman = 3,
}

/// <summary>
/// What a number asks for once more is part of the alert that is open: what is new in it is added there, and the alert's history says by which way it came, so that a human sees that two were
/// taken for one. The same again adds nothing.
/// </summary>
public static class Joining
{
    /// <param name="alert">The one that is open.</param>
    /// <param name="command">As it would have been raised by itself.</param>
    /// <param name="note">Her words, sealed for this alert.</param>
    public static AddToAlert Of(Alert alert, RaiseAlert command, Sealed<string>? note)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(command);
        return new AddToAlert
        {
            Needs = command.Needs,
            Note = note,
            // What she said first stays. What she does not want holds from here on; that she may be called is for whoever writes down at which number: where the alert says so, nobody asks her for it.
            Reach = alert.Reach is Reach.Unknown && command.Reach is Reach.Sms or Reach.None ? command.Reach : null,
            Joins = command.Channel ?? IntakeChannel.Call,
            By = Consent.Survivor,
            KeyMac = command.KeyMac,
            BodyMac = command.BodyMac,
        };
    }
}
