using System.Security.Cryptography;
using Dispatch.Cluster.AzureTables;
using Dispatch.Cluster.Formats;
using Dispatch.Cluster.Live;
using Dispatch.Cluster.OneFile;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Hosting;
using Dispatch.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Dispatch.Cluster;

/// <summary>Runs the grains on Orleans: this process is one host of the cluster that the section <c>Cluster</c> names.</summary>
public static class DispatchEngine
{
    /// <summary>The same for every cluster that may ever open the same store: it is a part of the keys in it.</summary>
    private const string ServiceId = "dispatch";

    /// <summary>Handing over what runs here takes longer than ending requests: its activations write, and the others must learn that it left.</summary>
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(20);

    public static IHostApplicationBuilder AddDispatchEngine(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = ClusterSettings.Read(builder.Configuration, builder.Environment);
        var services = builder.Services.AddGrainServices();
        services.AddSingleton(settings);
        services.AddSingleton(new HostInstance(RandomNumberGenerator.GetHexString(16), Alone: settings.Storage is ClusterStorage.Local));
        services.AddSingleton<FatalSignal>();
        services.AddHostedService<FailStop>();
        services.AddSingleton<IEngineReadiness, ClusterReadiness>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = StopWithin);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (settings.Id, ServiceId));
            if (settings.Storage is ClusterStorage.Local) silo.UseOneFile(builder.Configuration, settings);
            else if (settings.Storage is ClusterStorage.Postgres) silo.UsePostgres(settings, PostgresSettings.Read(builder.Configuration));
            else silo.UseAzureTables(settings, builder.Configuration, builder.Environment);
            silo.AddDispatchGrains();
        });
        services.AddReminderReads();
        services.AddClusterLive();
        services.AddHostedService<WatchSweepHost>();
        services.AddHostedService<MembershipSweep>();
        return builder;
    }

    /// <summary>What every host needs, and the clusters in tests as well.</summary>
    internal static ISiloBuilder AddDispatchGrains(this ISiloBuilder silo)
    {
        silo.Services.AddOneFormat();
        // Grains and reminders go by the host's steady clock. Orleans' own housekeeping reads the machine's clock beside the one that it is given, and breaks where the two differ.
        foreach (var housekeeping in (string[])[TimeProviderNames.ActivationManagement, TimeProviderNames.GrainDirectory, TimeProviderNames.Membership, TimeProviderNames.Messaging, TimeProviderNames.SystemTimers])
        {
            silo.Services.AddKeyedSingleton(housekeeping, TimeProvider.System);
        }

        silo.Configure<SiloMessagingOptions>(messaging =>
        {
            // A call that timed out goes on: its outcome is unknown, and who asked asks again with the same key.
            messaging.CancelRequestOnTimeout = false;
            // Longer than a dead host takes to be declared dead. With a database that is silent each step of a call waits its own few seconds, and a phone would wait for their sum:
            // what a raise asks before it (at most two seconds) comes on top, and so does up to a second until an overdue call is noticed.
            messaging.ResponseTimeout = TimeSpan.FromSeconds(8);
            // As on the local engine: more would wait longer than anybody does.
            messaging.MaxEnqueuedRequestsHardLimit = 10_000;
        });
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            // A dead host is declared dead after about six seconds; until then calls to its grains wait.
            membership.ProbeTimeout = TimeSpan.FromSeconds(2);
            // The third probe would go through another host, which waits for the silent one as long as this one waits for its answer: of a host that hangs and is not gone, that
            // answer mostly comes too late and counts for nothing, and the host is declared dead late or never. Two hosts must agree all the same.
            membership.EnableIndirectProbes = false;
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
            membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
        });
        return silo;
    }
}
