using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Beds.GivenSearch;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Beds;

/// <summary>What houses say, and what becomes of beds that nobody needs.</summary>
public sealed class AnswerTests
{
    private static readonly Alert Requested = Searching().Asked(House("rose"));

    [Fact]
    public void A_house_without_a_bed_is_over_and_the_next_one_is_due_at_once()
    {
        var alert = BedAnswers.Answered(Requested, SaysNo(BedRefusal.NoBed), At(1)).Now();
        Assert.Equal((BedState.Over, (BedOver?)BedOver.Refused, (BedRefusal?)BedRefusal.NoBed), (alert.Request().State, alert.Request().Over, alert.Request().Refused));
        Assert.True(BedSearching.Due(alert, pull: false, At(1)));
    }

    /// <summary>The first try may still come and take the bed that another has just given back.</summary>
    [Fact]
    public void A_refusal_after_an_unanswered_try_is_released_too()
    {
        var alert = BedAnswers.Answered(Requested, SaysNo(BedRefusal.NoBed, askedBefore: true), At(1)).Now();
        Assert.Equal(BedState.Releasing, alert.Request().State);
        Assert.Equal(BedOver.Refused, BedAnswers.Answered(alert, Released(), At(2)).Now().Request().Over);
    }

    [Fact]
    public void An_answer_to_what_was_given_up_meanwhile_changes_nothing()
    {
        var given = Cancelling.Cancel(Requested, PinVerdict.NotSet, At(1)).Now();
        Assert.Equal(BedState.Releasing, given.Request().State);
        Assert.False(given.Over);

        BedAnswers.Answered(given, SaysYes(), At(2)).As<Decision.Unchanged>();
        var done = BedAnswers.Answered(given, Released(), At(3)).Now();

        Assert.Equal(BedOver.GivenUp, done.Request().Over);
        Assert.True(done.Over);
    }

    [Fact]
    public void A_yes_fills_the_need_and_gives_every_other_hold_back()
    {
        HouseCandidate[] houses = [House("rose"), House("lily", order: 1)];
        var alert = BedSearching.Step(Searching().Asked(houses).Held(), Known(houses), At(600)).Now().Held(1);

        alert = alert.Booked(1, at: 610);

        Assert.Equal(NeedStage.Filled, alert.Needs.Single().Stage);
        Assert.Equal([BedState.Releasing, BedState.Booked], alert.Beds!.Requests.Select(r => r.State));
        Assert.Null(alert.Ring);
    }

    [Fact]
    public void Of_two_that_said_yes_the_first_is_hers_and_the_line_gives_the_other_back()
    {
        HouseCandidate[] houses = [House("rose"), House("lily", order: 1)];
        var alert = BedSearching.Step(Searching().Asked(houses).Held(), Known(houses), At(600)).Now().Held(1).Booked(1, at: 610);

        alert = BedAnswers.Answered(alert, Released(BedRefusal.PersonRequired, Hold(HoldStage.Booked)), At(611)).Now();

        Assert.Equal("lily", alert.Beds!.Hers!.Shelter);
        Assert.True(alert.Request(0).Surplus);
        Assert.True(alert.Rings(RingReason.BedBooked));
        var released = BedReleasing.Release(alert, 0, "fatou", notCome: false, At(700)).Now();
        Assert.False(released.Rings(RingReason.BedBooked));
        Assert.Equal(NeedStage.Filled, released.Needs.Single().Stage);
    }

    [Theory]
    [InlineData(EndedHow.Resolved, false)]
    [InlineData(EndedHow.Referred, false)]
    [InlineData(EndedHow.FalseAlarm, true)]
    [InlineData(EndedHow.Duplicate, true)]
    public void At_a_good_end_she_keeps_her_bed_and_at_any_other_the_line_is_rung(EndedHow how, bool rings)
    {
        var alert = Requested.Held();
        var item = alert.Ring!.ItemId;
        alert = HandingOver.Apply(alert, new Claim(item, ClaimState.Taken, "fatou", At(30)), At(30)).Now().Booked();

        var ended = HandingOver.Apply(alert, new Claim(item, ClaimState.Closed, "fatou", At(90), how), At(90)).Now();

        Assert.Equal(BedState.Booked, ended.Request().State);
        Assert.Equal(rings, ended.Rings(RingReason.BedBooked));
    }

    [Theory]
    [InlineData(GoneHow.Declined)]
    [InlineData(GoneHow.Expired)]
    public void A_hold_that_ended_lets_the_search_go_on(GoneHow how)
    {
        var alert = BedAnswers.Pulled(Requested.Held(), 0, Hold(null, how), At(60)).Now();
        Assert.Equal(BedState.Over, alert.Request().State);
        Assert.True(BedSearching.Due(alert, pull: false, At(60)));
    }

