namespace Dispatch.Domain.Partners;

/// <summary>How much of an hour's quota is used. It decides what is marked and how often is answered, and never whether an alert is taken.</summary>
/// <param name="From">When this hour began; it begins with the first alert after the one before.</param>
public sealed record PartnerQuota(DateTimeOffset From, int Used)
{
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>How often a partner may ask how its alerts stand, in a minute.</summary>
    public const int LooksPerMinute = 600;
    public const int LooksPerMinuteOver = 60;

    /// <summary>What a partner is asked to leave between two looks at one alert.</summary>
    public static readonly TimeSpan LookAfter = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan LookAfterOver = TimeSpan.FromSeconds(30);

    public static PartnerQuota Count(PartnerQuota? quota, DateTimeOffset now) => Current(quota, now) is { } running ? running with { Used = running.Used + 1 } : new PartnerQuota(now, 1);

    public static bool Over(PartnerQuota? quota, int perHour, DateTimeOffset now) => Current(quota, now) is { } running && running.Used > perHour;

    /// <summary>A clock that was set back begins anew.</summary>
    private static PartnerQuota? Current(PartnerQuota? quota, DateTimeOffset now) => quota is not null && now >= quota.From && now - quota.From < Window ? quota : null;
}
