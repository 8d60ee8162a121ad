using Dispatch.Domain.Channels;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Hosting;
using Dispatch.Grains.Rows;
using Dispatch.LocalEngine;
using Dispatch.Simulation.People;
using Dispatch.Simulation.Plans;
using Dispatch.Simulation.Plants;
using Dispatch.Simulation.Promises;
using Dispatch.Simulation.Runs;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Simulation.Worlds;

/// <summary>
/// One machine with the real grains on the real engine, its disk, its networks and the people round it, on one thread and one clock. The
/// process dies and starts again; disk, networks and people stay.
/// </summary>
internal sealed class World : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 8, 20, 0, 0, TimeSpan.Zero);

    private readonly TurnQueue _turns;
    private readonly Trace _trace;
    private readonly Plant _plant;
    private MemoryStore _store = null!;
    private ServiceProvider? _services;
    private ITimer? _sweep;
    private DateTimeOffset _troubledUntil = Start;
    private bool _sweeping;

    public World(Plan plan, Plant plant, Trace trace, Tally tally)
    {
        (Plan, Tally, _trace, _plant) = (plan, tally, trace, plant);
        _turns = new TurnQueue(plan.Shuffled ? new Random(plan.Seed).Next : null);
        Machine = new ManualClock(Start) { Settle = _turns.RunUntilIdle };
        Wall = new WallClock(Machine);
        Slow = new SlowTurns(_turns, Machine);
        Faults = new StoreFaults(this);
        Network = new Network(this);
        Book = new Book(this);
        People = new Crowd(this);
        Disk = new MemoryDisk();
    }

    public Plan Plan { get; }
    public Tally Tally { get; }
    public ManualClock Machine { get; }
    public WallClock Wall { get; }
    public SlowTurns Slow { get; }
    public StoreFaults Faults { get; }
    public Network Network { get; }
    public Book Book { get; }
    public Crowd People { get; }
    public MemoryDisk Disk { get; set; }

    /// <summary>Counts the processes; what an earlier one began means nothing any more.</summary>
    public int Process { get; private set; }
    public bool Up { get; private set; }

    /// <summary>The time that really passed, as the trace shows it.</summary>
    public DateTimeOffset Now => Machine.GetUtcNow();
    public TimeSpan Elapsed => Now - Start;
    public IGrainFactory Grains => _services!.GetRequiredService<IGrainFactory>();

    public TimeSpan TroubleLeft => _troubledUntil > Now ? _troubledUntil - Now : TimeSpan.Zero;

    /// <summary>How long nothing has gone wrong with the machine or its store; zero while it is down.</summary>
    public TimeSpan Calm => Up && Now > _troubledUntil ? Now - _troubledUntil : TimeSpan.Zero;

    public void Trace(string line) => _trace.Line(Elapsed, line);

    /// <summary>Runs it in a turn of its own.</summary>
    public void Post(Action work) => ((ITurnScheduler)_turns).Post(work);

    public void After(TimeSpan delay, Action work) => Machine.CreateTimer(_ => Post(work), null, delay, Timeout.InfiniteTimeSpan);

    public void AdvanceTo(double second)
    {
        var until = Start + TimeSpan.FromSeconds(second);
        if (until > Now) Machine.AdvanceTo(until);
        else Machine.Advance(TimeSpan.Zero);
    }

    /// <summary>Something is wrong until then; promises with a deadline get their slack from it.</summary>
    public void Troubled(DateTimeOffset until)
    {
        if (until > _troubledUntil) _troubledUntil = until;
    }

    public void Failed()
    {
        Troubled(Now);
        _plant.Failed(this);
    }

    public void ClockJumps(TimeSpan by)
    {
        Tally.Count("fault.clock.jumps");
        Wall.Wrong += by;
        Troubled(Now);
    }

    /// <summary>As a power cut would: nobody is told, nothing under way completes.</summary>
    public void Crash(TimeSpan down, TimeSpan clock = default)
    {
        if (!Up) return;
        Trace($"crash {down.TotalSeconds:0.0} s");
        Up = false;
        _sweep?.Dispose();
        _services!.GetRequiredService<LocalSilo>().Kill();
        _store.Crash();
        _turns.Clear();
        _plant.Crashed(this);
        // A timer and no turn: turns die with the process.
        Machine.CreateTimer(_ => Boot(clock), null, down, Timeout.InfiniteTimeSpan);
    }

    public void Boot(TimeSpan clock = default)
    {
        if (Up) return;
        if (clock != TimeSpan.Zero) Tally.Count(clock < TimeSpan.Zero ? "fault.clock.back" : "fault.clock.ahead");
        Wall.Wrong += clock;
        Process++;
        Up = true;
        Troubled(Now);
        Trace($"boot {Process}");
        _store = new MemoryStore(Slow, Disk);
        Faults.Attach(_store, Process);
        _services = Services();
        var silo = _services.GetRequiredService<LocalSilo>();
        var sweep = _services.GetRequiredService<WatchSweep>();
        Post(() => _ = silo.StartAsync(CancellationToken.None));
        _sweeping = false;
        var started = false;
        var process = Process;
        var clockOfProcess = _services.GetRequiredService<TimeProvider>();
        _sweep = clockOfProcess.CreateTimer(_ => Post(() => _ = Sweep()), null, TimeSpan.Zero, WatchSweep.Every);
        Book.Restarted(clock);

        async Task Sweep()
        {
            if (_sweeping || process != Process) return;
            _sweeping = true;
            try
            {
                await (started ? sweep.Due() : sweep.Everything());
                started = true;
            }
            catch (Exception failure)
            {
                Trace($"a sweep failed: {failure.GetType().Name}");
            }
            finally
            {
                if (process == Process) _sweeping = false;
            }
        }
    }

    public void Dispose()
    {
        _sweep?.Dispose();
        _services?.Dispose();
    }

    private ServiceProvider Services()
    {
        var store = _plant.Store(_store, this);
        var services = new ServiceCollection();
        services.AddSingleton(_plant.Clock(Wall, this));
        services.AddSingleton<ITurnScheduler>(_turns);
        services.AddSingleton(store);
        IChannel[] channels = [.. Kinds().Select(kind => _plant.Channel(new SimulatedChannel(kind, Network, Process), this))];
        foreach (var channel in channels) services.AddSingleton(channel);
        services.AddSingleton(_plant.Rows(new LocalRows(store), channels, this));
        services.AddSingleton(new HostInstance($"host-{Process}", Alone: true));
        services.AddGrainServices();
        services.AddLocalEngine(
            options =>
            {
                DispatchEngine.Configure(options);
                options.RoundTripMessages = Plan.RoundTrip;
            },
            typeof(IAlertGrain).Assembly);
        return services.BuildServiceProvider();
    }

    private IEnumerable<ChannelKind> Kinds()
    {
        yield return ChannelKind.Live;
        if (Plan.Push) yield return ChannelKind.WebPush;
        if (Plan.Sms) yield return ChannelKind.Sms;
    }
}
