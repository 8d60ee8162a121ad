using System.Security.Cryptography;
using Dispatch.Grains.Rows;

namespace Dispatch.TableStorage;

/// <summary>One change as the service takes it.</summary>
/// <param name="Ordinal">Its place among the changes that were given together.</param>
/// <param name="Action">Null: nothing is written, the row must only be absent or can in no case match.</param>
/// <param name="Pointer">To be made before the row names it.</param>
internal sealed record PlannedWrite(int Ordinal, RowChange Change, string Partition, string Key, int Bytes, TableAction? Action, DuePointer? Pointer) : IPlaced
{
    /// <summary>What every ETag of the service begins with; another one was never given out by it, and it would refuse the request.</summary>
    private const string Weak = "W/\"";

    /// <summary>Rows that are never due have no pointer to look for, unless they had one: then it is found dead when its time comes.</summary>
    public bool MayLeavePointer => Action is not null && (Change.Due is not null || Change.Value is null);

    public static PlannedWrite Of(RowChange change, int ordinal)
    {
        ArgumentNullException.ThrowIfNull(change);
        var (partition, key) = (TableKey.Of(change.Table, change.Partition), TableKey.Of(change.Key));
        var body = change.Value is { } value ? TableBody.Of(change, value) : null;
        var pointer = body is not null && change.Due is { } due ? new DuePointer(due.UtcTicks, change.Partition, change.Key, RandomNumberGenerator.GetHexString(16, lowercase: true)) : null;
        // Checked before anything is written, together with everybody else's.
        _ = pointer?.EntryKey;
        return new(ordinal, change, partition, key, TableBody.OnTheWire(body), ActionOf(change, key, body, pointer), pointer);
    }

    private static TableAction? ActionOf(RowChange change, string key, byte[]? body, DuePointer? pointer)
    {
        if (change.IfMatch is { } etag && etag != RowChange.MustNotExist && !etag.StartsWith(Weak, StringComparison.Ordinal)) return null;
        if (body is null) return change.IfMatch == RowChange.MustNotExist ? null : new(TableVerb.Delete, new(key, "", new Dictionary<string, object>()), change.IfMatch);
        var properties = new Dictionary<string, object>();
        TableBody.Put(properties, body);
        if (pointer is not null) (properties[DuePointer.DueProperty], properties[DuePointer.IdProperty]) = (pointer.Ticks, pointer.Id);
        var entry = new TableEntry(key, "", properties);
        return change.IfMatch switch
        {
            null => new(TableVerb.Upsert, entry),
            RowChange.MustNotExist => new(TableVerb.Add, entry),
            var match => new(TableVerb.Replace, entry, match),
        };
    }
}
