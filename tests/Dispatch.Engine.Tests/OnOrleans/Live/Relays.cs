using Dispatch.Channels.Live;
using Dispatch.Cluster;
using Dispatch.Cluster.Formats;
using Dispatch.Cluster.Live;
using Dispatch.Domain.Channels;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Dispatch.Engine.Tests.Live;

/// <summary>Three hosts, each with pages of its own.</summary>
public sealed class Relays : IAsyncLifetime, IDisposable
{
    private InProcessTestCluster _cluster = null!;

    internal Host[] Hosts { get; private set; } = [];

    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 3);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddDispatchGrains();
            silo.Services.AddSingleton<FakePages>();
            silo.Services.AddSingleton<IOpenPages>(services => services.GetRequiredService<FakePages>());
            silo.Services.AddClusterLive();
        });
        builder.ConfigureClient(client => client.Services.AddOneFormat());
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        Hosts = [.. _cluster.Silos.Select(silo => new Host(silo, silo.ServiceProvider.GetRequiredService<ILiveRelay>(), silo.ServiceProvider.GetRequiredService<FakePages>()))];
        await World.Until(() => Hosts.All(host => host.Knows == Hosts.Length - 1));
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    public void Dispose() => _cluster.Dispose();

    internal Task Kill(Host host) => _cluster.KillSiloAsync(host.Silo);

    internal static Notice Offer(string responder, string id = "offer") => new(id, NoticeKind.Offer, responder, "alert", 1);

    internal sealed record Host(InProcessSiloHandle Silo, ILiveRelay Relay, FakePages Pages)
    {
        /// <summary>The other hosts that have said who listens there.</summary>
        public int Knows => Silo.ServiceProvider.GetRequiredService<LivePeers>().Heard;
    }
}
