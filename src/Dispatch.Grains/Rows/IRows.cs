namespace Dispatch.Grains.Rows;

/// <summary>
/// Small records beside the grains: delivery facts, watch rows, claims, offers, history, audit. One JSON row each, with its own ETag.
/// A write is durable when its task completes.
/// </summary>
public interface IRows
{
    Task<StoredRow<T>?> Read<T>(string table, string partition, string key)
        where T : class;

    /// <summary>Rows of one partition in key order, after <paramref name="afterKey"/>.</summary>
    Task<IReadOnlyList<StoredRow<T>>> List<T>(string table, string partition, string? afterKey, int limit)
        where T : class;

    /// <summary>Rows of all partitions that are due by then, earliest first; pass the last row of a page to get the next one.</summary>
    Task<IReadOnlyList<StoredRow<T>>> ListDue<T>(string table, DateTimeOffset until, int limit, StoredRow<T>? after = null)
        where T : class;

    /// <summary>
    /// Writes all of them; true for each that was written, false where its ETag did not match. When it completes all are durable. After a failure SQLite and
    /// PostgreSQL hold all or none of them; a table service may hold those of the partitions that are named first and none of the rest, so whoever gives rows of
    /// several partitions orders them so that any leading part is true by itself and the same call again completes it.
    /// </summary>
    Task<IReadOnlyList<bool>> Write(IReadOnlyList<RowChange> changes);
}

public sealed record StoredRow<T>(string Partition, string Key, T Value, string ETag, DateTimeOffset? Due);

/// <param name="Value">Null deletes the row.</param>
/// <param name="IfMatch">Null: whatever is there. <see cref="MustNotExist"/>: only when there is none. Otherwise the ETag read before.</param>
public sealed record RowChange(string Table, string Partition, string Key, object? Value, DateTimeOffset? Due = null, string? IfMatch = null)
{
    public const string MustNotExist = "*none*";
}

public static class Tables
{
    public const string Watch = "watch";
    public const string Claims = "claims";
    public const string Deliveries = "deliveries";
    public const string History = "history";
    public const string Told = "told";
    public const string Duty = "duty";
    public const string Workload = "workload";
    /// <summary>What somebody did, for her own list.</summary>
    public const string OwnWork = "ownWork";
    /// <summary>What happened to the beds and the address of a house.</summary>
    public const string BedHistory = "bedHistory";

    /// <summary>How the beds of a house stood, hour by hour, by area and house.</summary>
    public const string Occupancy = "occupancy";

    /// <summary>Which houses have a history in an area.</summary>
    public const string OccupancyHouses = "occupancyHouses";

    /// <summary>Holds of which the staff of their house are to be told, while they wait for an answer.</summary>
    public const string HouseCalls = "houseCalls";

    /// <summary>Who was asked and showed no sign, by the area of the alert.</summary>
    public const string Unreached = "unreached";

    /// <summary>What rang and was written on a line, and when it was answered, for the line's figures.</summary>
    public const string LineFigures = "lineFigures";

    /// <summary>Numbers of which something is kept, by line, due when they are looked at to be forgotten.</summary>
    public const string Contacts = "contacts";

    /// <summary>Which contact the machine rings back by which call.</summary>
    public const string CallsBack = "callsBack";

    /// <summary>Alerts that came with a number in it, by contact, for a day.</summary>
    public const string NamedNumbers = "namedNumbers";

    /// <summary>Which number sent the code of an alert in a text, by that code, for a day.</summary>
    public const string CodedTexts = "codedTexts";

    /// <summary>Other programmes that may open alerts, by tenant.</summary>
    public const string Partners = "partners";

    /// <summary>What a partner raised, until it has been told how it ended; by partner.</summary>
    public const string PartnerAlerts = "partnerAlerts";

    /// <summary>How many calls for advice a line answered, by day and reason.</summary>
    public const string Advice = "advice";
    public const string Audit = "audit";
    public const string Tenant = "tenant";

    /// <summary>Whose number it is, by a keyed fingerprint of it.</summary>
    public const string Numbers = "numbers";

    /// <summary>What was sent by text, until its report has come or no longer will.</summary>
    public const string Texts = "texts";

    /// <summary>Which texts came in and were dealt with.</summary>
    public const string TextsSeen = "textsSeen";

    /// <summary>The keys of a menu so far, for as long as its session may go on.</summary>
    public const string Menus = "menus";

    /// <summary>Who was called about what, and what became of it, until no gateway asks about it any more.</summary>
    public const string Calls = "calls";

    /// <summary>Which call has whose line, or is known to a gateway under its own id.</summary>
    public const string CallPointers = "callPointers";
}
