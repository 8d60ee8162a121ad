using Dispatch.TableStorage;

namespace Dispatch.Moving.AzureTables;

/// <summary>What source and target ask of a storage account before they touch it.</summary>
internal static class TablesStore
{
    private const string VersionRow = "VersionRow";
    private const string Dead = "Dead";

    /// <summary>A host tells that it is alive every few seconds and notes when it stops; one that was killed does neither.</summary>
    private static readonly TimeSpan AliveWithin = TimeSpan.FromMinutes(2);

    /// <summary>Those with records of the programme.</summary>
    private static readonly string[] Records = [TableRows.RowsTable, TableRows.DueTable, OrleansTables.States, OrleansTables.Reminders];

    public static async IAsyncEnumerable<TablePlace> All(this ITableAccount account, string table)
    {
        for (string? next = null; ;)
        {
            var page = await account.Scan(table, next);
            foreach (var place in page.Entries) yield return place;
            if (page.Next is null) break;
            next = page.Next;
        }
    }

    public static async Task RequireStopped(ITableAccount account, TimeProvider clock)
    {
        await foreach (var (_, member) in account.All(OrleansTables.Members))
        {
            if (member.Key != VersionRow && IsAlive(member, clock.GetUtcNow()))
                throw new MoveRefusedException("A host runs on this storage account, or was killed less than two minutes ago. Stop every host first.");
        }
    }

    public static async Task<bool> HasRecords(ITableAccount account)
    {
        foreach (var table in Records)
        {
            await foreach (var _ in account.All(table)) return true;
        }

        return false;
    }

    public static async Task MakeTables(ITableAccount account)
    {
        foreach (var table in Records) await account.Make(table);
        await account.Make(TableImport.Table);
    }

    /// <summary>One that does not say when it was alive may be.</summary>
    private static bool IsAlive(TableEntry member, DateTimeOffset now)
    {
        string? Text(string name) => member.Properties.GetValueOrDefault(name) as string;
        return Text("Status") != Dead && (!OrleansTime.TryRead(Text("IAmAliveTime") ?? "", out var alive) || alive > now - AliveWithin);
    }
}
