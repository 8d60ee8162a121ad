namespace Dispatch.Channels.Voice;

/// <summary>How long a call may take, in each of its parts.</summary>
public static class CallTimes
{
    /// <summary>How often one person is rung about one thing. After that only the other channels and the next people are left.</summary>
    public const int MaxAttempts = 3;

    /// <summary>How often one call asks for a key.</summary>
    public const int MaxAsked = 2;

    /// <summary>Some networks pass a call on to a voice box after half a minute.</summary>
    public static readonly TimeSpan RingFor = TimeSpan.FromSeconds(25);

    /// <summary>How long a call that nobody reports on counts as ringing. The same person is rung again after that.</summary>
    public static readonly TimeSpan RingsAtMost = RingFor + TimeSpan.FromSeconds(5);

    /// <summary>How long a call that was picked up counts as going on.</summary>
    public static readonly TimeSpan TalksAtMost = TimeSpan.FromMinutes(1);

    /// <summary>How long a phone waits for a key.</summary>
    public static readonly TimeSpan KeyWithin = TimeSpan.FromSeconds(8);

    /// <summary>A key pressed later than this belongs to no call that is still going on: somebody says again what was once said.</summary>
    public static readonly TimeSpan OverAfter = TimeSpan.FromMinutes(5);
}
