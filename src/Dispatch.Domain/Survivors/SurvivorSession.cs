using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Sealing;

namespace Dispatch.Domain.Survivors;

public enum ContactChannel { None = 1, Call = 2, Sms = 3 }

/// <summary>How and when she may be reached. Nothing outside it is ever sent to her. Always sealed.</summary>
public sealed record SafeContact(
    ContactChannel Channel,
    string? Number = null,
    string? HoursFrom = null,
    string? HoursTo = null,
    string? CodeWord = null,
    bool Voicemail = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IfDropped? IfDropped = null);

/// <summary>What she wants when the line drops while she talks: somebody may have come in.</summary>
public enum IfDropped { RingBack = 1, NeverRing = 2, Text = 3 }

/// <summary>
/// What belongs to her and not to the alert: language, safe contact, hashes of her PINs. Outside the alert's row, so that nobody who reads
/// an alert reads this by the way.
/// </summary>
public sealed record SurvivorSession
{
    public const int CurrentSchema = 1;

    public int SchemaVersion { get; init; } = CurrentSchema;
    public required string Tenant { get; init; }
    public string Language { get; init; } = "fr";
    public Sealed<SafeContact>? SafeContact { get; init; }

    /// <summary>Peppered: without the server's key a four-digit PIN could be found by trying them all.</summary>
    public string? PinHash { get; init; }
    public string? DuressPinHash { get; init; }
    public int WrongTries { get; init; }

    /// <summary>Counted whatever the verdict, so that every check is one write and takes the same time.</summary>
    public int Checks { get; init; }

    /// <summary>MACs of the last wrong tries that came with a key: the same one sent again after a lost answer is the same try.</summary>
    public ImmutableArray<string> WrongAttempts { get; init; } = [];

    [JsonIgnore]
    public bool HasPin => PinHash is not null || DuressPinHash is not null;
}

public static class Pins
{
    /// <summary>After this many wrong tries every PIN counts as wrong; a call-taker decides.</summary>
    public const int MaxWrongTries = 5;

    public const int MaxAttempts = 16;

    /// <param name="session">Hers.</param>
    /// <param name="pinHash">What was entered.</param>
    /// <param name="attempt">Names this try by its key and its PIN, where a key came with it.</param>
    public static (SurvivorSession Next, PinVerdict Verdict) Check(SurvivorSession session, string? pinHash, string? attempt = null)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (!session.HasPin) return (session, PinVerdict.NotSet);
        session = session with { Checks = session.Checks + 1 };
        if (session.WrongTries >= MaxWrongTries) return (session, PinVerdict.Wrong);
        if (pinHash is null) return (session, PinVerdict.Wrong);
        // Duress first: where both are the same, the careful reading is the safe one.
        if (pinHash == session.DuressPinHash) return (session, PinVerdict.Duress);
        if (pinHash == session.PinHash) return (session with { WrongTries = 0 }, PinVerdict.Right);
        if (attempt is not null && session.WrongAttempts.Contains(attempt)) return (session, PinVerdict.Wrong);
        var attempts = attempt is null ? session.WrongAttempts : [.. session.WrongAttempts.TakeLast(MaxAttempts - 1), attempt];
        return (session with { WrongTries = session.WrongTries + 1, WrongAttempts = attempts }, PinVerdict.Wrong);
    }
}