    [Fact]
    public void The_line_sees_why_a_house_said_no()
    {
        var alert = BedAnswers.Pulled(Requested.Held(), 0, Hold(null, GoneHow.Declined) with { Why = PassedOver.Closed }, At(60)).Now();
        Assert.Equal((BedOver.Declined, PassedOver.Closed), (alert.Request().Over, alert.Request().PassedOver));
    }

    [Theory]
    [InlineData(GoneHow.Withdrawn, NeedStage.Asking)]
    [InlineData(GoneHow.NotCome, NeedStage.Asking)]
    [InlineData(GoneHow.Left, NeedStage.Filled)]
    public void A_bed_that_is_taken_back_is_needed_again_and_one_she_left_is_not(GoneHow how, NeedStage stage)
    {
        var alert = Searching(Press(Need.Shelter, Need.Legal)).Asked(House("rose")).Held().Booked();
        Assert.Equal(stage, BedAnswers.Pulled(alert, 0, Hold(null, how), At(90)).Now().Needs.First(n => n.Need is Need.Shelter).Stage);
    }

    /// <summary>She was sent there with an alert that is closed since: nobody searches for her any more.</summary>
    [Theory]
    [InlineData(GoneHow.NotCome, true)]
    [InlineData(GoneHow.Withdrawn, true)]
    [InlineData(GoneHow.Left, false)]
    public void A_bed_that_she_keeps_after_the_end_and_does_not_reach_rings_the_line(GoneHow how, bool rings)
    {
        var alert = Requested.Held();
        var item = alert.Ring!.ItemId;
        alert = HandingOver.Apply(alert, new Claim(item, ClaimState.Taken, "fatou", At(30)), At(30)).Now().Booked();
        alert = HandingOver.Apply(alert, new Claim(item, ClaimState.Closed, "fatou", At(90), EndedHow.Referred), At(90)).Now();
        Assert.True(alert.Over);

        var gone = BedAnswers.Pulled(alert, 0, Hold(null, how), At(900)).Now();

        Assert.Equal((rings, !rings), (gone.Rings(RingReason.Reopened), gone.Over));
    }

    /// <summary>She stands at the door of a house that had given her up: nobody looks for another bed, and no driver is on the way to one.</summary>
    [Theory]
    [InlineData(GoneHow.NotCome)]
    [InlineData(GoneHow.Withdrawn)]
    [InlineData(GoneHow.Declined)]
    [InlineData(GoneHow.Expired)]
    public void Who_came_after_all_has_her_bed_again_until_the_house_says_that_this_was_too_early(GoneHow how)
    {
        var alert = Searching(Press(Need.Shelter, Need.Legal)).Asked(House("rose")).Held();
        var over = BedAnswers.Pulled(how is GoneHow.NotCome ? alert.Booked() : alert, 0, Hold(null, how), At(90)).Now();
        BedAnswers.Pulled(over, 0, Hold(null, how), At(100)).As<Decision.Unchanged>();
        BedAnswers.Pulled(over, 0, null, At(100)).As<Decision.Unchanged>();

        var there = BedAnswers.Pulled(over, 0, Hold(HoldStage.Occupied), At(105)).Now();

        Assert.Equal((BedState.Occupied, (BedOver?)null), (there.Request().State, there.Request().Over));
        Assert.Equal((NeedStage.Filled, false), (there.Needs.First(n => n.Need is Need.Shelter).Stage, there.Rings(RingReason.NoBed)));
        var again = BedAnswers.Pulled(there, 0, Hold(null, how), At(120)).Now();
        Assert.Equal(NeedStage.Asking, again.Needs.First(n => n.Need is Need.Shelter).Stage);
    }

    /// <summary>What the house said to her alert does not come back by itself.</summary>
    [Fact]
    public void A_house_that_refused_or_that_she_left_is_not_looked_at_again()
    {
        var refused = BedAnswers.Answered(Requested, SaysNo(BedRefusal.NoBed), At(1)).Now();
        BedAnswers.Pulled(refused, 0, Hold(HoldStage.Occupied), At(2)).As<Decision.Unchanged>();
        var left = BedAnswers.Pulled(Searching(Press(Need.Shelter, Need.Legal)).Asked(House("rose")).Held().Booked(), 0, Hold(null, GoneHow.Left), At(90)).Now();
        BedAnswers.Pulled(left, 0, Hold(HoldStage.Occupied), At(100)).As<Decision.Unchanged>();
        Assert.Equal([false, false], new[] { refused, left }.Select(a => a.Request().MayStillCome));
    }

