using Dispatch.Cluster.AzureTables;
using Dispatch.Grains.Hosting;
using Dispatch.Grains.Rows;
using Dispatch.Postgres;
using Dispatch.Storage;
using Orleans.Runtime.Messaging;
using Orleans.Storage;

namespace Dispatch.Cluster;

/// <summary>Ready once this host is a member, its share of the reminders is read and everything that was due has been looked at.</summary>
internal sealed class ClusterReadiness(EngineState state, ReminderReads reminders, IClusterMembershipService membership, ILocalSiloDetails self) : IEngineReadiness
{
    public bool Ready =>
        state is { Swept: true, Fault: null } && reminders.Done && membership.CurrentSnapshot.GetSiloStatus(self.SiloAddress) is SiloStatus.Active;

    public string? Fault => state.Fault;

    public bool IsOutage(Exception failure) => failure switch
    {
        TimeoutException or InconsistentStateException or ReminderException => true,
        StoreUnavailableException or RowsUnavailableException => true,
        // A host that died, is stopping or cannot be reached; includes SiloUnavailableException.
        OrleansMessageRejectionException or ConnectionFailedException or ClientNotAvailableException => true,
        LimitExceededException or GatewayTooBusyException or OrleansLifecycleCanceledException => true,
        _ => PostgresFailures.IsOutage(failure) || AzureStore.IsOutage(failure) || (failure.InnerException is { } inner && IsOutage(inner)),
    };
}
