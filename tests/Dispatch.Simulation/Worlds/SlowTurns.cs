using Dispatch.LocalEngine;

namespace Dispatch.Simulation.Worlds;

/// <summary>Hands a store its turns late while the disk is slow or stalls; nothing overtakes.</summary>
internal sealed class SlowTurns(ITurnScheduler turns, TimeProvider machine) : ITurnScheduler
{
    private DateTimeOffset _free;

    public DateTimeOffset StalledUntil { get; set; }

    public TimeSpan Delay { get; set; }

    public void Post(Action work)
    {
        var now = machine.GetUtcNow();
        var at = now + Delay;
        if (at < StalledUntil) at = StalledUntil;
        if (at < _free) at = _free;
        _free = at;
        if (at <= now) turns.Post(work);
        else machine.CreateTimer(_ => turns.Post(work), null, at - now, Timeout.InfiniteTimeSpan);
    }
}
