using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Shelters.GivenHouse;

namespace Dispatch.Domain.Tests.Shelters;

public sealed class TravelHoursTests
{
    /// <summary>Curfew from 22:00 to 05:00, the road closed from 18:00 to 06:00.</summary>
    private static readonly TravelHours Both = NightCurfew with { Closed = [.. NightCurfew.Closed, new ClosedHours(new TimeOnly(18, 0), new TimeOnly(6, 0), ClosedFor.Road)] };

    [Theory]
    [InlineData("12:00", 0, "12:00", null)]
    [InlineData("21:00", 60, "21:00", null)]
    [InlineData("21:01", 60, "05:00", ClosedFor.Curfew)]
    [InlineData("22:00", 0, "05:00", ClosedFor.Curfew)]
    [InlineData("04:59", 0, "05:00", ClosedFor.Curfew)]
    [InlineData("05:00", 60, "05:00", null)]
    public void Nobody_sets_out_who_would_be_on_the_road_in_the_curfew(string now, int minutes, string departs, ClosedFor? waits) => AssertDeparts(NightCurfew, now, minutes, departs, waits);

    [Theory]
    [InlineData("19:00", 30, "06:00", ClosedFor.Road)]
    [InlineData("17:00", 60, "17:00", null)]
    [InlineData("17:00", 61, "06:00", ClosedFor.Road)]
    public void The_rules_of_the_road_hold_beside_the_curfew(string now, int minutes, string departs, ClosedFor? waits) => AssertDeparts(Both, now, minutes, departs, waits);

    [Fact]
    public void A_way_longer_than_the_open_hours_has_no_departure() => Assert.Null(Both.Depart(At("08:00"), TimeSpan.FromHours(12.5)));

    [Fact]
    public void The_hours_are_local() => AssertDeparts(NightCurfew with { UtcOffsetMinutes = 60 }, "20:30", 60, "04:00", ClosedFor.Curfew);

    [Fact]
    public void Only_a_curfew_is_waited_out_where_she_is_expected()
    {
        Assert.Equal(At("05:00"), Both.AfterCurfew(At("03:00")));
        Assert.Equal(At("05:30"), Both.AfterCurfew(At("05:30")));
        Assert.Equal(At("19:00"), Both.AfterCurfew(At("19:00")));
        Assert.Equal(At("05:00").AddDays(1), Both.AfterCurfew(At("22:00")));
    }

    private static void AssertDeparts(TravelHours travel, string now, int minutes, string departs, ClosedFor? waits)
    {
        var departure = travel.Depart(At(now), TimeSpan.FromMinutes(minutes));
        Assert.Equal((departs, waits), (departure!.At.ToString("HH:mm", null), departure.Waits));
        Assert.InRange(departure.At, At(now), At(now).AddDays(1));
    }

    private static DateTimeOffset At(string time) => new(new DateOnly(2026, 11, 20), TimeOnly.Parse(time, null), TimeSpan.Zero);
}
