using Dispatch.Domain.Organisations;
using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Given;
using static Dispatch.Domain.Tests.Shelters.GivenHouse;

namespace Dispatch.Domain.Tests.Shelters;

/// <summary>House after house, then the overflow list, then a human.</summary>
public sealed class ShelterSearchTests
{
    private static readonly ShelterNeed Need = new("XX", "XX/demo", Alone);
    private static readonly HouseCandidate[] Houses = [Candidate("a", 0), Candidate("b", 1), Candidate("c", 2)];
    private static readonly OverflowPlace[] Places = [Place("hotel", OverflowKind.PartnerHotel, 1), Place("family", OverflowKind.HostFamily, 0)];

    [Fact]
    public void The_first_house_is_asked_at_once() => Assert.Equal("a", Asked(Next()).Shelter);

    [Fact]
    public void Refused_the_next_house_is_asked_at_once() => Assert.Equal("b", Asked(Next(60, Tried("a", 0, TryState.Refused))).Shelter);

    [Fact]
    public void Without_an_answer_the_next_house_is_asked_after_ten_minutes_to_the_tick()
    {
        Assert.Equal(At(600), Assert.IsType<SearchStep.Wait>(Next(599.999, Tried("a", 0))).Until);
        var step = Assert.IsType<SearchStep.AskHouse>(Next(600, Tried("a", 0)));

        Assert.Equal("b", step.House.Shelter);
        // A late yes of the first house counts.
        Assert.Empty(step.Release);
    }

    [Fact]
    public void No_more_than_two_houses_are_held_for_one_party()
    {
        var step = Assert.IsType<SearchStep.AskHouse>(Next(1200, Tried("a", 0), Tried("b", 600)));

        Assert.Equal("c", step.House.Shelter);
        Assert.Equal<string>(["hold-a"], step.Release);
    }

    [Fact]
    public void The_first_yes_counts_and_the_others_are_released()
    {
        var found = Assert.IsType<SearchStep.Found>(Next(700, Tried("a", 0), Tried("b", 600, TryState.Booked), Tried("c", 100, TryState.Refused)));

        Assert.Equal("b", found.With.Place);
        Assert.Equal<string>(["hold-a"], found.Release);
    }

    [Fact]
    public void When_every_house_was_tried_the_overflow_list_is_asked_in_its_order()
    {
        HouseTry[] full = [Tried("a", 0, TryState.Refused), Tried("b", 60, TryState.Refused), Tried("c", 120, TryState.Expired)];

        Assert.Equal("family", Assert.IsType<SearchStep.AskOverflow>(Next(200, full)).Place.Id);
        Assert.Equal("hotel", Assert.IsType<SearchStep.AskOverflow>(Next(200, [.. full, Tried("family", 200, TryState.Refused)])).Place.Id);
    }

    [Fact]
    public void When_nothing_is_left_a_human_takes_it_with_every_reason()
    {
        HouseCandidate[] houses = [Candidate("a", 0), Candidate("full", 1, beds: 0), Candidate("old", 2, beds: 0, confirmedHoursAgo: 20)];
        var human = Assert.IsType<SearchStep.Human>(ShelterSearch.Next(Need, houses, [], [Tried("a", 0)], SearchRules.Default, At(600)));

        Assert.Equal("old", Assert.Single(human.Ring).Shelter);
        Assert.Equal(("full", NotAskedHouse.NoBed), (Assert.Single(human.LeftOut).Shelter, human.LeftOut[0].Why));
        Assert.Equal("a", Assert.Single(human.WaitsFor).Place);
    }

    [Fact]
    public void Without_any_house_or_place_a_human_takes_it_at_once() =>
        Assert.IsType<SearchStep.Human>(ShelterSearch.Next(Need, [], [], [], SearchRules.Default, Night));

    [Fact]
    public void A_place_that_may_not_know_or_does_not_take_her_is_not_on_the_overflow_list()
    {
        AssertNotAsked(p => p with { Tenant = "YY" });
        AssertNotAsked(p => p with { Areas = ["XX/far"] });
        AssertNotAsked(p => p with { Organisation = p.Organisation with { PolicePresent = true } });
        AssertNotAsked(p => p with { Rules = new HouseRules(Alone: false) });
        AssertNotAsked(p => p with { Travel = NightCurfew, Journey = TimeSpan.FromHours(18) });
        Assert.Empty(OverflowPlace.For(Need with { ExcludedOrganisations = ["partner"] }, Places, Night));
        Assert.Equal(["family", "hotel"], OverflowPlace.For(Need, Places, Night).Select(p => p.Place.Id));

        static void AssertNotAsked(Func<OverflowPlace, OverflowPlace> change) => Assert.Empty(OverflowPlace.For(Need, [change(Places[0])], Night));
    }

    [Fact]
    public void The_same_tries_give_the_same_step_whatever_their_order()
    {
        HouseTry[] tries = [Tried("a", 0), Tried("b", 600)];
        Assert.Equal(Asked(Next(1200, tries)).Shelter, Asked(Next(1200, [.. tries.Reverse()])).Shelter);
    }

    private static SearchStep Next(double at = 0, params HouseTry[] tries) => ShelterSearch.Next(Need, Houses, Places, tries, SearchRules.Default, At(at));

    private static HouseOption Asked(SearchStep step) => Assert.IsType<SearchStep.AskHouse>(step).House;

    private static HouseTry Tried(string place, double at, TryState state = TryState.Asked) => new(place, "hold-" + place, At(at), state);

    private static OverflowPlace Place(string id, OverflowKind kind, int order) => new(id, kind, "XX", new OrganisationFacts("partner", OrganisationKind.Other), ["XX/demo"], new HouseRules(), TravelHours.Always, order);
}
