using Dispatch.Domain.Shelters;
using Dispatch.Storage;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Shelters;

public sealed class StayTests
{
    [Fact]
    public void From_the_hold_to_the_day_she_leaves()
    {
        using var city = City.Start();
        var house = House.With(city, beds: 2);

        var held = house.Hold(1);
        Assert.Equal((HoldStage.Held, null), (held.Hold!.Stage!.Value, held.Hold.MeetAt));
        var booked = house.Answer(1);
        Assert.Equal((HoldStage.Booked, House.Setup.MeetingPoint), (booked.Hold!.Stage!.Value, booked.Hold.MeetAt));
        var expected = city.Host(() => house.Grain.Book(new ExpectArrival(house.Id(1), city.Now.AddHours(1), "staff")));
        Assert.Equal(city.Now.AddHours(4), expected.Hold!.Until);
        Assert.Equal(BedRefusal.PersonRequired, house.Release(1, held.Hold.AskedAt).Refused);
        city.Advance(TimeSpan.FromHours(5));
        Assert.True(Assert.Single(house.Board.Holds).Overdue);
        Assert.Equal(new BoardLine(BedKind.Bed, 2, 1, 0, 1, 0, 0), house.Beds);

        Assert.Equal(HoldStage.Occupied, house.Arrive(1).Hold!.Stage);
        Assert.Equal(BedRefusal.BelowStays, house.Count(2).Refused);
        Assert.Equal(GoneHow.Left, house.Leave(1).Hold!.Over);
        var corrected = city.Host(() => house.Grain.Correct(new CorrectHold(house.Id(1), HoldStage.Occupied, null, CorrectionReason.WrongHold, "staff")));
        Assert.Equal(HoldStage.Occupied, corrected.Hold!.Stage);
        house.Leave(1);

        Assert.Equal(new BoardLine(BedKind.Bed, 2, 2, 0, 0, 0, 0), house.Beds);
        city.Advance(2);
        Assert.Equal(
            [BedEventKind.Counted, BedEventKind.Held, BedEventKind.Confirmed, BedEventKind.Expected, BedEventKind.Arrived, BedEventKind.Left, BedEventKind.Corrected, BedEventKind.Left],
            house.History.Select(line => line.Kind));
    }

    [Fact]
    public void An_alert_pulls_what_became_of_its_holds()
    {
        using var city = City.Start();
        var house = House.With(city, beds: 3);
        house.Hold(1);
        house.Hold(2);
        house.Answer(2, yes: false);

        var holds = city.Host(() => house.Grain.Holds([house.Id(1), house.Id(2), house.Id(3)]));
        Assert.Equal([(HoldStage.Held, null), (null, GoneHow.Declined)], holds.Select(h => (h.Stage, h.Over)));

        city.Advance(Holding.Lasts);
        Assert.Equal([GoneHow.Expired, GoneHow.Declined], city.Host(() => house.Grain.Holds([house.Id(1), house.Id(2)])).Select(h => h.Over));
    }

    [Fact]
    public void A_renewed_hold_lasts_an_hour()
    {
        using var city = City.Start();
        var house = House.With(city, beds: 1);
        house.Hold(1);

        city.Host(() => house.Grain.Renew(house.Id(1)));
        city.Host(() => house.Grain.Renew(house.Id(1)));
        city.Advance((2 * Holding.Lasts) - TimeSpan.FromTicks(1));
        Assert.Equal(1, house.Beds.Held);
        city.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(0, house.Beds.Held);
    }

    [Fact]
    public void The_figure_ages_until_staff_count_again()
    {
        using var city = City.Start();
        var house = House.With(city, beds: 2);
        Assert.Equal(Freshness.Fresh, city.Host(() => house.Grain.Summary())!.Freshness);

        city.Advance(TimeSpan.FromHours(12.1));
        Assert.Equal(Freshness.RingFirst, city.Host(() => house.Grain.Summary())!.Freshness);
        house.Count(3);

        var summary = city.Host(() => house.Grain.Summary())!;
        Assert.Equal((Freshness.Fresh, 3, "house-1"), (summary.Freshness, summary.Free.Of(BedKind.Bed), summary.Shelter));
    }

    [Fact]
    public void A_new_set_up_touches_no_bed()
    {
        using var city = City.Start();
        var house = House.With(city, beds: 2);
        house.Hold(1);

        city.Host(() => house.Grain.Configure(House.Setup with { Rules = new HouseRules(Alone: false) }));

        Assert.Equal(1, house.Beds.Held);
        Assert.Equal(BedRefusal.DoesNotFit, house.Hold(2).Refused);
    }

    /// <summary>The history's rows cannot be written for an hour; no decision waits for them and no line is lost.</summary>
    [Fact]
    public void History_that_could_not_be_written_is_written_later()
    {
        using var city = City.Start();
        var house = House.With(city, beds: 40);
        city.Store.Fault = write => write.Id.Table == "bedHistory" ? new StoreUnavailableException("full") : null;
        for (var no = 1; no <= 20; no++) Assert.Null(house.Hold(no).Refused);
        city.Advance(60);
        Assert.DoesNotContain(house.History, line => line.Kind is BedEventKind.Held);
        city.Store.Fault = null;

        city.CrashAndRestart();
        Assert.Equal(20, house.Board.Holds.Length);
        city.Advance(3);

        Assert.Equal(20, house.History.Count(line => line.Kind is BedEventKind.Held));
    }

    [Fact]
    public void A_day_of_traffic_leaves_a_short_row_and_every_line()
    {
        using var city = City.Start();
        var house = House.With(city, beds: 3);
        for (var no = 1; no <= 200; no++)
        {
            var asked = city.Now;
            Assert.Null(house.Hold(no).Refused);
            Assert.Null(house.Release(no, asked).Refused);
            city.Advance(no % 7 == 0 ? 5 : 0.01);
        }

        city.Advance(2);
        Assert.Equal(401, house.History.Length);
        Assert.Equal(401, house.History.Select(line => line.Id).Distinct().Count());
        var row = city.Disk.Rows.Single(r => r.Id.Table == "grain-state" && r.Id.Partition.Contains("house-1", StringComparison.Ordinal) && r.Id.Key == "beds");
        Assert.InRange(row.Body.Length, 1000, 64 * 1024);
    }
}
