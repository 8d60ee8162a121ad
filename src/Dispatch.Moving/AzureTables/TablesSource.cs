using Dispatch.TableStorage;

namespace Dispatch.Moving.AzureTables;

/// <summary>A cluster's storage account. The service has no one moment of it: nobody may use it until the last record was read.</summary>
internal sealed class TablesSource : IEntrySource
{
    private readonly ITableAccount _account;
    private readonly TimeProvider _clock;

    private TablesSource(ITableAccount account, TimeProvider clock) => (_account, _clock) = (account, clock);

    public static async Task<TablesSource> Open(ITableAccount account, TimeProvider clock)
    {
        if ((await MoveNotes.Read(account)).Import is { Position: not TableImport.Done }) throw new MoveRefusedException("An import into this storage account was begun and not ended.");
        await TablesStore.RequireStopped(account, clock);
        return await TablesStore.HasRecords(account) ? new(account, clock) : throw new MoveRefusedException("The storage account holds no records: there is nothing to export.");
    }

    public async IAsyncEnumerable<Entry> Read()
    {
        await foreach (var entry in TablesReading.All(_account)) yield return entry;
        await TablesStore.RequireStopped(_account, _clock);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
