using Dispatch.LocalEngine;
using Dispatch.Simulation.Plans;
using Dispatch.Storage;

namespace Dispatch.Simulation.Worlds;

/// <summary>What goes wrong with the store, and when the process dies over a write. It never lies: what it acknowledged stays.</summary>
internal sealed class StoreFaults(World world)
{
    private readonly List<Window> _windows = [];
    private int _writesToCrash;
    private CrashAtWrite? _crash;
    private long _throws;

    public void Begin(StoreBreaks trouble)
    {
        var until = world.Now + TimeSpan.FromSeconds(trouble.Seconds);
        _windows.Add(new Window(trouble.How, until, trouble.Share));
        world.Troubled(until);
        if (trouble.How is StoreTrouble.Stalls)
        {
            world.Tally.Count("fault.store.stalls");
            world.Slow.StalledUntil = until;
        }

        if (trouble.How is StoreTrouble.Slow)
        {
            world.Tally.Count("fault.store.slow");
            world.Slow.Delay = TimeSpan.FromSeconds(trouble.Share);
            world.After(TimeSpan.FromSeconds(trouble.Seconds), () => world.Slow.Delay = TimeSpan.Zero);
        }
    }

    public void Arm(CrashAtWrite crash) => (_crash, _writesToCrash) = (crash, crash.Writes);

    public void Heal()
    {
        _windows.Clear();
        _crash = null;
        world.Slow.Delay = TimeSpan.Zero;
        world.Slow.StalledUntil = world.Now;
    }

    public void Attach(MemoryStore store, int process)
    {
        store.Fault = write => process != world.Process || !world.Up ? Dead() : BeforeWrite(write);
        store.LostAnswer = write => AfterWrite(write, process);
        store.ReadFault = _ => Strikes(StoreTrouble.Unreadable);
        store.ListFault = () => Strikes(StoreTrouble.Unreadable);
    }

    private Exception? BeforeWrite(RowWrite write)
    {
        if (_crash is { Durable: false } && --_writesToCrash <= 0) return Die(write);
        return Strikes(StoreTrouble.Full) ?? Strikes(StoreTrouble.Fails);
    }

    private Exception? AfterWrite(RowWrite write, int process)
    {
        world.Book.Stored(write);
        if (process != world.Process || !world.Up) return Dead();
        if (_crash is { Durable: true } && --_writesToCrash <= 0) return Die(write);
        return Strikes(StoreTrouble.Denies);
    }

    private StoreUnavailableException Die(RowWrite write)
    {
        var crash = _crash!;
        _crash = null;
        world.Tally.Count(crash.Durable ? "fault.crash.afterWrite" : "fault.crash.beforeWrite");
        world.Trace($"power cut {(crash.Durable ? "after" : "before")} a write to {write.Id}");
        world.Crash(TimeSpan.FromSeconds(crash.Down));
        return Dead();
    }

    private StoreUnavailableException? Strikes(StoreTrouble how)
    {
        for (var i = _windows.Count - 1; i >= 0; i--)
        {
            var window = _windows[i];
            if (world.Now >= window.Until) _windows.RemoveAt(i);
            else if (window.How == how && Dice.Share(world.Plan.Seed, "store", ++_throws) < window.Share)
            {
                world.Tally.Count(Name(how));
                world.Failed();
                return new StoreUnavailableException("planned trouble");
            }
        }

        return null;
    }

    private static string Name(StoreTrouble how) => how switch
    {
        StoreTrouble.Fails => "fault.store.fails",
        StoreTrouble.Full => "fault.store.full",
        StoreTrouble.Denies => "fault.store.denies",
        StoreTrouble.Unreadable => "fault.store.unreadable",
        _ => "fault.store.other",
    };

    private static StoreUnavailableException Dead() => new("the process has died");

    private sealed record Window(StoreTrouble How, DateTimeOffset Until, double Share);
}
