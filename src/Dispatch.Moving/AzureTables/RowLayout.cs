using System.Buffers.Binary;
using System.Security.Cryptography;
using Dispatch.TableStorage;

namespace Dispatch.Moving.AzureTables;

/// <summary>Rows as <see cref="TableRows"/> keeps them, with the pointer by which a row that is due is found.</summary>
internal static class RowLayout
{
    public static Placed Write(Entry row)
    {
        if (row.Body.Length > TableBody.MostBytes) throw new MoveRefusedException($"{row} has {row.Body.Length} bytes; Azure's tables take {TableBody.MostBytes}.");
        var body = row.Body.ToArray();
        var properties = new Dictionary<string, object>();
        TableBody.Put(properties, body);
        if (PointerOf(row) is { } pointer) (properties[DuePointer.DueProperty], properties[DuePointer.IdProperty]) = (pointer.Ticks, pointer.Id);
        return new(TableRows.RowsTable, Key(row, row.Table, row.Partition), new(Key(row, row.Key), "", properties), TableBody.OnTheWire(body));
    }

    public static Entry Read(TablePlace place)
    {
        var (parts, entry) = (TableKey.Parts(place.Partition), place.Entry);
        return new(parts[0], parts[1], TableKey.Parts(entry.Key)[0], entry.Properties.TryGetValue(DuePointer.DueProperty, out var due) ? (long)due : null, TableBody.Bytes(entry));
    }

    /// <summary>Null for a row that is never due.</summary>
    public static Placed? Pointer(Entry row, DateTimeOffset now)
    {
        if (PointerOf(row) is not { } pointer) return null;
        try
        {
            return new(TableRows.DueTable, DuePointer.PartitionOf(row.Table), pointer.Entry(now), TableBody.OnTheWire(null));
        }
        catch (ArgumentException exception)
        {
            throw Refused(row, exception);
        }
    }

    // The same each time, so that an import that goes on leaves no other behind.
    private static DuePointer? PointerOf(Entry row) => row.Due is { } ticks ? new(ticks, row.Partition, row.Key, Id(row, ticks)) : null;

    private static string Id(Entry row, long ticks)
    {
        Span<byte> due = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(due, ticks);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(due);
        hash.AppendData(row.Body.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static string Key(Entry row, params ReadOnlySpan<string> parts)
    {
        try
        {
            return TableKey.Of(parts);
        }
        catch (ArgumentException exception)
        {
            throw Refused(row, exception);
        }
    }

    private static MoveRefusedException Refused(Entry row, ArgumentException exception) => new($"{row} cannot be kept in Azure's tables: {exception.Message}.", exception);
}
