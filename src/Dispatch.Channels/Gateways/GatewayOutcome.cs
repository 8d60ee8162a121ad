namespace Dispatch.Channels.Gateways;

/// <summary>What a gateway made of it.</summary>
public abstract record GatewayOutcome
{
    private GatewayOutcome()
    {
    }

    /// <summary>False where the gateway itself is in trouble.</summary>
    public abstract bool Well { get; }

    public sealed record Accepted(string? ExternalId = null) : GatewayOutcome
    {
        public override bool Well => true;
    }

    public sealed record Later(TimeSpan RetryAfter, string Why, bool Busy = false) : GatewayOutcome
    {
        /// <summary>A gateway that says it is busy works.</summary>
        public override bool Well => Busy;
    }

    /// <summary>Nobody is reached there, or whoever is wants no more of it.</summary>
    public sealed record WrongNumber(string Why) : GatewayOutcome
    {
        public override bool Well => true;
    }

    /// <summary>Not by this gateway, for a reason that is ours: no access, no money, no such sender.</summary>
    public sealed record Refused(string Why) : GatewayOutcome
    {
        public override bool Well => false;
    }
}