    [Fact]
    public void A_bed_that_nobody_needed_rings_no_more_when_the_house_takes_it_back()
    {
        var alert = Cancelling.Cancel(Requested.Held().Booked(), PinVerdict.NotSet, At(90)).Now();
        Assert.True(alert.Rings(RingReason.BedBooked));

        var gone = BedAnswers.Pulled(alert, 0, Hold(null, GoneHow.NotCome), At(900)).Now();

        Assert.Empty(gone.Alarms);
        Assert.True(gone.Over);
    }

    [Fact]
    public void Of_two_bookings_the_second_is_hers_when_the_first_is_given_up_and_nothing_rings_for_it()
    {
        HouseCandidate[] houses = [House("rose"), House("lily", order: 1)];
        var alert = BedSearching.Step(Searching().Asked(houses).Held(), Known(houses), At(600)).Now().Held(1).Booked(1, at: 610);
        alert = BedAnswers.Answered(alert, Released(BedRefusal.PersonRequired, Hold(HoldStage.Booked)), At(611)).Now();

        var released = BedReleasing.Release(alert, 1, "fatou", notCome: false, At(700)).Now();

        Assert.Equal(("rose", false, false), (released.Beds!.Hers!.Shelter, released.Request(0).Surplus, released.Rings(RingReason.BedBooked)));
        Assert.Equal(NeedStage.Filled, released.Needs.Single().Stage);
    }

    [Fact]
    public void She_is_there_and_nothing_else_is_open_so_it_is_resolved()
    {
        var alert = BedAnswers.Pulled(Requested.Held().Booked(), 0, Hold(HoldStage.Occupied), At(900)).Now();
        Assert.Equal((Stage.Ended, EndedHow.Resolved), (alert.Stage, alert.Ending!.How));
        Assert.Empty(alert.Alarms);

        var more = Searching(Press(Need.Shelter, Need.Legal)).Asked(House("rose")).Held().Booked();
        Assert.Equal(Stage.Open, BedAnswers.Pulled(more, 0, Hold(HoldStage.Occupied), At(900)).Now().Stage);
    }

    [Fact]
    public void Whoever_must_not_know_any_more_gets_her_hold_taken_away_in_the_same_decision()
    {
        var alert = Adding.Add(Requested.Held(), ByCallTaker() with { Exclusions = new Exclusions { Organisations = ["homes"] } }, At(30)).Now();
        Assert.Equal(BedState.Releasing, alert.Request().State);

        var booked = Adding.Add(Requested.Held().Booked(), ByCallTaker() with { Exclusions = new Exclusions { Organisations = ["homes"] } }, At(90)).Now();
        Assert.Equal((BedState.Booked, true), (booked.Request().State, booked.Rings(RingReason.BedBooked)));
    }

    [Fact]
    public void A_house_where_somebody_works_whom_she_shuts_out_loses_the_hold_in_the_same_decision()
    {
        var at = House("rose");
        at = at with { House = at.House with { Staff = ["cousin", "keeper"] } };
        var held = Searching().Asked(at).Held();
        var told = Adding.Add(held, ByCallTaker() with { Exclusions = new Exclusions { Responders = ["cousin"] } }, At(30)).Now();
        Assert.Equal(BedState.Releasing, told.Request().State);
        Assert.Equal(BedState.Held, Adding.Add(held, ByCallTaker() with { Exclusions = new Exclusions { Responders = ["stranger"] } }, At(30)).Now().Request().State);

        var booked = Adding.Add(held.Booked(), ByCallTaker() with { Exclusions = new Exclusions { Responders = ["cousin"] } }, At(90)).Now();
        Assert.Equal((BedState.Booked, true), (booked.Request().State, booked.Rings(RingReason.BedBooked)));
        Assert.False(BedSearching.MayReadParty(booked, 0, "rose", "keeper"));
    }

    /// <summary>She began to work there when the house had been asked already.</summary>
    [Fact]
    public void Whom_she_shut_out_reads_nothing_of_her_wherever_she_works()
    {
        var held = Requested.Held();
        var told = Adding.Add(held, ByCallTaker() with { Exclusions = new Exclusions { Responders = ["cousin"] } }, At(30)).Now();
        Assert.Equal(BedState.Held, told.Request().State);
        Assert.True(BedSearching.MayReadParty(told, 0, "rose", "keeper"));
        Assert.False(BedSearching.MayReadParty(told, 0, "rose", "cousin"));
        Assert.True(BedSearching.MayReadParty(held, 0, "rose", "cousin"));
    }

