using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Dispatch.LocalEngine.Tests;

/// <summary>The engine as it runs in production: real threads, real clock, real file.</summary>
public sealed class ThreadPoolTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly Journal _journal = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Under_a_crowd_of_callers_no_two_turns_overlap_and_no_acknowledged_write_is_lost()
    {
        await using (var services = Services())
        {
            await Start(services);
            var grains = services.GetRequiredService<IGrainFactory>();
            var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
            {
                List<int> seen = [];
                for (var i = 0; i < 50; i++)
                {
                    seen.Add(await grains.GetGrain<ICounterGrain>($"{i % 5}").Add());
                }

                return seen;
            })));
            Assert.Equal(Enumerable.Range(1, 160).SelectMany(n => Enumerable.Repeat(n, 5)), answers.SelectMany(seen => seen).Order());
            await services.GetRequiredService<LocalSilo>().StopAsync(default);
        }

        await using var again = Services();
        await Start(again);
        for (var grain = 0; grain < 5; grain++)
        {
            Assert.Equal(160, await again.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>($"{grain}").Count());
        }
    }

    [Fact]
    public async Task Activations_that_end_all_the_time_lose_no_call_and_never_exist_twice()
    {
        await using var services = Services();
        await Start(services);
        var grains = services.GetRequiredService<IGrainFactory>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                var grain = grains.GetGrain<IShortLivedGrain>($"{i % 2}");
                await grain.Call(endsAfter: (i + caller) % 7 == 0);
            }
        })));
        Assert.Equal(0, ShortLivedGrain.Doubled);
    }

    [Fact]
    public async Task The_host_starts_and_stops_it()
    {
        using var host = new HostBuilder()
            .ConfigureServices(services => services
                .AddSingleton(_journal)
                .AddLocalEngine(_ => { }, typeof(World).Assembly)
                .AddSqliteStore(_folder.File))
            .Build();
        await host.StartAsync();
        var silo = host.Services.GetRequiredService<LocalSilo>();
        await silo.RemindersReady;
        await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IProbeGrain>("a").Work("x");
        await host.StopAsync();
        Assert.Contains("a deactivated ShuttingDown", _journal.Lines);
        Assert.Equal(0, silo.Activations);
    }

    [Fact]
    public async Task State_used_from_the_thread_pool_throws()
    {
        await using var services = Services();
        await Start(services);
        var grain = services.GetRequiredService<IGrainFactory>().GetGrain<IProbeGrain>("a");
        await Assert.ThrowsAsync<InvalidOperationException>(grain.Escape);
    }

    [Fact]
    public async Task The_callers_ambient_values_do_not_enter_a_grain()
    {
        await using var services = Services();
        await Start(services);
        ShortLivedGrain.Ambient.Value = "of the caller";
        var grain = services.GetRequiredService<IGrainFactory>().GetGrain<IShortLivedGrain>("ambient");
        Assert.Null(await grain.SeesAmbient());

        // Now it is active, and the call starts from the caller's own stack.
        Assert.Null(await grain.SeesAmbient());
        Assert.Equal("of the caller", ShortLivedGrain.Ambient.Value);
    }

    private static async Task Start(ServiceProvider services)
    {
        var silo = services.GetRequiredService<LocalSilo>();
        await silo.StartAsync(default);
        await silo.RemindersReady;
    }

    private ServiceProvider Services() => new ServiceCollection()
        .AddSingleton(_journal)
        .AddSingleton<ILoggerFactory>(_journal)
        .AddLocalEngine(_ => { }, typeof(World).Assembly)
        .AddSqliteStore(_folder.File)
        .BuildServiceProvider();
}

public interface IShortLivedGrain : IGrainWithStringKey
{
    Task Call(bool endsAfter);

    Task<string?> SeesAmbient();
}

public sealed class ShortLivedGrain : Grain, IShortLivedGrain
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, ShortLivedGrain> Alive = new();
    private static int s_doubled;

    public static AsyncLocal<string?> Ambient { get; } = new();

    public static int Doubled => s_doubled;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!Alive.TryAdd(this.GetPrimaryKeyString(), this))
        {
            Interlocked.Increment(ref s_doubled);
        }

        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Alive.TryRemove(KeyValuePair.Create(this.GetPrimaryKeyString(), this));
    }

    public async Task Call(bool endsAfter)
    {
        await Task.Yield();
        if (endsAfter)
        {
            DeactivateOnIdle();
        }
    }

    public Task<string?> SeesAmbient() => Task.FromResult(Ambient.Value);
}
