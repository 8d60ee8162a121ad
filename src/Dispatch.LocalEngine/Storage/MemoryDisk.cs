using Dispatch.Storage;

namespace Dispatch.LocalEngine;

/// <summary>What is left of a <see cref="MemoryStore"/> after a crash: its acknowledged rows. Hand it to the next store.</summary>
public sealed class MemoryDisk
{
    private static readonly Comparer<Row> ByDue = Comparer<Row>.Create((a, b) =>
        a.Due == b.Due ? RowRules.Compare(a.Id, b.Id) : Nullable.Compare(a.Due, b.Due));

    private static readonly Comparer<string> ByKey = Comparer<string>.Create(RowRules.Compare);

    private readonly Dictionary<RowKey, Row> _rows = [];
    private readonly Dictionary<(string Table, string Partition), SortedDictionary<string, Row>> _partitions = [];
    private readonly Dictionary<string, SortedSet<Row>> _due = [];
    private long _version;

    /// <summary>All rows, in the order of their keys.</summary>
    public IReadOnlyList<Row> Rows
    {
        get
        {
            lock (_rows)
            {
                return [.. _rows.Values.Order(Comparer<Row>.Create((a, b) => RowRules.Compare(a.Id, b.Id)))];
            }
        }
    }

    internal Row? Read(RowKey id)
    {
        lock (_rows)
        {
            return _rows.GetValueOrDefault(id);
        }
    }

    internal IReadOnlyList<Row> List(string table, string partition, string? afterKey, int limit)
    {
        lock (_rows)
        {
            return !_partitions.TryGetValue((table, partition), out var rows)
                ? []
                : [.. rows.Values.Where(row => afterKey is null || RowRules.Compare(row.Id.Key, afterKey) > 0).Take(limit)];
        }
    }

    internal IReadOnlyList<Row> ListDue(string table, DateTimeOffset until, int limit, Row? after)
    {
        lock (_rows)
        {
            return !_due.TryGetValue(table, out var due)
                ? []
                : [.. due.Where(row => after is null || ByDue.Compare(row, after) > 0).TakeWhile(row => row.Due <= until).Take(limit)];
        }
    }

    internal WriteOutcome Apply(RowWrite write)
    {
        lock (_rows)
        {
            var before = _rows.GetValueOrDefault(write.Id);
            if (!RowRules.Matches(write, before is null ? null : long.Parse(before.ETag, System.Globalization.CultureInfo.InvariantCulture)))
            {
                return new(before?.ETag, WriteError.Conflict);
            }

            if (before is not null)
            {
                Remove(before);
            }

            if (write.Body is not { } body)
            {
                return new(null);
            }

            // A copy, as a disk would make: the writer may use its buffer again.
            var row = new Row(write.Id, RowRules.ETag(++_version), write.Due?.ToUniversalTime(), body.ToArray());
            Add(row);
            return new(row.ETag);
        }
    }

    private void Add(Row row)
    {
        _rows.Add(row.Id, row);
        var partition = (row.Id.Table, row.Id.Partition);
        if (!_partitions.TryGetValue(partition, out var rows))
        {
            _partitions.Add(partition, rows = new(ByKey));
        }

        rows.Add(row.Id.Key, row);
        if (row.Due is not null)
        {
            if (!_due.TryGetValue(row.Id.Table, out var due))
            {
                _due.Add(row.Id.Table, due = new(ByDue));
            }

            due.Add(row);
        }
    }

    private void Remove(Row row)
    {
        _rows.Remove(row.Id);
        _partitions[(row.Id.Table, row.Id.Partition)].Remove(row.Id.Key);
        _due.GetValueOrDefault(row.Id.Table)?.Remove(row);
    }
}
