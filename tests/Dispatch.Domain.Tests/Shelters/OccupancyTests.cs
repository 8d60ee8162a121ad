using System.Collections.Immutable;
using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Given;
using static Dispatch.Domain.Tests.Shelters.GivenHouse;

namespace Dispatch.Domain.Tests.Shelters;

/// <summary>How full an area was, without a person and without a house in it.</summary>
public sealed class OccupancyTests
{
    private const double Hour = 3600;

    [Fact]
    public void A_change_is_kept_with_the_hour_in_which_it_was_decided()
    {
        var ledger = House(beds: 3).Hold(1, at: 10, asked: 10).Now();

        Assert.Equal(HouseOccupancy.HourOf(At(0)), HouseOccupancy.Of(ledger, At(Hour - 1)).Hour);
        Assert.Equal(HouseOccupancy.HourOf(At(0)).AddHours(1), HouseOccupancy.Of(ledger, At(Hour)).Hour);
        Assert.Contains(new BoardLine(BedKind.Bed, 3, 2, 1, 0, 0, 0), HouseOccupancy.Of(ledger, At(10)).Lines);
    }

    [Fact]
    public void Newer_hours_come_first() => Assert.True(string.CompareOrdinal(Stood(1, 0).Key, Stood(0, 0).Key) < 0);

    [Fact]
    public void What_stood_goes_on_until_it_changes()
    {
        OccupancyOfHouse[] houses = [Serving(Stood(0, occupied: 1), Stood(3, occupied: 2)), Serving(Stood(0, occupied: 1)), Serving(Stood(1, occupied: 4))];

        Assert.Equal([null, 6, 6, 7], Occupied(houses, 1, 2, 3, 4));
    }

    [Fact]
    public void Over_fewer_than_three_houses_nothing_is_said()
    {
        OccupancyOfHouse[] houses = [Serving(Stood(0, occupied: 1)), Serving(Stood(0, occupied: 1)), Serving(Stood(0, occupied: 0))];

        Assert.Equal([2], Occupied(houses, 1));
        Assert.Equal([null], Occupied(houses[..2], 1));
    }

    [Fact]
    public void A_kind_that_fewer_than_three_houses_have_is_not_said()
    {
        var rooms = new HouseOccupancy { Hour = HouseOccupancy.HourOf(At(0)), Lines = [Stood(0, occupied: 1).Lines[0], new BoardLine(BedKind.FamilyRoom, 4, 1, 0, 0, 3, 0)] };
        var none = rooms with { Lines = [rooms.Lines[0], new BoardLine(BedKind.FamilyRoom, 0, 0, 0, 0, 0, 0)] };

        var point = Assert.Single(OccupancyHistory.At([Serving(rooms), Serving(none), Serving(rooms)], [HouseOccupancy.HourOf(At(0)).AddHours(1)]));
        Assert.Equal(BedKind.Bed, Assert.Single(point.Lines).Kind);
    }

    [Fact]
    public void Of_a_house_that_left_nothing_is_said_after_its_last_change()
    {
        var left = Serving(Stood(0, occupied: 5), Stood(2, occupied: 6)) with { Serves = false };
        OccupancyOfHouse[] houses = [left, .. Enumerable.Range(0, 3).Select(_ => Serving(Stood(0, occupied: 1)))];

        Assert.Equal([8, 8, 9, 3], Occupied(houses, 1, 2, 3, 4));
    }

    [Fact]
    public void The_parts_add_up_to_what_there_is()
    {
        var line = Assert.Single(OccupancyHistory.At([Serving(Stood(0, 1)), Serving(Stood(0, 2)), Serving(Stood(0, 3))], [HouseOccupancy.HourOf(At(0)).AddHours(1)])[0].Lines);

        Assert.Equal(new BoardLine(BedKind.Bed, 30, 18, 3, 0, 6, 3), line);
        Assert.Equal(line.Capacity, line.Free + line.Held + line.Booked + line.Occupied + line.OutOfService);
    }

    private static int?[] Occupied(OccupancyOfHouse[] houses, params int[] hours) =>
        [.. OccupancyHistory.At(houses, hours.Select(h => HouseOccupancy.HourOf(At(0)).AddHours(h))).Select(p => p.Lines is [var line] ? line.Occupied : (int?)null)];

    private static OccupancyOfHouse Serving(params HouseOccupancy[] hours) => new(Serves: true, [.. hours.Reverse()]);

    private static HouseOccupancy Stood(int hour, int occupied) =>
        new() { Hour = HouseOccupancy.HourOf(At(0)).AddHours(hour), Lines = [new BoardLine(BedKind.Bed, 10, 8 - occupied, 1, 0, occupied, 1)] };
}
