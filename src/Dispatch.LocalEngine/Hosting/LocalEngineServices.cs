using System.Reflection;
using Dispatch.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Dispatch.LocalEngine;

public static class LocalEngineServices
{
    /// <summary>
    /// Adds the engine and the grains of <paramref name="grainAssemblies"/>. The host adds an <see cref="ILocalStore"/>; a <see cref="TimeProvider"/> and
    /// an <see cref="ITurnScheduler"/> are taken from the services when they are there, otherwise they are the system's clock and the thread pool.
    /// </summary>
    public static IServiceCollection AddLocalEngine(this IServiceCollection services, Action<LocalEngineOptions> configure, params Assembly[] grainAssemblies)
    {
        var options = new LocalEngineOptions();
        configure(options);
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ITurnScheduler, ThreadPoolTurns>();
        services.AddSingleton(options);
        services.AddSingleton(provider => new LocalSilo(new Engine(
            options,
            new GrainClasses(grainAssemblies),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ITurnScheduler>(),
            provider.GetRequiredService<ILocalStore>(),
            provider.GetRequiredService<ILoggerFactory>(),
            provider)));
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<LocalSilo>().GrainFactory);
        services.AddHostedService(provider => provider.GetRequiredService<LocalSilo>());
        return services;
    }

    /// <summary>Adds the SQLite file at <paramref name="path"/> as the store; a disk error goes to <see cref="LocalEngineOptions.OnFatal"/>.</summary>
    public static IServiceCollection AddSqliteStore(this IServiceCollection services, string path) =>
        services.AddSingleton<ILocalStore>(provider => new SqliteStore(
            path,
            new() { OnFatal = provider.GetService<LocalEngineOptions>()?.OnFatal },
            provider.GetRequiredService<ILogger<SqliteStore>>()));
}
