using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;

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

    /// <summary>Vetting and code of conduct run out at this moment; after it nobody asks this person.</summary>
    public required DateTimeOffset VettedUntil { get; init; }

    public DateTimeOffset OnDutySince { get; init; }
    public DateTimeOffset? OnDutyUntil { get; init; }

    /// <summary>Takes part in drills, in addition to real duty.</summary>
    public bool Drill { get; init; }

    /// <summary>Active assignments now, and the most this person may hold.</summary>
    public int Load { get; init; }
    public int LoadCap { get; init; } = 3;
    public DateTimeOffset? LastAskedAt { get; init; }

    public bool OnDuty(DateTimeOffset now) => OnDutyUntil is not { } until || now < until;
}
