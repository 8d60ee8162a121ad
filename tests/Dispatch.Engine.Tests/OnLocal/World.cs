using Dispatch.Domain;
using Dispatch.LocalEngine;
using Dispatch.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Engine.Tests;

/// <summary>The local engine as it runs in production, but for its patience with what is idle.</summary>
public sealed partial class World
{
    private LocalSilo _silo = null!;

    public IGrainFactory Grains => _silo.GrainFactory;

    private async Task StartHosts()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILocalStore>(Store);
        services.AddSingleton(Journal);
        services.AddLocalEngine(
            options =>
            {
                options.Json = DispatchJson.Options;
                options.RoundTripMessages = true;
                (options.CollectEvery, options.IdleAge) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
                options.MinimumReminderPeriod = TimeSpan.FromSeconds(1);
            },
            typeof(World).Assembly);
        _silo = services.BuildServiceProvider().GetRequiredService<LocalSilo>();
        await _silo.StartAsync(default);
        await _silo.RemindersReady;
    }

    private Task StopHosts() => _silo.StopAsync(default);

    private Task KillHosts()
    {
        _silo.Kill();
        return Task.CompletedTask;
    }
}
