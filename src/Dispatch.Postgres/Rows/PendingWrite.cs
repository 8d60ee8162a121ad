using System.Globalization;
using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Grains.Rows;

namespace Dispatch.Postgres.Rows;

/// <summary>One row of a write as the database takes it.</summary>
/// <param name="Expect">Null: whatever is there; 0: no row; otherwise the version that must be there.</param>
internal sealed record RowStatement(string Table, string Partition, string Key, byte[]? Body, long? Due, long? Expect)
{
    /// <summary>An ETag that this store never gave out: no row has it.</summary>
    private const long Nowhere = long.MaxValue;

    public static RowStatement Of(RowChange change)
    {
        RowLimits.Check(change.Table, change.Partition, change.Key);
        var body = change.Value is { } value ? JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), DispatchJson.Options) : null;
        RowLimits.CheckBody(change, body?.Length ?? 0);
        return new(change.Table, change.Partition, change.Key, body, change.Due?.UtcTicks, Expected(change.IfMatch));
    }

    private static long? Expected(string? ifMatch) => ifMatch switch
    {
        null => null,
        RowChange.MustNotExist => 0,
        _ => long.TryParse(ifMatch, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 ? version : Nowhere,
    };
}

/// <summary>Writes that were given together and are answered together.</summary>
internal sealed class PendingWrite(RowStatement[] rows, long queuedAt)
{
    private readonly TaskCompletionSource<IReadOnlyList<bool>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RowStatement[] Rows { get; } = rows;

    public long QueuedAt { get; } = queuedAt;

    public int Bytes { get; } = rows.Sum(row => row.Body?.Length ?? 0);

    public Task<IReadOnlyList<bool>> Answered => _answer.Task;

    public void Answer(IReadOnlyList<bool> stored) => _answer.SetResult(stored);

    public void Fail(Exception cause) => _answer.SetException(cause);
}
