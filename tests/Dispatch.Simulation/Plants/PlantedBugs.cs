using Dispatch.Simulation.Promises;

namespace Dispatch.Simulation.Plants;

/// <summary>Every bug that can be planted, by the name that the command line takes, with the promise that it breaks.</summary>
public sealed record PlantedBug(string Name, Promise Breaks)
{
    private Func<Plant> Make { get; init; } = null!;

    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        new("send-before-write", Promise.OnlyOpenOffersSent) { Make = () => new SendBeforeWrite() },
        new("forgotten-watch", Promise.RaiseKept) { Make = () => new ForgottenWatch() },
        new("double-accept", Promise.FilledOnce) { Make = () => new DoubleAccept() },
        new("stale-retry", Promise.OnlyOpenOffersSent) { Make = () => new StaleRetry() },
        new("recomputed-step", Promise.StepsStay) { Make = () => new RecomputedStep() },
        new("dead-tick", Promise.DueIsDone) { Make = () => new DeadTick() },
        new("lost-tail", Promise.RaiseKept) { Make = () => new LostTail() },
        new("two-takers", Promise.OneTaker) { Make = () => new TwoTakers() },
        new("forgotten-stand-down", Promise.EverybodyTold) { Make = () => new ForgottenStandDown() },
        new("lost-hold", Promise.BedPromisedOnce) { Make = () => new LostHold() },
        new("forgotten-tombstone", Promise.OverStaysOver) { Make = () => new ForgottenTombstone() },
        new("miscounted", Promise.BedsAddUp) { Make = () => new Miscounted() },
        new("longer-hold", Promise.HoldEnds) { Make = () => new LongerHold() },
        new("half-family", Promise.AllBedsOrNone) { Make = () => new HalfFamily() },
        new("kept-after-end", Promise.EndedFreesBeds) { Make = () => new KeptAfterEnd() },
        new("unwritten-look", Promise.LooksWritten) { Make = () => new UnwrittenLook() },
        new("longer-release", Promise.AddressGuarded) { Make = () => new LongerRelease() },
    ];

    public static PlantedBug? Named(string name) => All.FirstOrDefault(b => b.Name == name);

    /// <summary>A new one for each run: what a plant remembers belongs to one world.</summary>
    internal Plant Plant() => Make();
}
