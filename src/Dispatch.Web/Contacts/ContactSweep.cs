using Dispatch.Domain.Contacts;
using Dispatch.Grains.Contacts;
using Dispatch.Grains.Rows;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Contacts;

/// <summary>Forgets numbers from which nothing has come for a long time. Each decides by itself; here is only whose time may have come.</summary>
internal sealed class ContactSweep(IRows rows, IGrainFactory grains, Tenant tenant, TimeProvider clock, ILogger<ContactSweep> log) : BackgroundService
{
    private const int AtOnce = 50;
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    public async Task Sweep()
    {
        var (now, keptFor) = (clock.GetUtcNow(), TimeSpan.FromDays(tenant.Settings.ContactsKeptDays));
        StoredRow<KeptContact>? last = null;
        while (true)
        {
            var due = await rows.ListDue(Tables.Contacts, now, AtOnce, last);
            foreach (var row in due) await Look(row, keptFor);
            if (due.Count < AtOnce) return;
            last = due[^1];
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, clock, stoppingToken);
            try
            {
                await Sweep();
            }
#pragma warning disable CA1031 // The next hour does it.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                log.LogWarning("Numbers were not forgotten yet: {Failure}", failure.GetType().Name);
            }
        }
    }

    /// <summary>One that cannot be looked at keeps none of the others.</summary>
    private async Task Look(StoredRow<KeptContact> row, TimeSpan keptFor)
    {
        try
        {
            if (await grains.GetGrain<IContactGrain>(row.Key).Forget(keptFor)) return;
            // Its first write failed half-way, or the last one that forgot it.
            await rows.Write([new RowChange(Tables.Contacts, row.Partition, row.Key, null, IfMatch: row.ETag)]);
        }
#pragma warning disable CA1031 // The next hour does it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("A number was not forgotten yet: {Failure}", failure.GetType().Name);
        }
    }
}
