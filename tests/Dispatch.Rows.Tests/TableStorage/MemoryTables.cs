using System.Globalization;
using System.Text.RegularExpressions;
using Dispatch.TableStorage;

namespace Dispatch.Rows.Tests.TableStorage;

/// <summary>A table service in memory that refuses what Azure's refuses. The row store's tables are there, as every host makes them.</summary>
public sealed partial class MemoryTables : ITableAccount
{
    private const int MostPropertyBytes = 64 * 1024;
    private const int MostEntityBytes = 1 << 20;
    private const int MostTransactionBytes = 4 << 20;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<(string Table, string Partition, string Key), TableEntry> _entries = new(Comparer<(string Table, string Partition, string Key)>.Create(Compare));
    private readonly HashSet<string> _tables = new([TableRows.RowsTable, TableRows.DueTable], StringComparer.Ordinal);
    private long _version = 638_000_000_000_000_000;

    /// <summary>Asked before each request is carried out and after it.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    public Func<string, Task> After { get; set; } = _ => Task.CompletedTask;

    public List<int> Transactions { get; } = [];

    public int PageSize { get; set; } = 200;

    public int Count
    {
        get
        {
            lock (_gate) return _entries.Count;
        }
    }

    public IReadOnlyList<string> KeysOf(string table)
    {
        lock (_gate) return [.. _entries.Keys.Where(k => k.Table == table).Select(k => k.Key)];
    }

    public Task<TableEntry?> Read(string table, string partition, string key) => Carry($"read {table}", () => _entries.GetValueOrDefault((Made(table), Checked(table, partition), Checked(table, key))));

    public Task<IReadOnlyList<TableEntry>> Query(string table, string partition, string after, string before, int limit) => Carry<IReadOnlyList<TableEntry>>($"query {table}", () =>
        [.. _entries.Where(e => e.Key.Table == Made(table) && e.Key.Partition == Checked(table, partition) && string.CompareOrdinal(e.Key.Key, after) > 0 && string.CompareOrdinal(e.Key.Key, before) < 0)
            .Select(e => e.Value).Take(limit)]);

    public Task<int?> Submit(string table, string partition, IReadOnlyList<TableAction> actions) => Carry($"submit {table}", () =>
    {
        Assert.InRange(actions.Count, 1, 100);
        Assert.Equal(actions.Count, actions.Select(a => a.Entry.Key).Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(actions.Sum(Bytes), 0, MostTransactionBytes);
        if (table == TableRows.RowsTable) Transactions.Add(actions.Count);
        for (var i = 0; i < actions.Count; i++)
        {
            if (!Holds(actions[i], _entries.GetValueOrDefault((Made(table), Checked(table, partition), Checked(table, actions[i].Entry.Key))))) return i;
        }

        foreach (var action in actions)
        {
            var at = (table, partition, action.Entry.Key);
            if (action.Verb is TableVerb.Delete) _entries.Remove(at);
            else _entries[at] = action.Entry with { ETag = string.Create(CultureInfo.InvariantCulture, $"W/\"datetime'{++_version}'\"") };
        }

        return (int?)null;
    });

    public Task Make(string table) => Carry($"make {table}", () => _tables.Add(table));

    /// <summary>The first page is empty, as one may be whose part of the table lies on another server.</summary>
    public Task<TablePage> Scan(string table, string? next) => Carry($"scan {table}", () =>
    {
        if (!_tables.Contains(table)) return new TablePage([], null);
        if (next is null) return new TablePage([], "");
        var page = _entries.Where(e => e.Key.Table == table).Skip(next.Length == 0 ? 0 : int.Parse(next, CultureInfo.InvariantCulture)).Take(PageSize).Select(e => new TablePlace(e.Key.Partition, e.Value)).ToArray();
        var read = (next.Length == 0 ? 0 : int.Parse(next, CultureInfo.InvariantCulture)) + page.Length;
        return new TablePage(page, page.Length < PageSize ? null : read.ToString(CultureInfo.InvariantCulture));
    });

    private string Made(string table)
    {
        Assert.Contains(table, _tables);
        return table;
    }

    private static bool Holds(TableAction action, TableEntry? there)
    {
        if (action.ETag is { } etag) Assert.Matches(ETags(), etag);
        return action.Verb switch
        {
            TableVerb.Add => there is null,
            TableVerb.Upsert => true,
            TableVerb.Delete when action.ETag is null => there is not null,
            _ => there is not null && there.ETag == action.ETag,
        };
    }

    private static int Bytes(TableAction action)
    {
        var sizes = action.Entry.Properties.Values.Select(v => v switch { byte[] bytes => bytes.Length, string text => text.Length * 2, long => 8, _ => throw new ArgumentException("A property of a type that is not used") }).ToArray();
        Assert.All(sizes, size => Assert.InRange(size, 0, MostPropertyBytes));
        Assert.InRange(sizes.Sum(), 0, MostEntityBytes - 4096);
        return sizes.Sum() / 3 * 4 + 1024;
    }

    /// <summary>Others' keys are as they made them; ours keep away from what has troubled the service's clients too.</summary>
    private static string Checked(string table, string key)
    {
        Assert.InRange(key.Length, 1, 512);
        Assert.DoesNotMatch(table.StartsWith("Dispatch", StringComparison.Ordinal) ? Troublesome() : Forbidden(), key);
        return key;
    }

    private async Task<T> Carry<T>(string request, Func<T> work)
    {
        await Before(request);
        T answer;
        lock (_gate) answer = work();
        await After(request);
        return answer;
    }

    private static int Compare((string Table, string Partition, string Key) a, (string Table, string Partition, string Key) b) =>
        string.CompareOrdinal(a.Table, b.Table) is not 0 and var table ? table
        : string.CompareOrdinal(a.Partition, b.Partition) is not 0 and var partition ? partition
        : string.CompareOrdinal(a.Key, b.Key);

    [GeneratedRegex(@"[/\\#?\u0000-\u001F\u007F-\u009F]")]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"[/\\#?%+'&\u0000-\u0020\u007F-\uFFFF]")]
    private static partial Regex Troublesome();

    [GeneratedRegex("^W/\"datetime'[0-9]+'\"$")]
    private static partial Regex ETags();
}
