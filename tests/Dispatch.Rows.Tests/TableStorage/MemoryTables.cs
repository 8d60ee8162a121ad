using System.Globalization;
using System.Text.RegularExpressions;
using Dispatch.TableStorage;

namespace Dispatch.Rows.Tests.TableStorage;

/// <summary>A table service in memory that refuses what Azure's refuses.</summary>
public sealed partial class MemoryTables : ITableStore
{
    private const int MostPropertyBytes = 64 * 1024;
    private const int MostEntityBytes = 1 << 20;
    private const int MostTransactionBytes = 4 << 20;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<(string Table, string Partition, string Key), TableEntry> _entries = new(Comparer<(string Table, string Partition, string Key)>.Create(Compare));
    private long _version = 638_000_000_000_000_000;

    /// <summary>Asked before each request is carried out and after it.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    public Func<string, Task> After { get; set; } = _ => Task.CompletedTask;

    public List<int> Transactions { get; } = [];

    public IReadOnlyList<string> KeysOf(string table)
    {
        lock (_gate) return [.. _entries.Keys.Where(k => k.Table == table).Select(k => k.Key)];
    }

    public Task<TableEntry?> Read(string table, string partition, string key) => Carry($"read {table}", () => _entries.GetValueOrDefault((table, Checked(partition), Checked(key))));

    public Task<IReadOnlyList<TableEntry>> Query(string table, string partition, string after, string before, int limit) => Carry<IReadOnlyList<TableEntry>>($"query {table}", () =>
        [.. _entries.Where(e => e.Key.Table == table && e.Key.Partition == Checked(partition) && string.CompareOrdinal(e.Key.Key, after) > 0 && string.CompareOrdinal(e.Key.Key, before) < 0)
            .Select(e => e.Value).Take(limit)]);

    public Task<int?> Submit(string table, string partition, IReadOnlyList<TableAction> actions) => Carry($"submit {table}", () =>
    {
        Assert.InRange(actions.Count, 1, 100);
        Assert.Equal(actions.Count, actions.Select(a => a.Entry.Key).Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(actions.Sum(Bytes), 0, MostTransactionBytes);
        if (table == TableRows.RowsTable) Transactions.Add(actions.Count);
        for (var i = 0; i < actions.Count; i++)
        {
            if (!Holds(actions[i], _entries.GetValueOrDefault((table, Checked(partition), Checked(actions[i].Entry.Key))))) return i;
        }

        foreach (var action in actions)
        {
            var at = (table, partition, action.Entry.Key);
            if (action.Verb is TableVerb.Delete) _entries.Remove(at);
            else _entries[at] = action.Entry with { ETag = string.Create(CultureInfo.InvariantCulture, $"W/\"datetime'{++_version}'\"") };
        }

        return (int?)null;
    });

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

    private static string Checked(string key)
    {
        Assert.InRange(key.Length, 1, 512);
        Assert.DoesNotMatch(Forbidden(), key);
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

    /// <summary>What the service forbids, and what has troubled its clients.</summary>
    [GeneratedRegex(@"[/\\#?%+'&\u0000-\u0020\u007F-\uFFFF]")]
    private static partial Regex Forbidden();

    [GeneratedRegex("^W/\"datetime'[0-9]+'\"$")]
    private static partial Regex ETags();
}
