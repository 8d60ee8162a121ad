using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Storage;

namespace Dispatch.Grains.Rows;

/// <summary>The row store on one file: the same commits carry grain states and rows.</summary>
public sealed class LocalRows(ILocalStore store) : IRows
{
    public async Task<StoredRow<T>?> Read<T>(string table, string partition, string key)
        where T : class => await store.Read(new RowKey(table, partition, key)) is { } row ? Of<T>(row) : null;

    public async Task<IReadOnlyList<StoredRow<T>>> List<T>(string table, string partition, string? afterKey, int limit)
        where T : class => [.. (await store.List(table, partition, afterKey, limit)).Select(Of<T>)];

    public async Task<IReadOnlyList<StoredRow<T>>> ListDue<T>(string table, DateTimeOffset until, int limit, StoredRow<T>? after = null)
        where T : class
    {
        var last = after is null ? null : new Row(new RowKey(table, after.Partition, after.Key), after.ETag, after.Due, default);
        return [.. (await store.ListDue(table, until, limit, last)).Select(Of<T>)];
    }

    public async Task<IReadOnlyList<bool>> Write(IReadOnlyList<RowChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var outcomes = await store.WriteAll([.. changes.Select(Write)]);
        foreach (var outcome in outcomes)
        {
            if (outcome.Cause is { } cause) throw cause;
        }

        return [.. outcomes.Select(o => o.Stored)];
    }

    private static RowWrite Write(RowChange change) => new(
        new RowKey(change.Table, change.Partition, change.Key),
        change.Value is { } value ? new ReadOnlyMemory<byte>(JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), DispatchJson.Options)) : default(ReadOnlyMemory<byte>?),
        change.Due,
        change.IfMatch == RowChange.MustNotExist ? RowWrite.MustNotExist : change.IfMatch);

    private static StoredRow<T> Of<T>(Row row)
        where T : class => new(row.Id.Partition, row.Id.Key, JsonSerializer.Deserialize<T>(row.Body.Span, DispatchJson.Options)!, row.ETag, row.Due);
}
