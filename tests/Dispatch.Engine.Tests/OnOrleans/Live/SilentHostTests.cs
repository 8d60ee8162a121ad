using Dispatch.Channels.Live;
using Dispatch.Cluster;
using Dispatch.Cluster.Formats;
using Dispatch.Cluster.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Dispatch.Engine.Tests.Live;

/// <summary>A host that has just joined runs grains before its relay knows anybody, and before anybody knows its pages.</summary>
public sealed class SilentHostTests
{
    private const string Silent = "Silo_1";

    [Fact]
    public async Task While_a_host_has_not_said_who_listens_there_nobody_is_said_to_be_nowhere()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 2);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((options, silo) =>
        {
            silo.AddDispatchGrains();
            silo.Services.AddSingleton<FakePages>();
            silo.Services.AddSingleton<IOpenPages>(services => services.GetRequiredService<FakePages>());
            silo.Services.AddClusterLive();
            if (options.SiloName == Silent) silo.Services.Remove(silo.Services.Single(s => s.ImplementationType == typeof(LiveMembership)));
        });
        builder.ConfigureClient(client => client.Services.AddOneFormat());
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        var silent = cluster.Silos.Single(s => s.Name == Silent).ServiceProvider;
        var relay = cluster.Silos.Single(s => s.Name != Silent).ServiceProvider.GetRequiredService<ILiveRelay>();
        silent.GetRequiredService<FakePages>().Open(LiveAddress.Responder("anna"));

        Assert.Equal(LiveReach.Unknown, await relay.Deliver(Relays.Offer("anna"), default));

        IHostedService speaks = ActivatorUtilities.CreateInstance<LiveMembership>(silent);
        await speaks.StartAsync(default);
        await World.Until(() => relay.Deliver(Relays.Offer("anna"), default).Result is LiveReach.Handed);
        Assert.Equal(LiveReach.NotConnected, await relay.Deliver(Relays.Offer("nobody"), default));
        await speaks.StopAsync(default);
    }
}
