using Dispatch.Grains.Alerts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatch.Grains.Hosting;

public static class GrainServices
{
    /// <summary>What the grains need besides the engine, whichever engine that is. The host supplies TimeProvider, channels and <see cref="HostInstance"/>.</summary>
    public static IServiceCollection AddGrainServices(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<TimeProvider, SteadyClock>();
        services.AddSingleton<AlertSender>();
        services.AddSingleton<Unsettled>();
        services.AddSingleton<WatchSweep>();
        services.AddSingleton<EngineState>();
        return services;
    }
}
