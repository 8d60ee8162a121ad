using Dispatch.Domain.Numbers;

namespace Dispatch.Channels.Sms;

/// <summary>One way to hand a text to a mobile network. Never throws for what the far side does, and ends by the deadline.</summary>
public interface ISmsGateway
{
    /// <summary>As the settings name it.</summary>
    string Name { get; }

    Task<SmsOutcome> Send(SmsMessage sms, CancellationToken deadline);
}

/// <param name="Reference">By which a report is recognised: opaque, at most 36 characters, the same in each repeat, so that a gateway that knows it sends it once.</param>
/// <param name="Urgent">Goes before whatever is not.</param>
public sealed record SmsMessage(PhoneNumber To, string Text, string Reference, bool Urgent);

/// <summary>What a gateway made of it.</summary>
public abstract record SmsOutcome
{
    private SmsOutcome()
    {
    }

    /// <summary>False where the gateway itself is in trouble.</summary>
    public abstract bool Well { get; }

    public sealed record Accepted(string? ExternalId = null) : SmsOutcome
    {
        public override bool Well => true;
    }

    public sealed record Later(TimeSpan RetryAfter, string Why, bool Busy = false) : SmsOutcome
    {
        /// <summary>A gateway that says it is busy works.</summary>
        public override bool Well => Busy;
    }

    /// <summary>Nobody is reached there, or whoever is wants no more texts.</summary>
    public sealed record WrongNumber(string Why) : SmsOutcome
    {
        public override bool Well => true;
    }

    /// <summary>Not by this gateway, for a reason that is ours: no access, no money, no such sender.</summary>
    public sealed record Refused(string Why) : SmsOutcome
    {
        public override bool Well => false;
    }
}
