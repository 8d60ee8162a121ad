using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Beds.GivenSearch;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Beds;

/// <summary>Houses whose figure is so old that only their telephone knows.</summary>
public sealed class TelephoneTests
{
    private static readonly HouseCandidate Old = Confirmed(House("rose", beds: 0), hoursAgo: 13);

    [Fact]
    public void A_yes_on_the_telephone_is_held_by_hand_whatever_the_figure_says()
    {
        var alert = BedAsking.Request(Searching(), new RequestBed("fatou", "k", "rose", ByTelephone: true), Known(Old), At(1)).Now();
        Assert.Equal((BedState.Requested, true, "fatou"), (alert.Request().State, alert.Request().ByTelephone, alert.Request().By));
        Assert.False(BedAsking.Request(Searching(), new RequestBed("fatou", "k", "rose"), Known(Old), At(1)).Now().Request().ByTelephone);
        // Nobody has rung it: it is not the next one to be asked for a bed that it does not show.
        Assert.Equal("noBed", BedAsking.Request(Searching(), new RequestBed("fatou", "k"), Known(Old), At(1)).Outcome());
    }

    [Fact]
    public void A_no_passes_it_over_with_its_reason()
    {
        var alert = Passed(Searching(), Known(Old));
        Assert.Equal((BedState.Over, (BedOver?)BedOver.PassedOver, (PassedOver?)PassedOver.NoReply), (alert.Request().State, alert.Request().Over, alert.Request().PassedOver));
        Assert.Equal((HistoryKind.BedPassedOver, "noReply", "fatou", (int?)0), (alert.Trail[^1].Kind, alert.Trail[^1].Detail, alert.Trail[^1].Who, alert.Trail[^1].Bed));
        Assert.False(alert.Beds!.Owes);
        // The machine asks it for no bed that its old figure shows, until the house has said how it stands.
        Assert.Single(BedSearching.Step(alert, Known(Confirmed(House("rose"), hoursAgo: 13)), At(10)).Now().Beds!.Requests);
        var later = House("rose") with { House = House("rose").House with { ConfirmedAt = At(20) } };
        Assert.Equal(2, BedSearching.Step(alert, Known(later), At(30)).Now().Beds!.Requests.Length);
        Assert.Equal("changed", BedAsking.Request(alert, new RequestBed("fatou", "k"), Known(later), At(30)).Outcome());
        Assert.Equal("noBed", BedAsking.Request(alert, new RequestBed("fatou", "k"), Known(Confirmed(House("rose"), hoursAgo: 13)), At(30)).Outcome());
    }

    [Fact]
    public void Rung_again_it_is_the_same_line()
    {
        var alert = Passed(Searching(), Known(Old));
        PassingOver.Say(alert, Command(), Known(Old), At(30)).As<Decision.Unchanged>();
        var again = PassingOver.Say(alert, Command(), Known(Old), At(600)).Now();
        Assert.Equal(At(600), Assert.Single(again.Beds!.Requests).AskedAt);
        Assert.Equal(PassedOver.Full, PassingOver.Say(alert, Command() with { Why = PassedOver.Full }, Known(Old), At(30)).Now().Request().PassedOver);
        Assert.Equal("changed", PassingOver.Say(alert, Command() with { By = "awa" }, Known(Old), At(30)).Outcome());
        var asked = BedAsking.Request(alert, new RequestBed("fatou", "k", "rose", ByTelephone: true), Known(Old), At(60)).Now();
        Assert.Equal(2, asked.Beds!.Requests.Length);
        Assert.Equal("heldAlready", PassingOver.Say(asked, Command(), Known(Old), At(70)).Outcome());
    }

    [Fact]
    public void Not_what_is_booked_nor_a_house_that_nobody_knows()
    {
        var booked = Searching().Asked(House("rose")).Held().Booked();
        Assert.Equal("heldAlready", PassingOver.Say(booked, Command(), Known(Old), At(70)).Outcome());
        Assert.Equal("notFound", PassingOver.Say(Searching(), Command(), Known(House("lily")), At(10)).Outcome());
        Assert.Equal("ended", PassingOver.Say(Cancelling.Cancel(Searching(), PinVerdict.NotSet, At(5)).Now(), Command(), Known(Old), At(10)).Outcome());
        var drill = Searching(Press(Need.Shelter) with { Exercise = true, DrillWindowOpen = true });
        Assert.Equal("notAllowedHere", PassingOver.Say(drill, Command(), Known(Old), At(10)).Outcome());
        var houses = Enumerable.Range(0, BedSearch.MaxRequests + 1).Select(i => House($"h{i}")).ToArray();
        var full = houses.Take(BedSearch.MaxRequests).Aggregate(Searching(), (a, h) => PassingOver.Say(a, Command(h.House.Shelter), Known(houses), At(10)).Now());
        Assert.Equal("tooMany", PassingOver.Say(full, Command(houses[^1].House.Shelter), Known(houses), At(20)).Outcome());
    }

    private static Alert Passed(Alert alert, HousesKnown known) => PassingOver.Say(alert, Command(), known, At(5)).Now();

    private static PassOver Command(string house = "rose") => new(house, PassedOver.NoReply, "fatou");

    private static HouseCandidate Confirmed(HouseCandidate house, double hoursAgo) =>
        house with { House = house.House with { ConfirmedAt = Night.AddHours(-hoursAgo), Freshness = Figures.At(Night.AddHours(-hoursAgo), Night) } };
}
