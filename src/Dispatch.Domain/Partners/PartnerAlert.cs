using System.Text.Json.Serialization;

namespace Dispatch.Domain.Partners;

/// <summary>
/// That a partner raised this alert, and what it has been told of it. Written before the alert is raised: from it alone the partner is told again after a crash. It
/// holds no news, only which news was taken; what is sent is how the alert stands then.
/// </summary>
public sealed record PartnerAlert
{
    public const int CurrentSchema = 1;

    public int SchemaVersion { get; init; } = CurrentSchema;
    public required DateTimeOffset RaisedAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Sandbox { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OverQuota { get; init; }

    /// <summary>Which webhook everything below speaks of, by its serial; a later one was told nothing of it yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Serial { get; init; }

    /// <summary>The news that the partner's webhook took last (see <see cref="PartnerNews.Says"/>).</summary>
    public string? Told { get; init; }

    /// <summary>The webhook took the last news there will be. What is over and told as such is told to no later webhook.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ToldLast { get; init; }

    /// <summary>In a row, since the webhook took something.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Failures { get; init; }
    public DateTimeOffset? FailsSince { get; init; }
    public DateTimeOffset? GaveUpAt { get; init; }
}

/// <summary>When a partner is told, and how often it is tried.</summary>
public static class Following
{
    /// <summary>Afterwards nothing connects the partner with the alert.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    /// <summary>A row without an alert: the host died before it raised, and nobody tried again.</summary>
    public static readonly TimeSpan OrphanAfter = TimeSpan.FromHours(13);

    public static readonly TimeSpan GivesUpAfter = TimeSpan.FromHours(24);

    /// <summary>How soon something new is seen: at first, while she waits for somebody, and later.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan LookLaterEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AtFirst = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan[] Waits =
        [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1)];

    /// <summary>What was put away does not come at once where it is much: what is a day old after two and a half minutes.</summary>
    private const int AgainInParts = 600;
    private static readonly TimeSpan AgainEach = TimeSpan.FromMilliseconds(100);

    /// <summary>The alert as this webhook knows it: what an earlier one took or refused says nothing of it.</summary>
    public static PartnerAlert For(PartnerAlert row, int serial)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Serial == serial ? row : Again(row) with { Serial = serial, Told = null };
    }

    /// <summary>Tried anew, as if it had never failed.</summary>
    public static PartnerAlert Again(PartnerAlert row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row with { Failures = 0, FailsSince = null, GaveUpAt = null };
    }

    /// <summary>Whether it was put away and belongs before this webhook after all.</summary>
    public static bool IsPutAway(PartnerAlert row, int serial)
    {
        ArgumentNullException.ThrowIfNull(row);
        return !row.ToldLast && (row.Serial != serial || row.GaveUpAt is not null);
    }

    /// <summary>When it is told of what was put away: at once, and of much of it the newest first.</summary>
    /// <param name="nth">How many come before it, in whatever order.</param>
    public static DateTimeOffset AgainAt(PartnerAlert row, int nth, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(row);
        var (byAge, byNumber) = ((now - row.RaisedAt) / AgainInParts, nth * AgainEach);
        return now <= row.RaisedAt ? now : now + (byAge < byNumber ? byAge : byNumber);
    }

    /// <summary>Whether these news are to be sent now.</summary>
    public static bool Owes(PartnerAlert row, PartnerNews news)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(news);
        return row.GaveUpAt is null && !row.ToldLast && row.Told != news.Says;
    }

    public static PartnerAlert Took(PartnerAlert row, PartnerNews news)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(news);
        return Again(row) with { Told = news.Says, ToldLast = news.Last };
    }

    public static PartnerAlert Failed(PartnerAlert row, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(row);
        var since = row.FailsSince ?? now;
        return row with { Failures = row.Failures + 1, FailsSince = since, GaveUpAt = now - since >= GivesUpAfter ? now : null };
    }

    /// <summary>When it is looked at next; null: it has been kept for long enough.</summary>
    /// <param name="follows">The partner has a webhook.</param>
    public static DateTimeOffset? NextAt(PartnerAlert row, bool follows, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(row);
        var end = row.RaisedAt + KeptFor;
        if (now >= end) return null;
        if (!follows || row.ToldLast || row.GaveUpAt is not null) return end;
        var wait = row.Failures > 0 ? Waits[Math.Min(row.Failures, Waits.Length) - 1] : now - row.RaisedAt < AtFirst ? LookEvery : LookLaterEvery;
        return now + wait < end ? now + wait : end;
    }

    public static bool IsOrphan(PartnerAlert row, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(row);
        return now - row.RaisedAt >= OrphanAfter;
    }
}
