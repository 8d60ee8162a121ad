using System.Collections.Immutable;

namespace Dispatch.Domain.Ussd;

/// <summary>
/// One session of a menu: every key she sent, in order. Where it stands follows from them, so that a step that a gateway repeats changes nothing, whichever host gets it. Of the keys only
/// these are kept, for the minutes in which the session may go on.
/// </summary>
public sealed record UssdSession
{
    public const int CurrentSchema = 1;

    /// <summary>More than any way through the menu; a session that goes on longer is a machine.</summary>
    public const int MaxSteps = 24;

    private const int LongestInput = 16;

    /// <summary>No network holds a session open longer between two keys.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(3);

    public int SchemaVersion { get; init; } = CurrentSchema;
    public ImmutableArray<string> Inputs { get; init; } = [];
    public DateTimeOffset At { get; init; }

    /// <summary>What asked for help is done; what comes now is a repeat.</summary>
    public bool Sent { get; init; }

    /// <summary>A human was told that it broke off.</summary>
    public bool BrokenOff { get; init; }

    /// <summary>The key of one step. A step that is known already, or one before the last, changes nothing; a step too far ahead is taken as the next.</summary>
    /// <param name="step">From 1; null where the gateway does not count.</param>
    /// <param name="input">As it came.</param>
    /// <param name="now">Now.</param>
    public UssdSession Take(int? step, string? input, DateTimeOffset now)
    {
        var fresh = now - At > Lasts || now < At ? this with { Inputs = [], Sent = false, BrokenOff = false } : this;
        var known = step is { } n && n <= fresh.Inputs.Length;
        return known || fresh.Inputs.Length >= MaxSteps ? fresh with { At = now } : fresh with { At = now, Inputs = fresh.Inputs.Add(Short(input)) };
    }

    /// <summary>All keys at once, as from a gateway that sends "1*2*1": nothing has to be remembered.</summary>
    public UssdSession TakeAll(string? text, DateTimeOffset now) => this with
    {
        At = now,
        Inputs = string.IsNullOrWhiteSpace(text) ? [] : [.. text.Split('*').Take(MaxSteps).Select(Short)],
    };

    private static string Short(string? input)
    {
        var keys = (input ?? "").Trim();
        return keys[..Math.Min(keys.Length, LongestInput)];
    }
}
