using Azure.Data.Tables;
using Dispatch.Grains.Hosting;
using Dispatch.TableStorage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatch.Azure;

/// <summary>Makes the row store's tables before any hosted service starts; Orleans' providers make theirs.</summary>
internal sealed class TablesAtStart(TableServiceClient service, TimeProvider clock, ILogger<TablesAtStart> log) : IHostedLifecycleService
{
    /// <summary>A role that was given together with the host's identity takes minutes to be known everywhere; then the host is started again.</summary>
    private static readonly TimeSpan WaitAtMost = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TryEvery = TimeSpan.FromSeconds(1);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        for (var since = clock.GetTimestamp(); ;)
        {
            try
            {
                await service.CreateTableIfNotExistsAsync(TableRows.RowsTable, cancellationToken);
                await service.CreateTableIfNotExistsAsync(TableRows.DueTable, cancellationToken);
                return;
            }
            catch (Exception failure) when (AzureFailures.IsOutage(failure) && !cancellationToken.IsCancellationRequested)
            {
                if (clock.GetElapsedTime(since) > WaitAtMost)
                    throw new StartRefusedException($"The table service is not available as {AzureTablesSettings.ServiceUriSetting} names it: {failure.Message}");
                log.LogWarning("The table service is not available yet: {Reason}", failure.Message);
            }

            await Task.Delay(TryEvery, clock, cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
