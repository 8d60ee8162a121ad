using Dispatch.Grains.Hosting;

namespace Dispatch.Cluster;

/// <summary>Ready once this host is a member, its share of the reminders is read and everything that was due has been looked at.</summary>
internal sealed class ClusterReadiness(EngineState state, ReminderReads reminders, IClusterMembershipService membership, ILocalSiloDetails self) : IEngineReadiness
{
    public bool Ready =>
        state is { Swept: true, Fault: null } && reminders.Done && membership.CurrentSnapshot.GetSiloStatus(self.SiloAddress) is SiloStatus.Active;

    public string? Fault => state.Fault;

    public bool IsOutage(Exception failure) => ClusterFailures.IsOutage(failure);
}
