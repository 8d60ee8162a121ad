using Dispatch.Domain.Sealing;
using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Given;
using static Dispatch.Domain.Tests.Shelters.GivenHouse;

namespace Dispatch.Domain.Tests.Shelters;

/// <summary>What is shown of a house, and to whom not.</summary>
public sealed class SummaryTests
{
    private static readonly ShelterSetup Setup = new() { Tenant = "XX", Organisation = Shelter, Areas = ["XX/demo"], MeetingPoint = Box<Domain.Alerts.Place>("met") };

    [Fact]
    public void The_board_adds_up_at_every_moment()
    {
        var ledger = House(beds: 9).Hold(1).Now().Hold(2, Family(new Child(5))).Now().Hold(3).Now().Answer(2, true, 10).Now().Arrive(3, 20).Now()
            .Count(30, new BedFigures(BedKind.Bed, 9, 2, 1)).Now();

        Assert.Equal(new BoardLine(BedKind.Bed, 9, 3, 1, 2, 2, 1), Assert.Single(BedBoard.Of(ledger, Setup, At(40)).Lines));
        Assert.Equal(new BoardLine(BedKind.Bed, 9, 4, 0, 2, 2, 1), Assert.Single(BedBoard.Of(ledger, Setup, At(1800)).Lines));
    }

    [Fact]
    public void The_meeting_point_goes_with_a_booking_and_with_nothing_else()
    {
        var held = House(beds: 1).Hold(1).Now();
        var booked = held.Answer(1, true, 10).Now();

        Assert.Null(View(held)!.MeetAt);
        Assert.Equal(Setup.MeetingPoint, View(booked)!.MeetAt);
        Assert.Null(View(booked.Arrive(1, 20).Now())!.MeetAt);
        Assert.Null(View(booked.Release(1, at: 20, by: "staff").Now())!.MeetAt);

        static HoldView? View(BedLedger ledger) => BedBoard.ViewOf(ledger, Setup, Id(1), At(30));
    }

    [Fact]
    public void A_summary_counts_what_is_free_now()
    {
        var held = House(beds: 2).Hold(1).Now();

        Assert.Equal(1, HouseSummary.Of("house", held, Setup, At(1799)).Free.Of(BedKind.Bed));
        Assert.Equal(2, HouseSummary.Of("house", held, Setup, At(1800)).Free.Of(BedKind.Bed));
    }

    [Fact]
    public void No_count_is_said_over_fewer_than_three_houses()
    {
        HouseSummary[] houses = [Candidate("a", beds: 1).House, Candidate("b", beds: 2, confirmedHoursAgo: 6).House, Candidate("c", beds: 4).House];

        Assert.Null(AreaBeds.Of(houses[..2]));
        Assert.Null(AreaBeds.Of([.. houses[..2], houses[0]]));
        Assert.Equal((3, 7, Night.AddHours(-6)), (AreaBeds.Of(houses)!.Houses, AreaBeds.Of(houses)!.Free.Of(BedKind.Bed), AreaBeds.Of(houses)!.OldestConfirmedAt));
    }

    [Fact]
    public void A_kind_of_bed_that_fewer_than_three_houses_have_is_not_counted()
    {
        HouseSummary[] houses = [.. "abc".Select(c => Candidate(c.ToString(), beds: 1).House)];
        houses[0] = houses[0] with { Free = houses[0].Free.Add(new BedCount(BedKind.AccessibleBed, 1)), Capacity = houses[0].Capacity.Add(new BedCount(BedKind.AccessibleBed, 1)) };

        Assert.Equal<BedCount>([new BedCount(BedKind.Bed, 3)], AreaBeds.Of(houses)!.Free);
    }

    [Fact]
    public void A_house_that_counts_none_of_a_kind_does_not_make_the_others_countable()
    {
        HouseSummary[] houses = [.. "abc".Select(c => HouseSummary.Of(c.ToString(), c is 'a' ? House(beds: 2, rooms: 3) : House(beds: 2), Setup, At(1)))];

        Assert.Equal<BedCount>([new BedCount(BedKind.Bed, 6)], AreaBeds.Of(houses)!.Free);
    }

    [Fact]
    public void What_is_taken_counts_in_the_capacity_and_not_in_what_is_free()
    {
        HouseSummary[] houses = [.. "abc".Select(c => HouseSummary.Of(c.ToString(), House(beds: 2).Hold(1).Now(), Setup, At(1)))];

        Assert.Equal((3, 6), (AreaBeds.Of(houses)!.Free.Of(BedKind.Bed), AreaBeds.Of(houses)!.Capacity.Of(BedKind.Bed)));
    }

    [Theory]
    [InlineData("a1.3.house", "a1", 3, "house")]
    [InlineData("0191.x.12.demo-shelter-1", "0191.x", 12, "demo-shelter-1")]
    public void The_id_of_a_hold_names_its_alert_and_its_house(string text, string alert, int no, string shelter)
    {
        Assert.True(HoldId.TryParse(text, out var id));
        Assert.Equal(new HoldId(alert, no, shelter), id);
        Assert.Equal(text, id.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a1")]
    [InlineData("a1.house")]
    [InlineData("a1.x.house")]
    [InlineData(".1.house")]
    [InlineData("a1.1.")]
    [InlineData("a1.-1.house")]
    public void What_is_no_hold_is_none(string? text) => Assert.False(HoldId.TryParse(text, out _));

    [Fact]
    public void The_id_of_a_hold_has_a_bound() => Assert.False(HoldId.TryParse(new string('a', HoldId.MaxLength) + ".1.house", out _));

    [Fact]
    public void A_seal_of_an_address_prints_nothing() => Assert.DoesNotContain("street", new AddressBook { Address = new Sealed<ShelterAddress>("street") }.ToString(), StringComparison.Ordinal);
}
