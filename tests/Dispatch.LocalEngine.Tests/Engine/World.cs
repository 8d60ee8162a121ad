using Dispatch.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Dispatch.LocalEngine.Tests;

/// <summary>An engine on a manual clock, one queue and a memory disk. Nothing in it sleeps, and nothing may reach the thread pool.</summary>
public sealed class World : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly Action<LocalEngineOptions>? _configure;
    private ServiceProvider _services = null!;

    public World(Action<LocalEngineOptions>? configure = null, Func<int, int>? choose = null, MemoryDisk? disk = null)
    {
        _configure = configure;
        Turns = new(choose);
        Clock = new(Start) { Settle = Turns.RunUntilIdle };
        Boot(disk ?? new());
    }

    public TurnQueue Turns { get; }

    public ManualClock Clock { get; }

    public MemoryStore Store { get; private set; } = null!;

    public LocalSilo Silo { get; private set; } = null!;

    /// <summary>What the grains wrote down, over all restarts.</summary>
    public Journal Journal { get; } = new();

    public IGrainFactory Grains => Silo.GrainFactory;

    public T Run<T>(Func<Task<T>> code) => Turns.Run(code);

    public void Run(Func<Task> code) => Turns.Run(code);

    /// <summary>Starts host code that may still be waiting when this returns.</summary>
    public Task<T> Begin<T>(Func<Task<T>> code)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(Turns.Context);
        try
        {
            return code();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
            Turns.RunUntilIdle();
        }
    }

    public Task Begin(Func<Task> code) => Begin(async () =>
    {
        await code();
        return true;
    });

    public void Advance(double seconds) => Clock.Advance(TimeSpan.FromSeconds(seconds));

    public void Open(string gate)
    {
        Journal.Gate(gate).TrySetResult();
        Turns.RunUntilIdle();
    }

    /// <summary>Power cut and restart on what the disk kept.</summary>
    public void Crash(Func<Exception?>? listFault = null)
    {
        Silo.Kill();
        Store.Crash();
        Turns.Clear();
        Boot(Store.Disk, listFault);
    }

    public void Dispose() => Silo.Kill();

    private void Boot(MemoryDisk disk, Func<Exception?>? listFault = null)
    {
        Store = new(Turns, disk) { ListFault = listFault };
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<ITurnScheduler>(Turns);
        services.AddSingleton<ILocalStore>(Store);
        services.AddSingleton(Journal);
        services.AddSingleton<ILoggerFactory>(Journal);
        services.AddLocalEngine(
            options =>
            {
                options.RoundTripMessages = true;
                _configure?.Invoke(options);
            },
            typeof(World).Assembly);
        _services = services.BuildServiceProvider();
        Silo = _services.GetRequiredService<LocalSilo>();
        Turns.Run(() => Silo.StartAsync(default));
    }
}