    [Fact]
    public void A_need_that_is_closed_keeps_no_bed()
    {
        var held = Requested.Held();
        var closed = held with { Needs = [held.Needs.Single() with { Stage = NeedStage.Closed }] };
        Assert.Equal(BedState.Releasing, Adding.Add(closed, ByCallTaker() with { Needs = [Need.Legal] }, At(30)).Now().Request().State);
    }

    [Fact]
    public void The_same_word_of_a_house_twice_is_one()
    {
        var held = Requested.Held();
        BedAnswers.Answered(held, SaysYes(), At(2)).As<Decision.Unchanged>();
        BedAnswers.Pulled(held, 0, Hold(HoldStage.Held, expiresAt: At(1800)), At(15)).As<Decision.Unchanged>();
        Assert.Equal(At(3600), BedAnswers.Pulled(held, 0, Hold(HoldStage.Held, expiresAt: At(3600)), At(15)).Now().Request().ExpiresAt);
        var booked = held.Booked();
        BedAnswers.Pulled(booked, 0, Hold(HoldStage.Booked), At(75)).As<Decision.Unchanged>();
        Assert.Equal(BedOver.Unknown, BedAnswers.Pulled(held, 0, null, At(15)).Now().Request().Over);
    }

    [Fact]
    public void One_key_asks_once_and_one_house_holds_once()
    {
        var alert = BedAsking.Request(Searching(byHand: true), new RequestBed("fatou", "k", "rose"), Known(House("rose", 3)), At(1)).Now();
        BedAsking.Request(alert, new RequestBed("fatou", "k", "rose"), Known(House("rose", 3)), At(2)).As<Decision.Unchanged>();
        Assert.Equal("keyReused", BedAsking.Request(alert, new RequestBed("fatou", "k", "rose", BodyMac: "other"), Known(House("rose", 3)), At(2)).Outcome());
        var refused = BedAnswers.Answered(alert, SaysNo(BedRefusal.NoBed), At(2)).Now();
        Assert.Equal(2, BedAsking.Request(refused, new RequestBed("fatou", "k", "rose"), Known(House("rose", 3)), At(3)).Now().Beds!.Requests.Length);
        Assert.Equal("heldAlready", BedAsking.Request(alert, new RequestBed("fatou", "k2", "rose"), Known(House("rose", 3)), At(2)).Outcome());
        Assert.Equal("noBed", BedAsking.Request(alert, new RequestBed("fatou", "k3"), Known(House("rose", 3)), At(2)).Outcome());
        var drill = Searching(Press(Need.Shelter) with { Exercise = true, DrillWindowOpen = true });
        Assert.Equal("notAllowedHere", BedAsking.Request(drill, new RequestBed("fatou", "k"), Known(House("rose")), At(1)).Outcome());
        var excluded = Adding.Add(Searching(), ByCallTaker() with { Exclusions = new Exclusions { Organisations = ["homes"] } }, At(1)).Now();
        Assert.Equal("noBed", BedAsking.Request(excluded, new RequestBed("fatou", "k", "rose"), Known(House("rose")), At(2)).Outcome());
    }

    /// <summary>What a house said yes to in the same moment is given up by the person who is named, and not by the machine before her.</summary>
    [Fact]
    public void A_person_gives_up_what_a_machine_is_giving_up_and_nobody_what_she_sleeps_in()
    {
        var releasing = Cancelling.Cancel(Requested.Held(), PinVerdict.NotSet, At(5)).Now();
        Assert.Null(releasing.Request().ReleasedBy);
        var named = BedReleasing.Release(releasing, 0, "fatou", notCome: true, At(6)).Now();
        // She was not expected yet: nobody failed to come.
        Assert.Equal(("fatou", false), (named.Request().ReleasedBy, named.Request().NotCome));
        BedReleasing.Release(named, 0, "awa", notCome: false, At(7)).As<Decision.Unchanged>();
        Assert.True(BedReleasing.Release(Requested.Held().Booked(), 0, "fatou", notCome: true, At(70)).Now().Request().NotCome);
        Assert.False(BedReleasing.Release(Requested.Held(), 0, "fatou", notCome: true, At(70)).Now().Request().NotCome);
        var there = BedAnswers.Pulled(Searching(Press(Need.Shelter, Need.Legal)).Asked(House("rose")).Held().Booked(), 0, Hold(HoldStage.Occupied), At(900)).Now();
        Assert.Equal("wrongProgress", BedReleasing.Release(there, 0, "fatou", notCome: false, At(950)).Outcome());
        Assert.Equal("notFound", BedReleasing.Release(there, 1, "fatou", notCome: false, At(950)).Outcome());
    }

