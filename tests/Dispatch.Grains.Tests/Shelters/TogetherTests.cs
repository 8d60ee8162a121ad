using Dispatch.Domain.Shelters;
using Dispatch.Grains.Shelters;
using Dispatch.Storage;
using Dispatch.TestCity;
using Orleans.Runtime;

namespace Dispatch.Grains.Tests.Shelters;

/// <summary>Many who ask one house in the same moment share a write, and nobody is answered before it is done.</summary>
public sealed class TogetherTests
{
    [Fact]
    public void Who_asks_while_one_is_written_is_decided_in_the_next_write()
    {
        using var city = City.Start();
        var house = House.With(city, beds: 8);
        house.Hold(100);
        var writes = 0;
        city.Store.LostAnswer = write =>
        {
            if (IsBeds(write)) writes++;
            return null;
        };

        var results = city.Host(() => Task.WhenAll(Enumerable.Range(1, 17).Select(no => house.Grain.Hold(house.Asks(no)))));

        // The first alone, then all others.
        Assert.Equal(2, writes);
        Assert.Equal((7, 10), (results.Count(r => r.Refused is null), results.Count(r => r.Refused is BedRefusal.NoBed)));
        Assert.Equal(8, house.Beds.Held);
        Assert.Equal(results.Where(r => r.Refused is null).Select(r => r.Hold!.HoldId).Append(house.Id(100)).Order(), house.Board.Holds.Select(h => h.HoldId).Order());
        Assert.Equal(Enumerable.Range(0, 7).Select(n => results[0].Version + n), results.Where(r => r.Refused is null).Select(r => r.Version));
    }

    /// <summary>What one gives back in that write another has from it.</summary>
    [Fact]
    public void A_bed_given_back_is_had_by_the_next_in_the_same_write()
    {
        using var city = City.Start();
        var house = House.With(city, beds: 1);
        var asked = city.Now;
        house.Hold(1, asked);

        var (late, next, last) = (house.Asks(1, asked), house.Asks(2), house.Asks(3));
        var results = city.Host(() => Task.WhenAll(house.Grain.Renew(house.Id(1)), house.Grain.Release(new ReleaseBeds(house.Id(1), asked)), house.Grain.Hold(late), house.Grain.Hold(next), house.Grain.Hold(last)));

        Assert.Equal([null, null, BedRefusal.HoldOver, null, BedRefusal.NoBed], results.Select(r => r.Refused));
        Assert.Equal(house.Id(2), Assert.Single(house.Board.Holds).HoldId);
    }

    /// <summary>The write failed, or its answer was lost: each of them hears that, and what each asks again is answered as if nothing had happened.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void When_their_write_fails_nobody_is_told_that_she_has_a_bed(bool stored)
    {
        using var city = City.Start();
        var house = House.With(city, beds: 3);
        var asked = city.Now;
        var once = 1;
        Exception? Fail(RowWrite write) => IsBeds(write) && --once == 0 ? new StoreUnavailableException("full") : null;
        if (stored) city.Store.LostAnswer = Fail;
        else city.Store.Fault = Fail;

        var failed = city.Host(() => Task.WhenAll(Enumerable.Range(1, 5).Select(no => Fails(house.Grain.Hold(house.Asks(no, asked))))));
        var again = city.Host(() => Task.WhenAll(Enumerable.Range(1, 5).Select(no => house.Grain.Hold(house.Asks(no, asked)))));

        Assert.All(failed, Assert.True);
        Assert.Equal((3, 2), (again.Count(r => r.Refused is null), again.Count(r => r.Refused is BedRefusal.NoBed)));
        Assert.Equal(3, house.Beds.Held);
    }

    private static async Task<bool> Fails(Task<HoldResult> call)
    {
        try
        {
            await call;
            return false;
        }
        catch (OrleansException)
        {
            return true;
        }
    }

    private static bool IsBeds(RowWrite write) => write.Id is { Table: "grain-state", Key: "beds" };
}
