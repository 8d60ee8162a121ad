using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Given;
using static Dispatch.Domain.Tests.Shelters.GivenHouse;

namespace Dispatch.Domain.Tests.Shelters;

/// <summary>Staff's own count never touches a hold.</summary>
public sealed class CountingTests
{
    [Fact]
    public void What_staff_count_is_what_is_there()
    {
        var counted = House(beds: 2).Hold(1).Now().Count(60, new BedFigures(BedKind.Bed, 10, 3, 2)).Now();

        Assert.Equal((10, 4, 3), (counted.Of(BedKind.Bed).Capacity, counted.Free(BedKind.Bed), counted.Occupied(BedKind.Bed)));
        Assert.Equal((At(60), "staff"), (counted.ConfirmedAt, counted.ConfirmedBy));
        Assert.Equal(At(1800), Assert.Single(counted.Holds).ExpiresAt);
    }

    [Fact]
    public void Figures_below_what_is_held_and_booked_are_refused()
    {
        var promised = House(beds: 5).Hold(1).Now().Hold(2).Now().Answer(2, true, 10).Now();

        Assert.Equal(BedRefusal.BelowPromised, promised.Count(60, new BedFigures(BedKind.Bed, 1, 0, 0)).Refused);
        Assert.Equal(BedRefusal.BelowPromised, promised.Count(60, new BedFigures(BedKind.Bed, 5, 4, 0)).Refused);
        Assert.Equal(BedRefusal.BelowPromised, promised.Count(60, new BedFigures(BedKind.Bed, 5, 0, 4)).Refused);
        Assert.Equal(BedRefusal.BelowPromised, promised.Count(60, new BedFigures(BedKind.Cot, 5, 0, 0)).Refused);
        Assert.Null(promised.Count(60, new BedFigures(BedKind.Bed, 2, 0, 0)).Refused);
        // The hold has run out, the booking has not.
        Assert.Null(promised.Count(1800, new BedFigures(BedKind.Bed, 1, 0, 0)).Refused);
    }

    [Fact]
    public void Figures_below_the_listed_stays_are_refused()
    {
        var stays = House(beds: 5).Hold(1).Now().Arrive(1, 10).Now();

        Assert.Equal(BedRefusal.BelowStays, stays.Count(60, new BedFigures(BedKind.Bed, 5, 0, 0)).Refused);
        Assert.Equal(BedRefusal.BelowStays, stays.Count(60, new BedFigures(BedKind.Cot, 5, 0, 0)).Refused);
        Assert.Equal(1, stays.Count(60, new BedFigures(BedKind.Bed, 5, 2, 0)).Now().Of(BedKind.Bed).Others);
    }

    [Fact]
    public void A_count_from_an_older_board_is_refused_and_holds_make_none_old()
    {
        var house = House(beds: 5);
        var seen = house.Version;
        var figures = new[] { new BedFigures(BedKind.Bed, 6, 0, 0) };

        Assert.Null(Counting.Confirm(house.Hold(1).Now(), new ConfirmCounts(seen, [.. figures], "staff"), At(60)).Refused);
        Assert.Equal(BedRefusal.Stale, Counting.Confirm(house.Hold(1).Now().Arrive(1, 30).Now(), new ConfirmCounts(seen, [.. figures], "staff"), At(60)).Refused);
        Assert.Equal(BedRefusal.Stale, Counting.Confirm(house, new ConfirmCounts(seen + 1, [.. figures], "staff"), At(60)).Refused);
    }

    [Fact]
    public void The_same_count_again_is_the_same_and_makes_the_figure_no_younger()
    {
        var house = House(beds: 5);
        var command = new ConfirmCounts(house.Version, [new(BedKind.Bed, 6, 1, 0)], "staff");
        var counted = Counting.Confirm(house, command, At(60)).Now();

        Assert.Same(counted, Counting.Confirm(counted, command, At(9999)).Now());
        Assert.Equal(At(9999), Counting.Confirm(counted, command with { Version = counted.Version }, At(9999)).Now().ConfirmedAt);
    }

    [Theory]
    [InlineData(-1, 0, 0)]
    [InlineData(5, -1, 0)]
    [InlineData(5, 0, -1)]
    [InlineData(5, 6, 0)]
    [InlineData(5, 0, 6)]
    [InlineData(501, 0, 0)]
    public void Figures_that_cannot_be_are_refused(int capacity, int occupied, int outOfService) =>
        Assert.Equal(BedRefusal.Invalid, House(beds: 5).Count(60, new BedFigures(BedKind.Bed, capacity, occupied, outOfService)).Refused);

    [Fact]
    public void Figures_name_each_kind_once_and_somebody_answers_for_them()
    {
        Assert.Equal(BedRefusal.Invalid, House(beds: 5).Count(60, new BedFigures(BedKind.Bed, 5, 0, 0), new BedFigures(BedKind.Bed, 6, 0, 0)).Refused);
        Assert.Equal(BedRefusal.Invalid, House(beds: 5).Count(60).Refused);
        Assert.Equal(BedRefusal.Invalid, House(beds: 5).Count(60, new BedFigures(0, 6, 0, 0)).Refused);
        Assert.Equal(BedRefusal.PersonRequired, Counting.Confirm(House(), new ConfirmCounts(1, [new(BedKind.Bed, 5, 0, 0)], ""), At(60)).Refused);
    }

    [Theory]
    [InlineData(0, Freshness.Fresh)]
    [InlineData(4, Freshness.Fresh)]
    [InlineData(4.0001, Freshness.ToConfirm)]
    [InlineData(12, Freshness.ToConfirm)]
    [InlineData(12.0001, Freshness.RingFirst)]
    public void A_figure_ages(double hours, Freshness expected)
    {
        Assert.Equal(expected, BedBoard.Of(House(beds: 1), null, Night.AddHours(hours)).Freshness);
        Assert.Equal(Freshness.RingFirst, Figures.At(null, Night));
    }
}
