namespace Dispatch.Storage;

/// <summary>Where a row is. No part may contain a NUL character or half of a surrogate pair.</summary>
public readonly record struct RowKey(string Table, string Partition, string Key)
{
    public override string ToString() => $"{Table}/{Partition}/{Key}";
}

/// <param name="Id">Where it is.</param>
/// <param name="ETag">Changes with every write and is never used twice, not even after a delete.</param>
/// <param name="Due">When somebody has to look at it; <see cref="ILocalStore.ListDue"/> finds it by this, to the tick.</param>
/// <param name="Body">The record itself; do not change the bytes.</param>
public sealed record Row(RowKey Id, string ETag, DateTimeOffset? Due, ReadOnlyMemory<byte> Body);

/// <param name="Id">Which row.</param>
/// <param name="Body">The record, or null to delete the row.</param>
/// <param name="Due">See <see cref="Row.Due"/>.</param>
/// <param name="IfMatch">Null: whatever is there. <see cref="MustNotExist"/>: only when nothing is there. Otherwise only when this ETag is there.</param>
public sealed record RowWrite(RowKey Id, ReadOnlyMemory<byte>? Body, DateTimeOffset? Due = null, string? IfMatch = null)
{
    public const string MustNotExist = "";

    public bool IsDelete => Body is null;

    public static RowWrite Delete(RowKey id, string? ifMatch = null) => new(id, null, null, ifMatch);
}
