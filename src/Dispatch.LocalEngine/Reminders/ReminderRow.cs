using System.Text.Json;
using Dispatch.Storage;

namespace Dispatch.LocalEngine;

/// <summary>A reminder as it is stored. The row is not touched by ticks: which tick is next follows from the time.</summary>
internal sealed record ReminderRow(DateTimeOffset StartAt, TimeSpan Period)
{
    /// <summary>Partition: the grain. Key: the reminder's name. Due: the first tick.</summary>
    public const string Table = "grain-reminders";

    private static readonly JsonSerializerOptions Format = JsonSerializerOptions.Web;

    public static ReminderRow From(Row row) => JsonSerializer.Deserialize<ReminderRow>(row.Body.Span, Format)!;

    public static RowKey KeyOf(GrainId id, string name) => new(Table, id.ToString(), name);

    public RowWrite Write(RowKey key) => new(key, JsonSerializer.SerializeToUtf8Bytes(this, Format), StartAt);

    /// <summary>The first tick at or after <paramref name="from"/>; those before it were missed, and stay missed.</summary>
    public DateTimeOffset NextTick(DateTimeOffset from)
    {
        if (from <= StartAt)
        {
            return StartAt;
        }

        var periods = ((from - StartAt).Ticks + Period.Ticks - 1) / Period.Ticks;
        return StartAt + (periods * Period);
    }
}
