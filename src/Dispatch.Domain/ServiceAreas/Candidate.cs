using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Responders;

namespace Dispatch.Domain.ServiceAreas;

/// <summary>A person on call in a service area, as the area knows her: what she can do and what gates asking her. No name, no number.</summary>
public sealed record Candidate
{
    public const int CurrentSchema = 1;

    public int SchemaVersion { get; init; } = CurrentSchema;
    public required string Responder { get; init; }
    public required string Tenant { get; init; }
    public required OrganisationFacts Organisation { get; init; }
    public required ImmutableArray<Need> Needs { get; init; }
    public required ImmutableArray<Mode> Modes { get; init; }
    public ImmutableArray<string> Languages { get; init; } = [];
    public bool Woman { get; init; }

    /// <summary>Trained for the child path.</summary>
    public bool Children { get; init; }

    /// <summary>Her vetting runs out at this moment; after it nobody asks this person.</summary>
    public required DateTimeOffset VettedUntil { get; init; }

    /// <summary>So does the code of conduct that she signed; null where it goes with the vetting.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ConductUntil { get; init; }

    public DateTimeOffset OnDutySince { get; init; }
    public DateTimeOffset? OnDutyUntil { get; init; }

    /// <summary>Only the roster puts her on duty: she did not do it herself, or her own time is over. Then <see cref="OnDutySince"/> and <see cref="OnDutyUntil"/> say nothing in what is stored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ByRoster { get; init; }

    /// <summary>She said that she is off until then, whatever the roster says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? OffDutyUntil { get; init; }

    /// <summary>Takes part in drills, in addition to real duty.</summary>
    public bool Drill { get; init; }

    /// <summary>Active assignments now, by the newest version that her own actor told, and the most this person may hold.</summary>
    public int Load { get; init; }
    public long LoadVersion { get; init; }
    public int LoadCap { get; init; } = 3;
    public Rest? Rest { get; init; }

    /// <summary>What she said beforehand of conflicts and of ways.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Declared? Declared { get; init; }

    /// <summary>For one alert, which asks her as somebody of a neighbouring area; never of those that an area stores.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool NextDoor { get; init; }

    /// <summary>A hint for taking turns: noted in memory when an alert asks, and lost at a restart.</summary>
    public DateTimeOffset? LastAskedAt { get; init; }

    /// <summary>What her own actor told of her work, unless something newer is known.</summary>
    public Candidate With(Workload work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return work.Version <= LoadVersion ? this : this with { Load = work.Active, Rest = work.Rest, Declared = work.Declared, LoadVersion = work.Version };
    }

    /// <summary>On duty anew or with another profile: what an earlier record knows better is kept.</summary>
    public Candidate KeepingFrom(Candidate? known) => known is null
        ? this
        : this with
        {
            Load = known.LoadVersion > LoadVersion ? known.Load : Load,
            Rest = known.LoadVersion > LoadVersion ? known.Rest : Rest,
            Declared = known.LoadVersion >= LoadVersion ? known.Declared : Declared,
            LoadVersion = Math.Max(known.LoadVersion, LoadVersion),
            LastAskedAt = known.LastAskedAt > LastAskedAt || LastAskedAt is null ? known.LastAskedAt : LastAskedAt,
        };

    /// <summary>Known here because the roster names her: a duty that she took herself, or her word that she is off, is kept.</summary>
    public Candidate Enrolled(Candidate? known) => (known is null
        ? this with { ByRoster = true, OnDutySince = default, OnDutyUntil = null, Drill = false }
        : this with { ByRoster = known.ByRoster, OnDutySince = known.OnDutySince, OnDutyUntil = known.OnDutyUntil, OffDutyUntil = known.OffDutyUntil, Drill = known.Drill }).KeepingFrom(known);

    /// <summary>Her own duty is over. Only the roster puts her on again, and not before <paramref name="until"/>.</summary>
    public Candidate Left(DateTimeOffset? until) => this with { ByRoster = true, OnDutySince = default, OnDutyUntil = null, OffDutyUntil = until, Drill = false };

    public bool SameAs(Candidate? other) =>
        other is not null && this with { Needs = other.Needs, Modes = other.Modes, Languages = other.Languages } == other
        && Needs.SequenceEqual(other.Needs) && Modes.SequenceEqual(other.Modes) && Languages.SequenceEqual(other.Languages);

    /// <summary>Whoever comes on duty anew during her rest says that she can, but only when everybody is needed. A roster that was written before says no such thing.</summary>
    public bool Resting(DateTimeOffset now, bool everybody) => Rest is { } rest && now < rest.Until && !(everybody && !ByRoster && OnDutySince > rest.From);

    /// <summary>Somebody vouches for her, and she for how she behaves.</summary>
    public bool Vetted(DateTimeOffset now) => now < VettedUntil && !(ConductUntil <= now);

    public bool OnDuty(DateTimeOffset now) => OnDutyUntil is not { } until || now < until;
}
