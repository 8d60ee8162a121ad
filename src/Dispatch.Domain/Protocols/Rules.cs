using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Protocols;

/// <summary>
/// One version of a tenant's protocol: which need asks whom, in which steps, with which waits. An alert keeps the version it started with.
/// Waits are whole seconds and are tuned in drills; the defaults are the design's.
/// </summary>
public sealed record Rules
{
    public const int CurrentSchema = 1;

    public int SchemaVersion { get; init; } = CurrentSchema;
    public required int Version { get; init; }

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

    /// <summary>By day only an unverified alert sends people out in pairs; at night every alert that is not better verified than this.</summary>
    public Verification NightPairsUpTo { get; init; } = Verification.None;

    /// <summary>Whoever is on a journey says this often that she is well; the queue rings when she does not.</summary>
    public int CheckInEverySeconds { get; init; } = 20 * 60;

    /// <summary>A human may act on best interest, legal duty or life threat only where the country's protocol allows it.</summary>
    public ImmutableArray<DisclosureBasis> HumanBases { get; init; } = [];

    /// <summary>Who rests after what, and for how long.</summary>
    public RestRule Rest { get; init; } = RestRule.Default;

    /// <summary>The same rules where no texts or no calls go out: nobody waits for what never comes.</summary>
    public Rules With(bool texts, bool calls) => this with { TextAfterSeconds = texts ? TextAfterSeconds : 0, CallAfterSeconds = calls ? CallAfterSeconds : 0 };

    public NeedRule For(Need need) => Needs.FirstOrDefault(n => n.Need == need) ?? new NeedRule(need, [Mode.CallsHer]);

    /// <summary>The design's default waits: 0 s, 30 s, 75 s, then everybody fit in the area and its neighbours at 120 s.</summary>
    public static ImmutableArray<StepRule> DefaultSteps { get; } =
    [
        new(0, 2), new(30, 2), new(75, 2), new(120, MaxPerStep, Everybody: true),
    ];

    /// <summary>The bound on one step's fan-out for one need.</summary>
    public const int MaxPerStep = 250;

    /// <summary>Null when the rules can run; otherwise what is wrong with them, by a stable code.</summary>
    public string? Fault()
    {
        if (Steps.IsDefaultOrEmpty) return "steps_empty";
        if (Steps[0].AfterSeconds != 0) return "first_step_not_at_once";
        for (var i = 1; i < Steps.Length; i++)
        {
            if (Steps[i].AfterSeconds <= Steps[i - 1].AfterSeconds) return "steps_not_in_order";
        }

        if (Steps.Any(s => s.PerNeed is < 1 or > MaxPerStep)) return "step_size_out_of_bounds";
        if (DefaultNeeds.IsDefaultOrEmpty) return "default_needs_empty";
        if (DefaultNeeds.Contains(Need.Police)) return "police_by_default";
        if (DefaultNeeds.Distinct().Count() != DefaultNeeds.Length || Needs.DistinctBy(n => n.Need).Count() != Needs.Length) return "need_twice";
        if (Needs.Any(n => n.Modes.IsDefaultOrEmpty || n.Quorum is < 1 or > 4)) return "need_rule_invalid";
        if (HumanAfterSeconds is < 1 or > 600) return "human_after_out_of_bounds";
        if (TextAfterSeconds is < 0 or > 600 || CallAfterSeconds is < 0 or > 600) return "reach_out_of_bounds";
        if (CheckInEverySeconds is < 60 or > 4 * 3600) return "check_in_out_of_bounds";
        if (Rest is not { Hours: >= 0 and <= 72, NightFromHour: >= 0 and <= 23, NightUntilHour: >= 0 and <= 23, UtcOffsetMinutes: >= -720 and <= 840 }) return "rest_out_of_bounds";
        return null;
    }
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
public sealed record NeedRule(Need Need, ImmutableArray<Mode> Modes, int Quorum = 1);
