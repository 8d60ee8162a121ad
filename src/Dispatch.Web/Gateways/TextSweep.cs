using Dispatch.Channels.Voice;
using Dispatch.Domain.Ussd;
using Dispatch.Grains.Rows;
using Dispatch.Web.Gateways.Voice;

namespace Dispatch.Web.Gateways;

/// <summary>Forgets what was only kept for a time: to whom texts and calls went, and which texts came in.</summary>
internal sealed class TextSweep(IRows rows, TimeProvider clock, ILogger<TextSweep> log) : BackgroundService
{
    private const int AtOnce = 200;
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    public async Task Sweep()
    {
        await Sweep<TextRow>(Tables.Texts);
        await Sweep<SeenTextRow>(Tables.TextsSeen);
        await Sweep<CallRecord>(Tables.Calls);
        await Sweep<CallPointer>(Tables.CallPointers);
        await Sweep<UssdSession>(Tables.Menus);
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
                log.LogWarning("Old rows of texts and calls were not forgotten yet: {Failure}", failure.GetType().Name);
            }
        }
    }

    private async Task Sweep<T>(string table)
        where T : class
    {
        while (await rows.ListDue<T>(table, clock.GetUtcNow(), AtOnce) is { Count: > 0 } over)
        {
            await rows.Write([.. over.Select(row => new RowChange(table, row.Partition, row.Key, null))]);
            if (over.Count < AtOnce) return;
        }
    }
}
