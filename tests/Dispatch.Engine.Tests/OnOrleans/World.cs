using Dispatch.Cluster;
using Dispatch.Cluster.Formats;
using Dispatch.Cluster.OneFile;
using Dispatch.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.TestingHost;

namespace Dispatch.Engine.Tests;

/// <summary>Two hosts of a cluster, which share the file here as they would a database, and a client that is neither of them.</summary>
public sealed partial class World
{
    private InProcessTestCluster _cluster = null!;

    public IGrainFactory Grains => _cluster.Client;

    private async Task StartHosts()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 2);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) => Configure(silo));
        builder.ConfigureClient(client => client.Services.AddOneFormat());
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    private async Task StopHosts() => await _cluster.DisposeAsync();

    private async Task KillHosts()
    {
        foreach (var host in _cluster.Silos) await _cluster.KillSiloAsync(host);
        await _cluster.DisposeAsync();
    }

    private void Configure(ISiloBuilder silo)
    {
        silo.AddDispatchGrains();
        silo.AddReminders();
        silo.Configure<ReminderOptions>(reminders => reminders.MinimumReminderPeriod = TimeSpan.FromSeconds(1));
        silo.Configure<GrainCollectionOptions>(collection => (collection.CollectionQuantum, collection.CollectionAge) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)));
        silo.Services.AddSingleton(Journal);
        silo.Services.AddSingleton<ILocalStore>(Store);
        silo.Services.AddSingleton<IReminderTable, FileReminders>();
        silo.Services.AddGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, (provider, _) => new FileStates(provider.GetRequiredService<ILocalStore>()));
    }
}
