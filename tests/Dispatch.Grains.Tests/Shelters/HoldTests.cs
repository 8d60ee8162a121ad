using Dispatch.Domain.Shelters;
using Dispatch.Storage;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Shelters;

/// <summary>No bed is promised twice, whatever is lost, late or doubled.</summary>
public sealed class HoldTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Of_a_thousand_who_ask_at_once_for_the_last_bed_one_has_it(int? seed)
    {
        using var city = City.Start(new CityOptions { Seed = seed });
        var house = House.With(city, beds: 1);

        var results = city.Host(() => Task.WhenAll(Enumerable.Range(1, 1000).Select(no => house.Grain.Hold(house.Asks(no)))));

        Assert.Single(results, r => r.Refused is null);
        Assert.Equal(999, results.Count(r => r.Refused is BedRefusal.NoBed));
        Assert.Equal(new BoardLine(BedKind.Bed, 1, 0, 1, 0, 0, 0), house.Beds);
        city.CrashAndRestart();
        Assert.Equal(results.Single(r => r.Refused is null).Hold!.HoldId, Assert.Single(house.Board.Holds).HoldId);
    }

    [Fact]
    public void A_hold_repeated_a_thousand_times_is_one()
    {
        using var city = City.Start(new CityOptions { Seed = 1 });
        var house = House.With(city, beds: 5);

        var results = city.Host(() => Task.WhenAll(Enumerable.Range(1, 1000).Select(_ => house.Grain.Hold(house.Asks(1)))));

        Assert.All(results, r => Assert.Equal((null, results[0].Hold!.ExpiresAt, results[0].Version), (r.Refused, r.Hold!.ExpiresAt, r.Version)));
        Assert.Equal(1, house.Beds.Held);
    }

    [Fact]
    public void An_unanswered_hold_is_free_again_after_half_an_hour()
    {
        using var city = City.Start();
        var house = House.With(city, beds: 1);
        var asked = city.Now;
        house.Hold(1);

        city.Clock.AdvanceTo(asked + Holding.Lasts - TimeSpan.FromTicks(1));
        Assert.Equal(1, house.Beds.Held);
        var before = house.Board.Version;
        city.Clock.AdvanceTo(asked + Holding.Lasts);

        Assert.Equal((0, 1), (house.Beds.Held, house.Beds.Free));
        Assert.Equal(before + 1, house.Board.Version);
        Assert.Equal(GoneHow.Expired, Assert.Single(house.Board.Gone).Over);
    }

    /// <summary>The host died with its timer; nobody calls the house, and the reminder wakes it.</summary>
    [Fact]
    public void A_hold_runs_out_though_its_host_died_and_nobody_asks()
    {
        using var city = City.Start(new CityOptions { Sweep = false });
        var house = House.With(city, beds: 1);
        house.Hold(1);
        city.CrashAndRestart(TimeSpan.FromSeconds(5));

        city.Advance(TimeSpan.FromMinutes(32));

        Assert.Contains(house.History, line => line.Kind is BedEventKind.Expired);
    }

    [Fact]
    public void With_nothing_held_the_reminder_goes()
    {
        using var city = City.Start();
        var house = House.With(city, beds: 1);
        var idle = Reminders(city);
        house.Hold(1);
        Assert.Equal(idle + 1, Reminders(city));

        city.Advance(TimeSpan.FromMinutes(33));
        Assert.Equal(idle, Reminders(city));

        house.Hold(2);
        Assert.Equal(idle + 1, Reminders(city));
    }

    [Fact]
    public void A_hold_that_could_not_be_stored_was_not_promised()
    {
        using var city = City.Start();
        var house = House.With(city, beds: 1);
        city.Store.Fault = write => write.Id.Table == "grain-state" ? new StoreUnavailableException("full") : null;
        Assert.ThrowsAny<Exception>(() => house.Hold(1));
        city.Store.Fault = null;

        Assert.Null(house.Hold(2).Refused);
        Assert.Equal(BedRefusal.NoBed, house.Hold(1).Refused);
    }

    /// <summary>The write was durable and its answer was lost: the asker repeats.</summary>
    [Fact]
    public void A_hold_whose_answer_was_lost_is_the_same_hold_when_it_is_asked_for_again()
    {
        using var city = City.Start();
        var house = House.With(city, beds: 1);
        var asked = city.Now;
        city.Store.LostAnswer = write => write.Id.Table == "grain-state" ? new IOException("lost") : null;
        Assert.ThrowsAny<Exception>(() => house.Hold(1, asked));
        city.Store.LostAnswer = null;
        city.Advance(60);

        var again = house.Hold(1, asked);

        Assert.Null(again.Refused);
        Assert.Equal(asked + Holding.Lasts, again.Hold!.ExpiresAt);
        Assert.Equal(BedRefusal.NoBed, house.Hold(2).Refused);
    }

    /// <summary>An asker that gives up releases; what it sent before may come at any time, also on another host.</summary>
    [Fact]
    public void A_hold_that_comes_after_its_release_is_refused_also_after_a_crash()
    {
        using var city = City.Start();
        var house = House.With(city, beds: 1);
        var asked = city.Now;
        Assert.Null(house.Release(1, asked).Refused);
        city.CrashAndRestart();

        Assert.Equal(BedRefusal.HoldOver, house.Hold(1, asked).Refused);
        city.Advance(TimeSpan.FromDays(2));
        Assert.Null(house.Hold(2).Refused);
        Assert.Equal(BedRefusal.TooLate, house.Hold(1, asked).Refused);
    }

    [Fact]
    public void A_hold_for_another_house_or_for_none_is_not_taken()
    {
        using var city = City.Start();
        var house = House.With(city, beds: 1);

        Assert.Equal(BedRefusal.NotFound, city.Host(() => house.Grain.Hold(new HoldBeds("alert-1.1.house-2", city.Now, new Guests(1)))).Refused);
        Assert.Equal(BedRefusal.NotFound, city.Host(() => house.Grain.Release(new ReleaseBeds("what", city.Now))).Refused);
        Assert.Equal(BedRefusal.NotFound, new House(city, "nowhere").Hold(1).Refused);
        Assert.Null(city.Host(() => new House(city, "nowhere").Grain.Summary()));
    }

    [Fact]
    public void A_clock_set_back_keeps_no_bed_held()
    {
        using var city = City.Start();
        var house = House.With(city, beds: 1);
        house.Hold(1);
        city.Crash();

        using var later = City.Start(new CityOptions { Disk = city.Disk, Now = city.Now.AddHours(-3) });

        Assert.Equal(1, new House(later).Beds.Free);
        Assert.Null(new House(later).Hold(2).Refused);
    }

    private static int Reminders(City city) => city.Disk.Rows.Count(r => r.Id.Table.Contains("reminder", StringComparison.OrdinalIgnoreCase));
}
