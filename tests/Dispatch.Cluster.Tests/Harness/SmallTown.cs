using Dispatch.Domain.Alerts;

namespace Dispatch.Cluster.Tests.Harness;

/// <summary>Who lives where the clusters under test serve. With short waits, or a round would take minutes; nobody tires.</summary>
internal static class SmallTown
{
    public const int Areas = 3;
    private const int PerArea = 5;
    private const int SecondStepAfterSeconds = 4;

    public static readonly TimeSpan RingsAfter = TimeSpan.FromSeconds(15);

    public static TownPlan Plan { get; } = new(Areas, PerArea, [Need.Health], (0, 2), (SecondStepAfterSeconds, 2)) { OnDuty = false, Endurance = (LoadCap: 100, RestHours: 0), RingsAfter = RingsAfter };
}
