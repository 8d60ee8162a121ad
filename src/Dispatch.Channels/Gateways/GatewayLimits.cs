namespace Dispatch.Channels.Gateways;

/// <summary>How much one gateway is given at once, and how long it is waited for.</summary>
public static class GatewayLimits
{
    public const int AtOnce = 16;
    public const int MaxWaiting = 1_000;
    public static readonly TimeSpan LeftAloneFor = TimeSpan.FromSeconds(5);

    /// <summary>How long a queue that was full stays an alarm after the last message that found it so: it empties in seconds and fills again, and people look now and then.</summary>
    public static readonly TimeSpan FullFor = TimeSpan.FromMinutes(5);

    /// <summary>Less than an attempt may take in all, so that we know what became of it. Each gateway gets its share of what is left: one that hangs leaves time for the next.</summary>
    public static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(2.5);

    /// <summary>
    /// How much of its time a message may wait for its turn. What is left is the request's: one that is cut off on its way may have been taken, and its repeat would be a second
    /// one on her phone, while one that gave up waiting has certainly not left.
    /// </summary>
    public const double ToWait = 0.75;
}
