using Dispatch.Domain.Contacts;
using Dispatch.Grains.Rows;
using Dispatch.Web.Gateways.Voice.Incoming;

namespace Dispatch.Web.Contacts;

/// <summary>Forgets what a line's figures counted long ago, calls back to which nobody reports any more, and who typed which number.</summary>
internal sealed class FigureSweep(IRows rows, TimeProvider clock, ILogger<FigureSweep> log) : BackgroundService
{
    private const int AtOnce = 200;
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    public async Task Sweep()
    {
        await Sweep<ContactFigure>(Tables.LineFigures);
        await Sweep<CallBackRow>(Tables.CallsBack);
        await Sweep<NumberNames>(Tables.NamedNumbers);
        await Sweep<CodedText>(Tables.CodedTexts);
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
                log.LogWarning("Old figures of lines were not forgotten yet: {Failure}", failure.GetType().Name);
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
