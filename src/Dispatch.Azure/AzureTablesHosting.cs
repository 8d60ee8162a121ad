using Azure.Data.Tables;
using Dispatch.Grains.Hosting;
using Dispatch.Grains.Rows;
using Dispatch.TableStorage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Clustering.AzureStorage;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Reminders.AzureStorage;

namespace Dispatch.Azure;

public static class AzureTablesHosting
{
    /// <summary>Their conditions are ETags that they keep themselves: one that a repeated write refuses makes the grain read again what is stored.</summary>
    private const int OrleansRetries = 2;

    /// <summary>Members, states, reminders and rows in one storage account, each in tables of its own, which the hosts make themselves.</summary>
    public static ISiloBuilder UseAzureTables(this ISiloBuilder silo, AzureTablesSettings settings)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(settings);
        var rows = AzureClients.Of(settings, retries: 0);
        var orleans = AzureClients.Of(settings, OrleansRetries);
        silo.Services.AddSingleton<IRows>(services => new TableRows(new AzureTableStore(rows), services.GetRequiredService<TimeProvider>()));
        // A role that was given together with the host's identity takes minutes to be known everywhere: longer than is waited, and then the host is started again.
        silo.Services.AwaitAtStart(new("The table service", AzureTablesSettings.ServiceUriSetting, (_, cancel) => MakeTables(rows, cancel), AzureFailures.IsOutage));
        silo.UseAzureStorageClustering((AzureStorageClusteringOptions options) => options.TableServiceClient = orleans);
        // A state that was cleared is gone, as on the other stores, and not an empty one.
        silo.AddAzureTableGrainStorageAsDefault((AzureTableStorageOptions options) => (options.TableServiceClient, options.DeleteStateOnClear) = (orleans, true));
        silo.UseAzureTableReminderService((AzureTableReminderStorageOptions options) => options.TableServiceClient = orleans);
        return silo;
    }

    /// <summary>The row store's; Orleans' providers make theirs.</summary>
    private static async Task MakeTables(TableServiceClient service, CancellationToken cancel)
    {
        await service.CreateTableIfNotExistsAsync(TableRows.RowsTable, cancel);
        await service.CreateTableIfNotExistsAsync(TableRows.DueTable, cancel);
    }
}
