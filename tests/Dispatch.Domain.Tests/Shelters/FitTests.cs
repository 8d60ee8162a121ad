using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Shelters.GivenHouse;

namespace Dispatch.Domain.Tests.Shelters;

public sealed class FitTests
{
    [Fact]
    public void An_ordinary_house_takes_a_woman_and_her_children() => AssertAgainst(new HouseRules(), Family(new Child(3, true), new Child(17, true)));

    [Fact]
    public void Every_rule_names_what_is_against_it()
    {
        AssertAgainst(new HouseRules(Alone: false), Alone, Misfit.Alone);
        AssertAgainst(new HouseRules(Children: false), Family(new Child(3)), Misfit.Children);
        AssertAgainst(new HouseRules(), new Guests(0, [new Child(15)]), Misfit.ChildrenAlone);
        AssertAgainst(new HouseRules(BoysUpTo: 12), Family(new Child(13, true)), Misfit.BoyTooOld);
        AssertAgainst(new HouseRules(Pregnant: false), new Guests(1, Pregnant: true), Misfit.Pregnant);
        AssertAgainst(new HouseRules(), new Guests(1, Wheelchair: true), Misfit.Wheelchair);
        AssertAgainst(new HouseRules(MaxNights: 7), new Guests(1, Nights: 8), Misfit.StayTooLong);
        AssertAgainst(new HouseRules(), new Guests(1, Pets: true), Misfit.Pets);
        AssertAgainst(new HouseRules(Alone: false, Pregnant: false), new Guests(1, Pregnant: true), Misfit.Alone, Misfit.Pregnant);
    }

    [Fact]
    public void What_is_within_the_rules_is_not_against_them()
    {
        AssertAgainst(new HouseRules(Alone: false), Family(new Child(3)));
        AssertAgainst(new HouseRules(Alone: false), new Guests(2));
        AssertAgainst(new HouseRules(ChildrenAlone: true), new Guests(0, [new Child(15)]));
        AssertAgainst(new HouseRules(BoysUpTo: 12), Family(new Child(12, true), new Child(17, false)));
        AssertAgainst(new HouseRules(Wheelchair: true), new Guests(1, Wheelchair: true));
        AssertAgainst(new HouseRules(MaxNights: 7), new Guests(1, Nights: 7));
        AssertAgainst(new HouseRules(Pets: true), new Guests(1, Pets: true));
    }

    /// <summary>Nobody is turned away for what nobody knows; the house is asked.</summary>
    [Theory]
    [InlineData(13, null, true)]
    [InlineData(null, null, true)]
    [InlineData(null, true, true)]
    [InlineData(12, null, false)]
    [InlineData(null, false, false)]
    [InlineData(13, false, false)]
    public void A_boys_age_that_nobody_knows_is_to_be_asked(int? age, bool? boy, bool ask)
    {
        var fit = Fit.Of(new HouseRules(BoysUpTo: 12), Family(new Child(age, boy)));

        Assert.True(fit.Fits);
        Assert.Equal<Misfit>(ask ? [Misfit.BoyTooOld] : [], fit.ToAsk);
    }

    [Fact]
    public void How_long_they_stay_is_to_be_asked_only_where_it_matters()
    {
        Assert.Equal<Misfit>([Misfit.StayTooLong], Fit.Of(new HouseRules(MaxNights: 7), Alone).ToAsk);
        Assert.Empty(Fit.Of(new HouseRules(), Alone).ToAsk);
    }

    /// <summary>Said of the children by their ages; whoever is not said to be a boy then is a girl.</summary>
    [Fact]
    public void Which_of_her_children_are_boys_decides_and_where_nobody_said_it_is_asked()
    {
        var house = new HouseRules(BoysUpTo: 12);
        Assert.Equal<Child>([new(4, false), new(14, true)], Guests.With(new Party(0, [4, 14], Boys: [14]), child: false).Children);
        AssertAgainst(house, Guests.With(new Party(0, [4, 14], Boys: [14]), child: false), Misfit.BoyTooOld);
        AssertAgainst(house, Guests.With(new Party(0, [4, 14], Boys: [4]), child: false));
        Assert.Empty(Fit.Of(house, Guests.With(new Party(0, [4, 14], Boys: []), child: false)).ToAsk);
        Assert.Equal<Misfit>([Misfit.BoyTooOld], Fit.Of(house, Guests.With(new Party(0, [4, 14]), child: false)).ToAsk);
        Assert.Equal<Child>([new(9, false), new(9, true)], Guests.With(new Party(0, [9, 9], Boys: [9]), child: false).Children);
        // Forgotten among the children, he still needs a bed.
        Assert.Equal(3, Guests.With(new Party(0, [4], Boys: [7]), child: false).People);
    }

    private static void AssertAgainst(HouseRules house, Guests guests, params Misfit[] against) => Assert.Equal<Misfit>(against, Fit.Of(house, guests).Against);
}