    [Fact]
    public void Nobody_asks_for_a_bed_when_it_is_over_or_perhaps_forced_nor_twice_nor_without_end()
    {
        static string Ask(Alert alert, string? house = null) => BedAsking.Request(alert, new RequestBed("fatou", "k", house), Known(House("rose", 3)), At(100)).Outcome();
        Assert.Equal("ended", Ask(Cancelling.Cancel(Searching(), PinVerdict.NotSet, At(5)).Now()));
        Assert.Equal("notAllowedHere", Ask(Cancelling.Cancel(Searching(), PinVerdict.Duress, At(5)).Now()));
        Assert.Equal("heldAlready", Ask(Requested.Held().Booked(), "rose"));
        var houses = Enumerable.Range(0, BedSearch.MaxRequests).Select(i => House($"h{i}")).ToArray();
        var full = houses.Aggregate(Searching(), (a, h) => PassingOver.Say(a, new PassOver(h.House.Shelter, PassedOver.Full, "fatou"), Known(houses), At(10)).Now());
        Assert.Equal("tooMany", Ask(full));
        Assert.True(BedSearching.Step(full, Known(House("rose")), At(20)).Now().Rings(RingReason.NoBed));
    }

    /// <summary>The machine's release was on its way when she pressed: its answer is no answer to hers.</summary>
    [Fact]
    public void What_the_house_answers_to_the_machine_takes_no_word_of_a_person_back()
    {
        var named = BedReleasing.Release(Cancelling.Cancel(Requested.Held(), PinVerdict.NotSet, At(5)).Now(), 0, "fatou", notCome: false, At(6)).Now();

        BedAnswers.Answered(named, Released(BedRefusal.PersonRequired, Hold(HoldStage.Booked)), At(7)).As<Decision.Unchanged>();

        Assert.True(named.Request().Owed);
        Assert.Equal(BedOver.GivenUp, BedAnswers.Answered(named, Released(), At(8)).Now().Request().Over);
    }

    /// <summary>Written down it would be given back in the same decision, and whoever asked would tell her of a bed that nobody holds.</summary>
    [Fact]
    public void Nobody_asks_another_house_while_one_has_said_yes()
    {
        var known = Known(House("rose"), House("lily", order: 1));
        static RequestBed Ask(string key) => new("fatou", key, "lily");
        var booked = Searching(Press(Need.Shelter, Need.Legal)).Asked(House("rose")).Held().Booked();
        Assert.Equal("heldAlready", BedAsking.Request(booked, Ask("k1"), known, At(70)).Outcome());
        var there = BedAnswers.Pulled(booked, 0, Hold(HoldStage.Occupied), At(900)).Now();
        Assert.Equal("heldAlready", BedAsking.Request(there, Ask("k2"), known, At(950)).Outcome());
        var left = BedAnswers.Pulled(there, 0, Hold(null, GoneHow.Left), At(1000)).Now();
        Assert.Equal(BedState.Requested, BedAsking.Request(left, Ask("k3") with { Guests = new Guests(1) }, known, At(1010)).Now().Request(1).State);
    }

    [Fact]
    public void A_house_reads_for_whom_its_own_beds_are_until_she_is_there_and_while_it_may_know_of_her()
    {
        var held = Requested.Held();
        Assert.True(BedSearching.MayReadParty(held, 0, "rose", "keeper"));
        Assert.False(BedSearching.MayReadParty(held, 0, "lily", "keeper"));
        Assert.False(BedSearching.MayReadParty(held, 1, "rose", "keeper"));
        Assert.False(BedSearching.MayReadParty(Searching(), 0, "rose", "keeper"));
        Assert.True(BedSearching.MayReadParty(held.Booked(), 0, "rose", "keeper"));
        var excluded = Adding.Add(held.Booked(), ByCallTaker() with { Exclusions = new Exclusions { Organisations = ["homes"] } }, At(90)).Now();
        Assert.Equal(BedState.Booked, excluded.Request().State);
        Assert.False(BedSearching.MayReadParty(excluded, 0, "rose", "keeper"));
        Assert.False(BedSearching.MayReadParty(BedAnswers.Pulled(held.Booked(), 0, Hold(HoldStage.Occupied), At(900)).Now(), 0, "rose", "keeper"));
    }

    [Fact]
    public void A_bed_asked_for_by_hand_opens_the_need()
    {
        var alert = BedAsking.Request(Searching(Press(Need.Health)), new RequestBed("fatou", "k"), Known(House("rose")), At(1)).Now();
        Assert.Contains(alert.Needs, n => n is { Need: Need.Shelter, Stage: NeedStage.Asking });
        Assert.Equal("fatou", alert.Request().By);
    }
}
