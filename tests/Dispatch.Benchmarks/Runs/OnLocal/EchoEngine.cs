using Dispatch.LocalEngine;
using Dispatch.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Benchmarks.Runs;

/// <summary>The local engine in this process, with the settings of the real host.</summary>
internal sealed class EchoEngine(ServiceProvider services, LocalSilo silo) : IAsyncDisposable
{
    public IGrainFactory Grains => silo.GrainFactory;

    public static async Task<EchoEngine> Start()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILocalStore>(provider => new MemoryStore(provider.GetRequiredService<ITurnScheduler>()));
        services.AddLocalEngine(_ => { }, typeof(EchoGrain).Assembly);
        var provider = services.BuildServiceProvider();
        var silo = provider.GetRequiredService<LocalSilo>();
        await silo.StartAsync(default);
        return new EchoEngine(provider, silo);
    }

    public async ValueTask DisposeAsync()
    {
        await silo.StopAsync(default);
        await services.DisposeAsync();
    }
}
