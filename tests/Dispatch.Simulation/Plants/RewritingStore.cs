using Dispatch.LocalEngine;
using Dispatch.Storage;

namespace Dispatch.Simulation.Plants;

/// <summary>A store between whose door and whose disk something is changed, or dropped and yet reported as stored.</summary>
internal sealed class RewritingStore(ILocalStore real, Func<RowWrite, RowWrite?> write, Func<Row, Row> read) : ILocalStore
{
    private static readonly WriteOutcome Pretended = new("0");

    public async Task<Row?> Read(RowKey id) => await real.Read(id) is { } row ? read(row) : null;

    public Task<IReadOnlyList<Row>> List(string table, string partition, string? afterKey, int limit) => real.List(table, partition, afterKey, limit);

    public Task<IReadOnlyList<Row>> ListDue(string table, DateTimeOffset until, int limit, Row? after = null) => real.ListDue(table, until, limit, after);

    public Task<WriteOutcome> Write(RowWrite row) => write(row) is { } changed ? real.Write(changed) : Task.FromResult(Pretended);

    public async Task<IReadOnlyList<WriteOutcome>> WriteAll(IReadOnlyList<RowWrite> writes)
    {
        var kept = writes.Select(write).ToArray();
        var outcomes = new Queue<WriteOutcome>(await real.WriteAll([.. kept.OfType<RowWrite>()]));
        return [.. kept.Select(row => row is null ? Pretended : outcomes.Dequeue())];
    }

    public ValueTask DisposeAsync() => real.DisposeAsync();
}
