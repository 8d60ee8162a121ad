namespace Dispatch.Domain.Contacts;

/// <summary>
/// A quarter of a line's day, for which its figures are said. No two parts share an hour, and each is said only once nobody can be answered in time any more: figures of hours that overlap, or of one
/// part at two moments, could be subtracted until one woman is left.
/// </summary>
public sealed record DayPart(DateTimeOffset Since, DateTimeOffset Until)
{
    private static readonly TimeSpan Length = TimeSpan.FromHours(6);

    /// <summary>The longest target that a line may have: until then a call of the last minute may still be answered in time.</summary>
    private static readonly TimeSpan SettledAfter = TimeSpan.FromHours(1);

    /// <summary>The one in which that moment lies.</summary>
    public static DayPart Of(DateTimeOffset at, TimeSpan localOffset)
    {
        var local = at.ToOffset(localOffset);
        var since = local.AddTicks(-(local.TimeOfDay.Ticks % Length.Ticks)).ToUniversalTime();
        return new DayPart(since, since + Length);
    }

    /// <summary>The newest that may be said.</summary>
    public static DayPart Last(DateTimeOffset now, TimeSpan localOffset) => Of(Of(now - SettledAfter, localOffset).Since - TimeSpan.FromTicks(1), localOffset);

    /// <summary>Over, and none of it forgotten yet.</summary>
    public bool MayBeSaid(DateTimeOffset now) => Until + SettledAfter <= now && Since > now - ContactFigure.KeptFor;
}
