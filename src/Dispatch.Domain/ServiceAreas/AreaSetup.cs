using System.Collections.Immutable;

namespace Dispatch.Domain.ServiceAreas;

/// <summary>How a service area is set up: who answers for it and which areas help when everybody is asked.</summary>
public sealed record AreaSetup
{
    public const int CurrentSchema = 1;

    public int SchemaVersion { get; init; } = CurrentSchema;
    public required string Tenant { get; init; }
    public required string Line { get; init; }
    public ImmutableArray<string> Neighbours { get; init; } = [];

    /// <summary>Accounts told when the console rang untaken: first the duty officer, then the national backup.</summary>
    public string? DutyOfficer { get; init; }
    public string? Backup { get; init; }

    /// <summary>Staff opened a drill window that lasts until then.</summary>
    public DateTimeOffset? DrillUntil { get; init; }
}
