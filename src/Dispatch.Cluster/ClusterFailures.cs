using Dispatch.Cluster.AzureTables;
using Dispatch.Grains.Rows;
using Dispatch.Postgres;
using Dispatch.Storage;
using Orleans.Runtime.Messaging;
using Orleans.Storage;

namespace Dispatch.Cluster;

/// <summary>Which failures mean "not now, repeat"; every other one is a defect.</summary>
internal static class ClusterFailures
{
    public static bool IsOutage(Exception failure) => failure switch
    {
        TimeoutException or InconsistentStateException or ReminderException => true,
        StoreUnavailableException or RowsUnavailableException => true,
        // A host that died, is stopping or cannot be reached; includes SiloUnavailableException.
        OrleansMessageRejectionException or ConnectionFailedException or ClientNotAvailableException => true,
        LimitExceededException or GatewayTooBusyException or OrleansLifecycleCanceledException => true,
        _ when IsAboutMembers(failure) => true,
        _ => PostgresFailures.IsOutage(failure) || AzureStore.IsOutage(failure) || (failure.InnerException is { } inner && IsOutage(inner)),
    };

    /// <summary>
    /// While hosts come and go the runtime says so in exceptions that have no type of their own: its directory of actors is not stable, the host that it chose is no longer one. Where one of them
    /// carries what somebody else threw, as a store, that one decides.
    /// </summary>
    private static bool IsAboutMembers(Exception failure) => failure.GetType() == typeof(OrleansException) && failure.InnerException is null;
}
