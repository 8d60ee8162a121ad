using System.Globalization;
using Dispatch.TableStorage;

namespace Dispatch.Moving.AzureTables;

/// <summary>A reminder as Orleans' table of reminders keeps it: found by the service and the grain's place on the ring, then by the grain and the reminder's name.</summary>
internal static class ReminderLayout
{
    private const string Grain = "GrainReference";
    private const string Name = "ReminderName";
    private const string Service = "ServiceId";
    private const string Cluster = "DeploymentId";
    private const string StartAt = "StartAt";
    private const string Period = "Period";
    private const string Hash = "GrainRefConsistentHash";

    public static Placed Write(Entry reminder)
    {
        var grain = GrainName.Of(reminder);
        var (times, hash) = (ReminderTimes.Of(reminder), unchecked((uint)RingHash.Of(grain.Type, grain.Key)).ToString("X8", CultureInfo.InvariantCulture));
        var entry = new TableEntry(OrleansKey.Of(reminder, $"{reminder.Partition}-{reminder.Key}"), "", new Dictionary<string, object>
        {
            [Grain] = reminder.Partition,
            [Name] = reminder.Key,
            [Service] = GrainName.Service,
            // Which cluster wrote it; no host goes by it.
            [Cluster] = GrainName.Service,
            [StartAt] = OrleansTime.Write(times.StartAt),
            [Period] = times.Period.ToString("c", CultureInfo.InvariantCulture),
            [Hash] = hash,
        });
        return new(OrleansTables.Reminders, OrleansKey.Of(reminder, $"{GrainName.Service}_{hash}"), entry, TableBody.OnTheWire(null));
    }

    /// <summary>Null for what is another service's.</summary>
    public static Entry? Read(TablePlace place)
    {
        string Text(string name) => (string)place.Entry.Properties[name];
        return Text(Service) != GrainName.Service
            ? null
            : new ReminderTimes(OrleansTime.Read(Text(StartAt)), TimeSpan.Parse(Text(Period), CultureInfo.InvariantCulture)).ToEntry(Text(Grain), Text(Name));
    }
}

/// <summary>A time as Orleans' Azure providers write it.</summary>
internal static class OrleansTime
{
    private const string Format = "yyyy-MM-dd HH:mm:ss.fff 'GMT'";

    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static DateTimeOffset Read(string text) => DateTimeOffset.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static bool TryRead(string text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
}
