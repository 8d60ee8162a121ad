using Dispatch.Storage;

namespace Dispatch.Engine.Tests;

/// <summary>A store whose writes of the rows of one grain can be made to fail, and which outlives the hosts that share it.</summary>
public sealed class FaultyStore(ILocalStore store) : ILocalStore
{
    private volatile string? _failing;

    public string? Failing { get => _failing; set => _failing = value; }

    public Task<Row?> Read(RowKey id) => store.Read(id);

    public Task<IReadOnlyList<Row>> List(string table, string partition, string? afterKey, int limit) => store.List(table, partition, afterKey, limit);

    public Task<IReadOnlyList<Row>> ListDue(string table, DateTimeOffset until, int limit, Row? after = null) => store.ListDue(table, until, limit, after);

    public Task<WriteOutcome> Write(RowWrite write) =>
        write.Id.Partition == _failing ? Task.FromException<WriteOutcome>(new StoreUnavailableException("the disk is full")) : store.Write(write);

    public Task<IReadOnlyList<WriteOutcome>> WriteAll(IReadOnlyList<RowWrite> writes) => store.WriteAll(writes);

    public ValueTask Close() => store.DisposeAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
