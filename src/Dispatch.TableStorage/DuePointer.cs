using System.Globalization;

namespace Dispatch.TableStorage;

/// <summary>
/// Where a row is found by the time when it is due: the service orders by keys alone. The row names the one pointer that counts by <see cref="Id"/>, which no
/// other write ever takes, so that a pointer that was left behind misleads nobody and taking one away never takes another's.
/// </summary>
internal sealed record DuePointer(long Ticks, string Partition, string Key, string Id)
{
    /// <summary>In an entry of rows: the pointer that counts, and when the row is due.</summary>
    public const string IdProperty = "Pointer";
    public const string DueProperty = "Due";

    /// <summary>In a pointer: when it was made, by the clock of the host that made it.</summary>
    private const string MadeProperty = "Made";

    public string EntryKey => $"{Digits(Ticks)}{TableKey.Of(Partition, Key, Id)}";

    public static string PartitionOf(string table) => TableKey.Of(table);

    public TableEntry Entry(DateTimeOffset now) => new(EntryKey, "", new Dictionary<string, object> { [MadeProperty] = now.UtcTicks });

    /// <summary>Sorts after every pointer of that row at that time, and before every other one's.</summary>
    public static string After(long ticks, string partition, string key) => $"{Digits(ticks)}{TableKey.Of(partition, key)}{TableKey.AfterParts}";

    /// <summary>Sorts after everything due until then.</summary>
    public static string Until(DateTimeOffset until) => Digits(until.UtcTicks + 1);

    public static (DuePointer Pointer, DateTimeOffset Made) Read(TableEntry entry)
    {
        var parts = TableKey.Parts(entry.Key);
        var ticks = long.Parse(entry.Key.AsSpan(0, entry.Key.IndexOf(TableKey.Part, StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture);
        return (new(ticks, parts[0], parts[1], parts[2]), new((long)entry.Properties[MadeProperty], TimeSpan.Zero));
    }

    /// <summary>Whether the row names this pointer and no other.</summary>
    public bool IsOf(TableEntry row) => row.Properties.TryGetValue(IdProperty, out var id) && (string)id == Id && (long)row.Properties[DueProperty] == Ticks;

    private static string Digits(long ticks) => ticks.ToString("D19", CultureInfo.InvariantCulture);
}
