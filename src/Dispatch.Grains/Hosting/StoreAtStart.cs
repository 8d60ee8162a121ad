using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatch.Grains.Hosting;

/// <summary>A store that somebody else runs.</summary>
/// <param name="Name">Begins the sentence "… is not available".</param>
/// <param name="Setting">What says where it is.</param>
/// <param name="Prepare">Brings it to what this host needs; repeatable. A refusal of its own ends the start.</param>
/// <param name="IsOutage">True for "not now, repeat".</param>
public sealed record AwaitedStore(string Name, string Setting, Func<IServiceProvider, CancellationToken, Task> Prepare, Func<Exception, bool> IsOutage);

public static class AwaitedStores
{
    /// <summary>Waits for a store that is still starting and prepares it before any hosted service starts, Orleans' silo included.</summary>
    public static IServiceCollection AwaitAtStart(this IServiceCollection services, AwaitedStore store) =>
        services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<StoreAtStart>(provider, store));
}

internal sealed class StoreAtStart(AwaitedStore store, IServiceProvider services, TimeProvider clock, ILogger<StoreAtStart> log) : IHostedLifecycleService
{
    private static readonly TimeSpan WaitAtMost = TimeSpan.FromSeconds(30);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Outages.Outlast(
                () => store.Prepare(services, cancellationToken), store.IsOutage, WaitAtMost,
                failure => log.LogWarning("{Store} is not available yet: {Reason}", store.Name, failure.Message), clock, cancellationToken);
        }
        catch (Exception failure) when (store.IsOutage(failure) && !cancellationToken.IsCancellationRequested)
        {
            throw new StartRefusedException($"{store.Name} is not available as {store.Setting} names it: {failure.Message}");
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
