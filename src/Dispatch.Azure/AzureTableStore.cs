using Azure;
using Azure.Data.Tables;
using Azure.Identity;
using Dispatch.Grains.Rows;
using Dispatch.TableStorage;

namespace Dispatch.Azure;

/// <summary>Azure Table Storage through its own client, one request for each call.</summary>
internal sealed class AzureTableStore(TableServiceClient service) : ITableAccount
{
    /// <summary>What the service answers at most with at once; the client asks for the next page by itself.</summary>
    private const int MostOnAPage = 1_000;

    public Task<TableEntry?> Read(string table, string partition, string key) => Guarded(async () =>
    {
        try
        {
            return Of((await service.GetTableClient(table).GetEntityAsync<TableEntity>(partition, key)).Value);
        }
        catch (RequestFailedException missing) when (AzureFailures.MeaningOf(missing) is TableAnswer.Refused)
        {
            return null;
        }
    });

    public Task<IReadOnlyList<TableEntry>> Query(string table, string partition, string after, string before, int limit) => Guarded<IReadOnlyList<TableEntry>>(async () =>
    {
        List<TableEntry> found = [];
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {after} and RowKey lt {before}");
        await foreach (var entity in service.GetTableClient(table).QueryAsync<TableEntity>(filter, Math.Min(limit, MostOnAPage)))
        {
            found.Add(Of(entity));
            if (found.Count == limit) break;
        }

        return found;
    });

    public Task<int?> Submit(string table, string partition, IReadOnlyList<TableAction> actions) => Guarded<int?>(async () =>
    {
        try
        {
            await service.GetTableClient(table).SubmitTransactionAsync(actions.Select(action => Of(partition, action)));
            return null;
        }
        catch (TableTransactionFailedException refused) when (AzureFailures.MeaningOf(refused) is TableAnswer.Refused && (refused.FailedTransactionActionIndex is not null || actions.Count == 1))
        {
            return refused.FailedTransactionActionIndex ?? 0;
        }
    });

    public Task Make(string table) => Guarded(() => service.CreateTableIfNotExistsAsync(table));

    public Task<TablePage> Scan(string table, string? next) => Guarded(async () =>
    {
        try
        {
            await foreach (var page in service.GetTableClient(table).QueryAsync<TableEntity>((string?)null, MostOnAPage).AsPages(next))
            {
                return new TablePage([.. page.Values.Select(entity => new TablePlace(entity.PartitionKey, Of(entity)))], page.ContinuationToken is { Length: > 0 } token ? token : null);
            }
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == "TableNotFound")
        {
            // As it is before the first host.
        }

        return new TablePage([], null);
    });

    private static async Task<T> Guarded<T>(Func<Task<T>> request)
    {
        try
        {
            return await request();
        }
        catch (Exception failure) when (AzureFailures.IsOutage(failure))
        {
            throw new RowsUnavailableException($"The table service is not available: {failure.Message}", failure);
        }
    }

    private static TableTransactionAction Of(string partition, TableAction action)
    {
        var entity = new TableEntity(partition, action.Entry.Key);
        foreach (var (name, value) in action.Entry.Properties) entity[name] = value;
        var etag = action.ETag is { } given ? new ETag(given) : ETag.All;
        return action.Verb switch
        {
            TableVerb.Add => new(TableTransactionActionType.Add, entity),
            TableVerb.Upsert => new(TableTransactionActionType.UpsertReplace, entity),
            TableVerb.Replace => new(TableTransactionActionType.UpdateReplace, entity, etag),
            TableVerb.Delete => new(TableTransactionActionType.Delete, entity, etag),
            _ => throw new ArgumentOutOfRangeException(nameof(action), action.Verb, "Not a verb"),
        };
    }

    /// <summary>What somebody wrote: the client adds the keys, the time and the protocol's own.</summary>
    private static TableEntry Of(TableEntity entity)
    {
        var properties = new Dictionary<string, object>();
        foreach (var (name, value) in entity)
        {
            if (value is byte[] or long || (value is string && !IsAdded(name))) properties[name] = value;
        }

        return new(entity.RowKey, entity.ETag.ToString(), properties);
    }

    private static bool IsAdded(string name) => name is nameof(TableEntity.PartitionKey) or nameof(TableEntity.RowKey) || name.StartsWith("odata.", StringComparison.Ordinal);
}

/// <summary>What a failure of the service or of this host's identity means.</summary>
public static class AzureFailures
{
    /// <summary>True for "not now, repeat", also where Orleans' providers wrapped it.</summary>
    public static bool IsOutage(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure switch
        {
            RequestFailedException answered => MeaningOf(answered) is TableAnswer.Outage,
            AuthenticationFailedException or OperationCanceledException or IOException => true,
            _ => failure.InnerException is { } inner && IsOutage(inner),
        };
    }

    internal static TableAnswer MeaningOf(RequestFailedException failure) => TableAnswers.Of(failure.Status, failure.ErrorCode);
}
