using Dispatch.TableStorage;

namespace Dispatch.Moving.AzureTables;

/// <summary>Every record of a storage account, in the shape that the file has.</summary>
internal static class TablesReading
{
    public static async IAsyncEnumerable<Entry> All(ITableAccount account)
    {
        var notes = await MoveNotes.Read(account);
        await foreach (var place in account.All(TableRows.RowsTable)) yield return RowLayout.Read(place);
        await foreach (var place in account.All(OrleansTables.States))
        {
            if (StateLayout.Read(place, notes.Spelling) is { } state) yield return state;
        }

        await foreach (var place in account.All(OrleansTables.Reminders))
        {
            if (ReminderLayout.Read(place) is { } reminder) yield return Portable.Of(reminder);
        }
    }
}
