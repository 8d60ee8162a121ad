using Dispatch.Channels.Recording;
using Dispatch.Cluster;
using Dispatch.Cluster.Formats;
using Dispatch.Cluster.OneFile;
using Dispatch.Domain.Channels;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Hosting;
using Dispatch.Grains.Rows;
using Dispatch.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.TestingHost;

namespace Dispatch.Stories.Tests;

/// <summary>Two hosts of a cluster in real time, which share a file here as they would a database, and a client that is neither of them.</summary>
public sealed partial class Town
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dispatch-stories-").FullName;
    private readonly RecordingChannel _phones = new(ChannelKind.Live);
    private SqliteStore _store = null!;
    private InProcessTestCluster _cluster = null!;
    private bool _oneDied;

    private DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private IEnumerable<Notice> Heard => _phones.Notices;

    /// <summary>The host that runs this alert dies in the middle; the other one remains.</summary>
    public async Task ItsHostDies(string alert)
    {
        Assert.True(_cluster.TryGetGrainContext(_cluster.Client.GetGrain<IAlertGrain>(alert).GetGrainId(), out var activation));
        _oneDied = true;
        await _cluster.KillSiloAsync(_cluster.Silos.Single(host => host.SiloAddress.Equals(activation.Address.SiloAddress)));
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartHosts()
    {
        _store = new SqliteStore(Path.Combine(_folder, "store.db"), new(), NullLogger<SqliteStore>.Instance);
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 2);
        builder.Options.ConfigureFileLogging = false;
        // Before the engine's own services: the grains go by the product's clock.
        builder.ConfigureSiloHost((_, host) => host.Services.AddGrainServices());
        builder.ConfigureSilo((host, silo) => Configure(silo, host.SiloName));
        builder.ConfigureClient(client => client.Services.AddOneFormat());
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    /// <summary>As in the product, but for what the hosts share.</summary>
    private void Configure(ISiloBuilder silo, string name)
    {
        silo.AddDispatchGrains();
        silo.AddReminders();
        silo.Services.AddSingleton(new HostInstance(name, Alone: false));
        silo.Services.AddSingleton<IChannel>(_phones);
        silo.Services.AddSingleton<ILocalStore>(_store);
        silo.Services.AddSingleton<IRows, LocalRows>();
        silo.Services.AddSingleton<IReminderTable, FileReminders>();
        silo.Services.AddGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, (provider, _) => new FileStates(provider.GetRequiredService<ILocalStore>()));
        silo.Services.AddHostedService<WatchSweepHost>();
        silo.Services.AddHostedService<MembershipSweep>();
    }

    /// <summary>Once a host has died, whoever gets no answer asks again, as every phone does; before that, everybody gets one.</summary>
    private async Task<T> Ask<T>(Func<IGrainFactory, Task<T>> call)
    {
        var until = Now + Patience;
        while (true)
        {
            try
            {
                return await call(_cluster.Client).WaitAsync(Patience);
            }
            catch (Exception outage) when (_oneDied && Now < until && outage is OrleansException or TimeoutException)
            {
                await Pass(AMoment);
            }
        }
    }

    private static Task Pass(TimeSpan time) => Task.Delay(time);
}
