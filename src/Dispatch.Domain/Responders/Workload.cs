using System.Collections.Immutable;
using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Responders;

/// <summary>
/// How much a person has to do, counted from what alerts told her, and which areas have to know it. The version grows with every change,
/// so that an area never goes back to an older count.
/// </summary>
public sealed record Workload
{
    public const int CurrentSchema = 1;

    public int SchemaVersion { get; init; } = CurrentSchema;
    public long Version { get; init; }

    /// <summary>The service areas where she is on duty.</summary>
    public ImmutableArray<string> Areas { get; init; } = [];

    /// <summary>Active assignments. A drill counts in no figure and keeps nobody from a real alert.</summary>
    public int Active { get; init; }

    /// <summary>The workload after these alerts are all she was told; the same object when nothing changed.</summary>
    public Workload After(IEnumerable<AlertTold> told)
    {
        ArgumentNullException.ThrowIfNull(told);
        var active = told.Where(t => !t.Exercise).Sum(t => t.Offers.Count(o => o.Assignment is { Active: true }));
        return active == Active ? this : this with { Active = active, Version = Version + 1 };
    }
}
