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

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(3);

    /// <summary>Members, states, reminders and rows in one storage account, each in tables of its own, which the hosts make themselves.</summary>
    public static ISiloBuilder UseAzureTables(this ISiloBuilder silo, AzureTablesSettings settings)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(settings);
        var rows = AzureClients.Of(settings, retries: 0, AnswerWithin);
        var orleans = AzureClients.Of(settings, OrleansRetries, AnswerWithin);
        silo.Services.AddSingleton<IRows>(services => new TableRows(new AzureTableStore(rows), services.GetRequiredService<TimeProvider>()));
        // A role that was given together with the host's identity takes minutes to be known everywhere: longer than is waited, and then the host is started again.
        silo.Services.AwaitAtStart(new("The table service", AzureTablesSettings.ServiceUriSetting, (_, _) => Prepare(new AzureTableStore(rows)), AzureFailures.IsOutage));
        silo.UseAzureStorageClustering((AzureStorageClusteringOptions options) => (options.TableServiceClient, options.TableName) = (orleans, OrleansTables.Members));
        // A state that was cleared is gone, as on the other stores, and not an empty one.
        silo.AddAzureTableGrainStorageAsDefault((AzureTableStorageOptions options) => (options.TableServiceClient, options.TableName, options.DeleteStateOnClear) = (orleans, OrleansTables.States, true));
        silo.UseAzureTableReminderService((AzureTableReminderStorageOptions options) => (options.TableServiceClient, options.TableName) = (orleans, OrleansTables.Reminders));
        return silo;
    }

    /// <summary>The row store's; Orleans' providers make theirs.</summary>
    private static async Task Prepare(AzureTableStore store)
    {
        foreach (var table in (string[])[TableRows.RowsTable, TableRows.DueTable, TableImport.Table]) await store.Make(table);
        await TableImport.RequireWhole(store);
    }
}
