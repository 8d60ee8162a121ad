using System.Text.Json;

namespace Dispatch.Moving;

/// <summary>When a reminder ticks, in the shape in which the local engine keeps it.</summary>
internal sealed record ReminderTimes(DateTimeOffset StartAt, TimeSpan Period)
{
    public static ReminderTimes Of(Entry entry) => JsonSerializer.Deserialize<ReminderTimes>(entry.Body.Span, JsonSerializerOptions.Web)!;

    public Entry ToEntry(string grain, string name) => new(Entry.Reminders, grain, name, StartAt.UtcTicks, JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web));
}

internal static class Portable
{
    /// <summary>
    /// As every store can keep it. Orleans' Azure table knows when a reminder starts to the millisecond, PostgreSQL its period; everything else is kept to the bit.
    /// </summary>
    public static Entry Of(Entry entry)
    {
        if (entry.Table != Entry.Reminders) return entry;
        var times = ReminderTimes.Of(entry);
        var start = times.StartAt.UtcTicks;
        return new ReminderTimes(
            new DateTimeOffset(start - (start % TimeSpan.TicksPerMillisecond), TimeSpan.Zero),
            TimeSpan.FromMilliseconds(Math.Floor(times.Period.TotalMilliseconds))).ToEntry(entry.Partition, entry.Key);
    }
}
