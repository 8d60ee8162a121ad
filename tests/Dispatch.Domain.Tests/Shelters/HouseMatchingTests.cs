using Dispatch.Domain.Organisations;
using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Given;
using static Dispatch.Domain.Tests.Shelters.GivenHouse;

namespace Dispatch.Domain.Tests.Shelters;

public sealed class HouseMatchingTests
{
    private static readonly ShelterNeed Need = new("XX", "XX/demo", Alone);

    [Fact]
    public void Houses_come_in_the_protocols_order() =>
        AssertOrder("b a c", Candidate("a", 1), Candidate("c", 2), Candidate("b", 0));

    [Fact]
    public void An_old_figure_sends_a_house_to_the_end_and_never_out()
    {
        AssertOrder("b c a", Candidate("a", 0, confirmedHoursAgo: 12.1), Candidate("b", 1), Candidate("c", 2, confirmedHoursAgo: 5));
        Assert.Equal<HouseNote>([HouseNote.RingFirst], Option(Candidate("a", confirmedHoursAgo: 12.1)).Notes);
        Assert.Equal<HouseNote>([HouseNote.ToConfirm], Option(Candidate("a", confirmedHoursAgo: 4.1)).Notes);
        Assert.Equal<HouseNote>([HouseNote.RingFirst], Option(Candidate("a", confirmedHoursAgo: null)).Notes);
        Assert.Empty(Option(Candidate("a")).Notes);
    }

    [Fact]
    public void At_the_same_place_in_the_order_the_surer_and_then_the_fresher_house_is_first()
    {
        AssertOrder("c b a",
            Candidate("a", change: h => h with { Rules = new HouseRules(MaxNights: 7) }),
            Candidate("b", confirmedHoursAgo: 5),
            Candidate("c"));
    }

    [Fact]
    public void A_house_that_she_may_set_out_for_now_is_before_one_behind_the_curfew()
    {
        AssertOrder("b a", Candidate("a", 0, change: h => h with { Travel = NightCurfew }), Candidate("b", 1));
        var behind = Option(Candidate("a", change: h => h with { Travel = NightCurfew }));

        Assert.Equal(Night.AddHours(7), behind.DepartAt);
        Assert.Equal<HouseNote>([HouseNote.WaitForCurfew], behind.Notes);
    }

    [Fact]
    public void A_house_is_left_out_with_the_reason()
    {
        AssertLeftOut(NotAskedHouse.OtherTenant, Candidate("a", change: h => h with { Tenant = "YY" }));
        AssertLeftOut(NotAskedHouse.OutsideArea, Candidate("a", change: h => h with { Areas = ["XX/far"] }));
        AssertLeftOut(NotAskedHouse.Excluded, Candidate("a"), Need with { ExcludedOrganisations = ["a-org"] });
        AssertLeftOut(NotAskedHouse.Excluded, Candidate("a", change: h => h with { Staff = ["keeper", "cousin"] }), Need with { ExcludedPeople = ["cousin"] });
        AssertLeftOut(NotAskedHouse.NoDisclosureBasis, Candidate("a", change: h => h with { Organisation = new("p", OrganisationKind.Shelter, PolicePresent: true) }));
        AssertLeftOut(NotAskedHouse.DoesNotFit, Candidate("a", change: h => h with { Rules = new HouseRules(Alone: false) }));
        AssertLeftOut(NotAskedHouse.NoBed, Candidate("a", beds: 0));
        AssertLeftOut(NotAskedHouse.NoLawfulWay, Candidate("a", change: h => h with { Travel = NightCurfew }) with { Journey = TimeSpan.FromHours(18) });
    }

    [Fact]
    public void With_a_recorded_basis_a_house_with_police_is_asked() =>
        Assert.Null(HouseMatching.WhyNot(Need with { PoliceMayKnow = true }, Candidate("a", change: h => h with { Organisation = new("p", OrganisationKind.Shelter, PolicePresent: true) }), Night));

    [Fact]
    public void Why_they_do_not_fit_is_told() =>
        Assert.Equal<Misfit>([Misfit.Pregnant], HouseMatching.Order(Need with { Guests = new Guests(1, Pregnant: true) }, [Candidate("a", change: h => h with { Rules = new HouseRules(Pregnant: false) })], Night).LeftOut.Single().Misfits);

    [Fact]
    public void What_nobody_knows_is_told_to_whoever_rings()
    {
        var option = Option(Candidate("a", change: h => h with { Rules = new HouseRules(BoysUpTo: 10, MaxNights: 7) }), Need with { Guests = Family(new Child(12)) });

        Assert.Equal<HouseNote>([HouseNote.AskBoysAge, HouseNote.AskNights], option.Notes);
    }

    /// <summary>Its figure says that it is full, and is so old that only its telephone knows.</summary>
    [Fact]
    public void A_full_house_with_an_old_figure_can_be_rung_and_not_asked()
    {
        var option = Option(Candidate("a", beds: 0, confirmedHoursAgo: 13));

        Assert.False(option.Askable);
        Assert.Equal<HouseNote>([HouseNote.RingFirst, HouseNote.NoBedKnown], option.Notes);
    }

    private static void AssertOrder(string expected, params HouseCandidate[] houses) => Assert.Equal(expected, string.Join(' ', HouseMatching.Order(Need, houses, Night).Options.Select(o => o.Shelter)));

    private static HouseOption Option(HouseCandidate house, ShelterNeed? need = null) => Assert.Single(HouseMatching.Order(need ?? Need, [house], Night).Options);

    private static void AssertLeftOut(NotAskedHouse why, HouseCandidate house, ShelterNeed? need = null)
    {
        var order = HouseMatching.Order(need ?? Need, [house], Night);
        Assert.Empty(order.Options);
        Assert.Equal(why, Assert.Single(order.LeftOut).Why);
    }
}
