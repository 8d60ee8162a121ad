using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;

namespace Dispatch.Domain.Protocols;

/// <summary>
/// One version of a tenant's protocol: which need asks whom, in which steps, with which waits. An alert keeps the version it started with.
/// Waits are whole seconds and are tuned in drills; the defaults are the design's.
/// </summary>
public sealed record Rules
{
    public const int CurrentSchema = 1;

    public int SchemaVersion { get; init; } = CurrentSchema;
    /// <summary>Given when the document is kept (<see cref="ProtocolBook"/>).</summary>
    public int Version { get; init; }

    /// <summary>Asked for when she presses without choosing. Police is never among them.</summary>
    public required ImmutableArray<Need> DefaultNeeds { get; init; }

    public required ImmutableArray<NeedRule> Needs { get; init; }
    public required ImmutableArray<StepRule> Steps { get; init; }

    /// <summary>The line's console rings this long after the raise.</summary>
    public int HumanAfterSeconds { get; init; } = 60;

    /// <summary>Untaken this long after the ringing began, the duty officer's phone; then, after the same wait, the national backup.</summary>
    public int DutyOfficerAfterSeconds { get; init; } = 60;
    public int BackupAfterSeconds { get; init; } = 60;

    /// <summary>A step whose phones confirm nothing counts its wait from this long after its start.</summary>
    public int DeliveryGraceSeconds { get; init; } = 10;

    /// <summary>Who has not confirmed an offer is sent a text this long after it; 0 for at once, beside what goes out as data.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int TextAfterSeconds { get; init; }

    /// <summary>And called by machine this long after the offer; 0 for at once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int CallAfterSeconds { get; init; }

    /// <summary>Silent after accepting: limits until the first sign of progress, by mode.</summary>
    public int CallWithinSeconds { get; init; } = 5 * 60;
    public int JourneyWithinSeconds { get; init; } = 15 * 60;

    /// <summary>With her in the car: the time for the whole ride where the driver promised none; absent for <see cref="UsualRide"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? RideWithinSeconds { get; init; }

    /// <summary>By day only an unverified alert sends people out in pairs; at night every alert that is not better verified than this.</summary>
    public Verification NightPairsUpTo { get; init; } = Verification.None;

    /// <summary>Whoever is on a journey says this often that she is well; the queue rings when she does not.</summary>
    public int CheckInEverySeconds { get; init; } = 20 * 60;

    /// <summary>A human may act on best interest, legal duty or life threat only where the country's protocol allows it.</summary>
    public ImmutableArray<DisclosureBasis> HumanBases { get; init; } = [];

    /// <summary>
    /// Houses are asked for a bed by a call-taker alone. Otherwise a machine holds one at once, as people are asked at once: a bed that nobody holds is gone while a call-taker
    /// is still on another line, and one held too much is free again within half an hour.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool BedsByHand { get; init; }

    /// <summary>Who rests after what, and for how long.</summary>
    public RestRule Rest { get; init; } = RestRule.Default;

    /// <summary>The same rules where no texts or no calls go out: nobody waits for what never comes.</summary>
    public Rules With(bool texts, bool calls) => this with { TextAfterSeconds = texts ? TextAfterSeconds : 0, CallAfterSeconds = calls ? CallAfterSeconds : 0 };

    public NeedRule For(Need need) => Needs.FirstOrDefault(n => n.Need == need) ?? new NeedRule(need, [Mode.CallsHer]);

    /// <summary>The steps of one need: its own, or those of all.</summary>
    public ImmutableArray<StepRule> StepsOf(Need need) => For(need).OwnSteps ?? Steps;

    /// <summary>Silent after accepting: how long until the first sign of progress.</summary>
    public TimeSpan ProgressWithin(Need need, Mode mode) => TimeSpan.FromSeconds(
        mode is Mode.CallsHer ? For(need).CallWithinSeconds ?? CallWithinSeconds : For(need).JourneyWithinSeconds ?? JourneyWithinSeconds);

    /// <summary>Longer than a way within a town and its villages takes.</summary>
    public static TimeSpan UsualRide { get; } = TimeSpan.FromMinutes(45);

    [JsonIgnore]
    public TimeSpan RideWithin => RideWithinSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : UsualRide;

    /// <summary>The design's default waits: 0 s, 30 s, 75 s, then everybody fit in the area and its neighbours at 120 s.</summary>
    public static ImmutableArray<StepRule> DefaultSteps { get; } =
    [
        new(0, 2), new(30, 2), new(75, 2), new(120, MaxPerStep, Everybody: true),
    ];

    /// <summary>The bound on one step's fan-out for one need.</summary>
    public const int MaxPerStep = 250;

    /// <summary>Null when the rules can run; otherwise the first thing wrong with them, by a stable code.</summary>
    public string? Fault() => RuleFaults.Of(this).FirstOrDefault()?.Code;
}

/// <param name="Hours">How long somebody rests; 0 for no rest at all.</param>
/// <param name="NightFromHour">Local time at which the night begins.</param>
/// <param name="NightUntilHour">Local time at which it is over.</param>
/// <param name="UtcOffsetMinutes">The local time's offset.</param>
public sealed record RestRule(int Hours, int NightFromHour, int NightUntilHour, int UtcOffsetMinutes)
{
    public static RestRule Default { get; } = new(12, 22, 6, 0);

    public bool IsNight(DateTimeOffset at)
    {
        var hour = at.ToOffset(TimeSpan.FromMinutes(UtcOffsetMinutes)).Hour;
        return NightFromHour <= NightUntilHour ? hour >= NightFromHour && hour < NightUntilHour : hour >= NightFromHour || hour < NightUntilHour;
    }
}

/// <param name="AfterSeconds">When this step begins, counted along the waits of the steps before it.</param>
/// <param name="PerNeed">How many people it asks for each need.</param>
/// <param name="Everybody">Everybody fit in the area and its neighbours.</param>
public sealed record StepRule(int AfterSeconds, int PerNeed, bool Everybody = false);

/// <param name="Modes">The modes the protocol allows for this need, the preferred one first.</param>
/// <param name="Quorum">How many have to say yes; one need's yes never stands for another's.</param>
public sealed record NeedRule(Need Need, ImmutableArray<Mode> Modes, int Quorum = 1)
{
    /// <summary>The kinds of organisation whose people are asked; absent for every kind.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<OrganisationKind>? AskedOf { get; init; }

    /// <summary>Steps of its own; absent for those of all needs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<StepRule>? OwnSteps { get; init; }

    /// <summary>Limits of its own until the first sign of progress.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? CallWithinSeconds { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? JourneyWithinSeconds { get; init; }

    /// <summary>Whom the line rings for this need when nobody answers; shown to whoever takes the alert.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FallbackNumber { get; init; }

    /// <summary>Whether people of this kind of organisation are asked.</summary>
    public bool Asks(OrganisationKind kind) => AskedOf is not { } kinds || kinds.Contains(kind);
}
