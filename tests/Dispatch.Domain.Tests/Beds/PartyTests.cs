using Dispatch.Domain.Alerts;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Beds.GivenSearch;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Beds;

/// <summary>She pressed, a house was asked for one, and then somebody says who is with her.</summary>
public sealed class PartyTests
{
    private static readonly Guests Three = Guests.With(new Party(0, [3, 5]), child: false);
    private static readonly Guests Two = Guests.With(new Party(0, [9]), child: false);

    [Fact]
    public void What_her_phone_says_first_counts_from_then_on_and_a_human_looks_at_the_bed_that_is_held_for_one()
    {
        var held = Searching().Asked(House("rose", 3)).Held();
        Assert.Equal(1, held.Beds!.Guests!.People);

        var told = Adding.Add(held, FromPhone(Three), At(30)).Now();

        Assert.Equal((BedState.Held, 3), (told.Request().State, told.Beds!.Guests!.People));
        Assert.True(told.Rings(RingReason.PartyChanged));
        var next = BedSearching.Step(told, Known(House("rose", 3), House("lily", 3, order: 1)), At(600)).Now();
        Assert.Equal(("lily", 3), (next.Request(1).Shelter, next.Beds!.Guests!.People));
    }

    /// <summary>Whoever holds the phone then does not say what she said first.</summary>
    [Fact]
    public void What_her_phone_says_later_changes_nothing_and_calls_the_line()
    {
        var held = Searching(Press(Need.Shelter) with { Party = Box<Party>("p"), Guests = Two }).Asked(House("rose", 3)).Held();

        var told = Adding.Add(held, FromPhone(Three), At(30)).Now();

        Assert.Equal((BedState.Held, 2), (told.Request().State, told.Beds!.Guests!.People));
        Assert.True(told.Rings(RingReason.PartyChanged));
    }

    [Fact]
    public void What_a_call_taker_was_told_is_not_replaced_by_the_first_words_of_the_phone()
    {
        var held = BedAsking.Request(Searching(), new RequestBed("fatou", "k", Guests: Two, Said: Box<Guests>("s")), Known(House("rose", 4)), At(1)).Now().Held();
        var told = Adding.Add(held, FromPhone(Three), At(30)).Now();
        Assert.Equal((2, Box<Guests>("s")), (told.Beds!.Guests!.People, told.Beds.Said));
        Assert.True(told.Rings(RingReason.PartyChanged));
    }

    [Fact]
    public void What_a_call_taker_says_is_asked_for_anew_also_of_the_same_house()
    {
        var known = Known(House("rose", 3));
        var told = Adding.Add(Searching().Asked(House("rose", 3)).Held(), FromLine(Three), At(30)).Now();

        Assert.Equal((BedState.Releasing, 3, Box<Guests>("said")), (told.Request().State, told.Beds!.Guests!.People, told.Beds.Said));
        Assert.False(told.Rings(RingReason.PartyChanged));
        Assert.Contains(told.Trail, line => line is { Kind: HistoryKind.BedReleased, Bed: 0 });
        // The other house is asked only if this one does not say that it has let go.
        BedSearching.Step(told, Known(House("rose", 3), House("lily", 3, order: 1)), At(31)).As<Decision.Unchanged>();
        Assert.Equal("lily", BedSearching.Step(told, Known(House("rose", 3), House("lily", 3, order: 1)), At(600)).Now().Request(1).Shelter);
        var anew = BedSearching.Step(BedAnswers.Answered(told, Released(), At(31)).Now(), known, At(32)).Now();
        Assert.Equal(("rose", BedState.Requested, 3), (anew.Request(1).Shelter, anew.Request(1).State, anew.Beds!.Guests!.People));
    }

    [Fact]
    public void What_a_human_arranged_and_the_same_words_once_more_give_nothing_back()
    {
        var byHand = BedAsking.Request(Searching(), new RequestBed("fatou", "k", Guests: Two, Said: Box<Guests>("s")), Known(House("rose", 4)), At(1)).Now().Held();
        Assert.Equal(BedState.Held, Adding.Add(byHand, FromLine(Three), At(30)).Now().Request().State);

        var machine = Searching(Press(Need.Shelter) with { Party = Box<Party>("p"), Guests = Three }).Asked(House("rose", 3)).Held();
        Assert.Equal(BedState.Held, Adding.Add(machine, FromLine(Guests.With(new Party(0, [3, 5]), child: false)), At(30)).Now().Request().State);
    }

    [Fact]
    public void The_line_is_called_for_a_bed_that_a_house_keeps_and_no_longer_than_that()
    {
        Assert.False(Adding.Add(Searching(), FromPhone(Three), At(1)).Now().Rings(RingReason.PartyChanged));

        var told = Adding.Add(Searching().Asked(House("rose", 3)).Held().Booked(), FromPhone(Three), At(90)).Now();
        Assert.True(told.Rings(RingReason.PartyChanged));
        Assert.False(BedReleasing.Release(told, 0, "fatou", notCome: false, At(95)).Now().Rings(RingReason.PartyChanged));
    }

    private static AddToAlert FromPhone(Guests guests) => ByPhone() with { Party = Box<Party>("later"), Guests = guests };

    private static AddToAlert FromLine(Guests guests) => ByCallTaker() with { Party = Box<Party>("later"), Guests = guests, Said = Box<Guests>("said") };
}
