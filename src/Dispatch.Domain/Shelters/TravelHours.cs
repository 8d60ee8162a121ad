using System.Collections.Immutable;

namespace Dispatch.Domain.Shelters;

public enum ClosedFor { Curfew = 1, Road = 2 }

/// <summary>Hours of every day, local time, in which nobody may be on the way there.</summary>
/// <param name="Until">At or before <paramref name="From"/> it is a time of the next day.</param>
public sealed record ClosedHours(TimeOnly From, TimeOnly Until, ClosedFor Why);

/// <param name="At">The first moment from which the whole way is lawful.</param>
/// <param name="Waits">What she waits for; null when she may leave now.</param>
public sealed record Departure(DateTimeOffset At, ClosedFor? Waits);

/// <summary>When the way to a house is lawful: the curfew where it is, and the rules of the road that leads there.</summary>
public sealed record TravelHours
{
    private static readonly TimeSpan LooksAhead = TimeSpan.FromDays(2);

    /// <summary>A fixed offset: none of the countries changes its clocks in summer.</summary>
    public int UtcOffsetMinutes { get; init; }
    public ImmutableArray<ClosedHours> Closed { get; init; } = [];

    public static TravelHours Always { get; } = new();

    /// <summary>This moment, or the end of the curfew that it lies in.</summary>
    public DateTimeOffset AfterCurfew(DateTimeOffset at) => Around(at, at).Where(c => c.Why is ClosedFor.Curfew && c.From <= at && at < c.Until).Select(c => c.Until).Append(at).Max();

    /// <summary>When a journey of this length may begin. Null when there is no such moment within two days.</summary>
    public Departure? Depart(DateTimeOffset now, TimeSpan journey)
    {
        var last = now + LooksAhead;
        var closed = Around(now, last + journey).ToArray();
        foreach (var at in closed.Select(c => c.Until).Where(end => end > now && end <= last).Prepend(now).Order())
        {
            if (!closed.Any(c => Touches(c, at, journey))) return new Departure(at, at == now ? null : closed.First(c => Touches(c, now, journey)).Why);
        }

        return null;
    }

    private static bool Touches((DateTimeOffset From, DateTimeOffset Until, ClosedFor Why) closed, DateTimeOffset at, TimeSpan journey) =>
        closed.From < at + (journey > TimeSpan.Zero ? journey : TimeSpan.FromTicks(1)) && at < closed.Until;

    private IEnumerable<(DateTimeOffset From, DateTimeOffset Until, ClosedFor Why)> Around(DateTimeOffset from, DateTimeOffset until)
    {
        var offset = TimeSpan.FromMinutes(UtcOffsetMinutes);
        var last = DateOnly.FromDateTime(until.ToOffset(offset).DateTime);
        for (var date = DateOnly.FromDateTime(from.ToOffset(offset).DateTime).AddDays(-1); date <= last; date = date.AddDays(1))
        {
            foreach (var hours in Closed)
            {
                var begins = new DateTimeOffset(date.ToDateTime(hours.From), offset).ToUniversalTime();
                yield return (begins, new DateTimeOffset((hours.Until > hours.From ? date : date.AddDays(1)).ToDateTime(hours.Until), offset).ToUniversalTime(), hours.Why);
            }
        }
    }
}
