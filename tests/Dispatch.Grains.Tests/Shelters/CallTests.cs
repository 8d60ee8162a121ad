using Dispatch.Grains.Rows;
using Dispatch.Grains.Shelters;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Shelters;

public sealed class CallTests
{
    /// <summary>Whoever tells the staff reads it from there, so it must come with the first line of the hold's history and only for a hold.</summary>
    [Fact]
    public void A_hold_leaves_a_call_to_the_staff_beside_its_history()
    {
        using var city = City.Start(new CityOptions());
        var house = House.With(city, 2);
        Assert.Null(house.Hold(1).Refused);
        city.Advance(TimeSpan.FromSeconds(2));
        house.Answer(1);
        city.Advance(TimeSpan.FromSeconds(2));
        var calls = city.Host(() => new LocalRows(city.Store).ListDue<HouseCall>(Tables.HouseCalls, city.Now, 10));
        Assert.Equal(("house-1", house.Id(1), 0), (Assert.Single(calls).Partition, calls[0].Key, calls[0].Value.Told.Length));
    }

    [Fact]
    public void Nobody_is_called_for_a_hold_that_was_given_back_at_once()
    {
        using var city = City.Start(new CityOptions());
        var house = House.With(city, 2);
        var asked = city.Now;
        house.Hold(1, asked);
        house.Release(1, asked);
        city.Advance(TimeSpan.FromSeconds(2));
        Assert.Contains(house.History, line => line.Kind is Domain.Shelters.BedEventKind.Withdrawn);
        Assert.Empty(city.Host(() => new LocalRows(city.Store).ListDue<HouseCall>(Tables.HouseCalls, city.Now, 10)));
    }
}
