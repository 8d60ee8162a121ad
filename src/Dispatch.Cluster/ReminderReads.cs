using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Cluster;

/// <summary>Whether this host has read the reminders that are its own; Orleans reads them after it has become a member, and tells nobody.</summary>
internal sealed class ReminderReads
{
    private volatile bool _done;

    public bool Done { get => _done; set => _done = value; }
}

internal static class ReminderReadsServices
{
    /// <summary>Wraps the reminder table that was registered before.</summary>
    public static void AddReminderReads(this IServiceCollection services)
    {
        services.AddSingleton<ReminderReads>();
        var table = services.Last(s => s.ServiceType == typeof(IReminderTable) && !s.IsKeyedService);
        services.Remove(table);
        services.AddSingleton<IReminderTable>(provider => new WatchedReminders(Made(table, provider), provider.GetRequiredService<ReminderReads>()));
    }

    private static IReminderTable Made(ServiceDescriptor table, IServiceProvider provider) =>
        (IReminderTable)(table.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, table.ImplementationType!));
}

internal sealed class WatchedReminders(IReminderTable table, ReminderReads reads) : IReminderTable
{
    public Task StartAsync(CancellationToken cancellationToken) => table.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => table.StopAsync(cancellationToken);

    public Task<ReminderTableData> ReadRows(GrainId grainId) => table.ReadRows(grainId);

    public async Task<ReminderTableData> ReadRows(uint begin, uint end)
    {
        var rows = await table.ReadRows(begin, end);
        reads.Done = true;
        return rows;
    }

    public Task<ReminderEntry> ReadRow(GrainId grainId, string reminderName) => table.ReadRow(grainId, reminderName);

    public Task<string> UpsertRow(ReminderEntry entry) => table.UpsertRow(entry);

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => table.RemoveRow(grainId, reminderName, eTag);

    public Task TestOnlyClearTable() => table.TestOnlyClearTable();
}
