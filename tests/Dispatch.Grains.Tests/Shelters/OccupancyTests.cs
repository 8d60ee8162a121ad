using System.Collections.Immutable;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Rows;
using Dispatch.Grains.Shelters;
using Dispatch.Storage;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Shelters;

/// <summary>The history of a house's beds: hour by hour, bounded, and of nothing but numbers.</summary>
public sealed class OccupancyTests
{
    [Fact]
    public void Each_hour_keeps_how_the_beds_stood_after_its_last_change()
    {
        using var city = City.Start();
        var house = House.With(city, beds: 3);
        house.Hold(1);
        city.Advance(2);
        Assert.Equal((1, 0), Assert.Single(Kept(city)) is { Lines: [var first] } ? (first.Held, first.Booked) : default);
        house.Answer(1);
        city.Advance(2);
        Assert.Equal((0, 1), Assert.Single(Kept(city)) is { Lines: [var second] } ? (second.Held, second.Booked) : default);

        city.Advance(HouseOccupancy.Step);
        house.Arrive(1);
        city.Advance(2);
        Assert.Equal([1, 0], Kept(city).Select(o => o.Lines[0].Occupied));
        Assert.Equal("house-1", Assert.Single(city.Host(() => OccupancyRows.Houses(new LocalRows(city.Store), City.Area))));
    }

    [Fact]
    public void It_names_no_hold_no_party_and_nobody()
    {
        using var city = City.Start();
        var house = House.With(city, beds: 3);
        house.Hold(1);
        house.Answer(1);
        city.Advance(2);

        var row = Assert.Single(city.Host(() => new LocalRows(city.Store).List<object>(Tables.Occupancy, $"{City.Area}:house-1", null, 10)));
        Assert.DoesNotContain("alert-1", row.Value.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("staff", row.Value.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_write_is_made_up_for_and_says_what_is_true_then()
    {
        using var city = City.Start();
        var house = House.With(city, beds: 3);
        city.Store.Fault = write => write.Id.Table == "occupancy" ? new StoreUnavailableException("full") : null;
        house.Hold(1);
        city.Advance(5);
        Assert.Empty(Kept(city));

        city.Store.Fault = null;
        city.Advance(5);
        Assert.Equal(1, Assert.Single(Kept(city)).Lines[0].Held);
    }

    [Fact]
    public void Thirteen_weeks_are_kept()
    {
        using var city = City.Start();
        var house = House.With(city, beds: 3);
        var hour = HouseOccupancy.HourOf(city.Now);
        HouseOccupancy[] old = [.. new[] { 0, 1, 2 }.Select(before => new HouseOccupancy { Hour = hour - HouseOccupancy.KeptFor - (before * HouseOccupancy.Step), Lines = [house.Beds] })];
        city.Host(() => new LocalRows(city.Store).Write([.. old.Select(o => new RowChange(Tables.Occupancy, $"{City.Area}:house-1", o.Key, o))]));
        city.Advance(2);

        Assert.Equal([hour, hour - HouseOccupancy.KeptFor], Kept(city).Select(o => o.Hour));
    }

    [Fact]
    public void What_held_before_the_time_that_is_asked_for_is_read_with_it()
    {
        using var city = City.Start();
        var house = House.With(city, beds: 3);
        city.Advance(2);
        for (var beds = 4; beds < 7; beds++)
        {
            city.Advance(HouseOccupancy.Step);
            house.Count(beds);
            city.Advance(2);
        }

        var from = HouseOccupancy.HourOf(city.Now);
        var read = city.Host(() => OccupancyRows.Since(new LocalRows(city.Store), City.Area, "house-1", from, city.Now));
        Assert.Equal([6, 5], read.Select(o => o.Lines[0].Capacity));
    }

    private static ImmutableArray<HouseOccupancy> Kept(City city) =>
        city.Host(async () => (await new LocalRows(city.Store).All<HouseOccupancy>(Tables.Occupancy, $"{City.Area}:house-1")).ToImmutableArray());
}
