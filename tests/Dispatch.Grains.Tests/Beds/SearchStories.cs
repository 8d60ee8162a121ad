using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Shelters;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Alerts;
using Dispatch.Storage;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Beds;

/// <summary>A bed is held for her in the moment she needs it, and what nobody needs any more is free again.</summary>
public sealed class SearchStories
{
    [Fact]
    public void A_bed_is_held_at_the_press_and_hers_when_the_house_says_yes()
    {
        using var city = Homes.With(("rose", 1));
        var alert = city.Raise();
        Assert.Equal(1, city.Beds("rose").Held);
        Assert.Equal(BedState.Held, city.Request(alert).State);

        city.Answers("rose", alert);

        Assert.Equal(NeedStage.Filled, city.ShelterNeed(alert));
        var seen = city.Host(() => city.Alert(alert).SurvivorView())!;
        Assert.Equal((SurvivorStatus.Accepted, Mode.ReceivesHer), (seen.Status, Assert.Single(seen.Needs).Mode));
        Assert.Empty(city.Queue().Items);

        city.Arrives("rose", alert);
        Assert.Equal(EndedHow.Resolved, city.State(alert).Ending?.How);
        Assert.Equal(1, city.Beds("rose").Occupied);
    }

    [Fact]
    public void Of_two_who_need_the_only_bed_one_has_it_and_the_line_is_rung_for_the_other()
    {
        using var city = Homes.With(("rose", 1));
        var first = city.Raise();
        var second = city.Raise();

        Assert.Equal(BedState.Held, city.Request(first).State);
        Assert.DoesNotContain(city.Requests(second), r => r.Open);
        Assert.Contains(city.Queue().Items, i => i.AlertId == second && i.Reason is RingReason.NoBed);
        Assert.DoesNotContain(city.Queue().Items, i => i.AlertId == first && i.Reason is RingReason.NoBed);
        Assert.Equal(1, city.Beds("rose").Held);
    }

    /// <summary>The one who has it is cancelled: the bed goes to the other within a quarter of a minute, and the line need not ask any more.</summary>
    [Fact]
    public void A_bed_that_becomes_free_goes_to_who_still_looks_for_one()
    {
        using var city = Homes.With(("rose", 1));
        var first = city.Raise();
        var second = city.Raise();

        city.Host(() => city.Alert(first).Cancel(PinVerdict.NotSet));
        city.Advance(16);
        Assert.Equal(BedState.Held, city.Requests(second).Last().State);
        city.Answers("rose", second);

        Assert.DoesNotContain(city.Queue().Items, i => i.Reason is RingReason.NoBed);
        Assert.Equal(new BoardLine(BedKind.Bed, 1, 0, 0, 1, 0, 0), city.Beds("rose"));
    }

    [Fact]
    public void A_house_that_says_no_sends_the_search_to_the_next_one()
    {
        using var city = Homes.With(("rose", 1), ("lily", 1));
        var alert = city.Raise();

        city.Answers("rose", alert, yes: false);

        Assert.Equal([BedOver.Declined, null], city.Requests(alert).Select(r => r.Over));
        Assert.Equal(BedState.Held, city.Requests(alert)[1].State);
        Assert.Equal((1, 0), (city.Beds("rose").Free, city.Beds("lily").Free));
        city.Answers("lily", alert);
        Assert.Equal(NeedStage.Filled, city.ShelterNeed(alert));
    }

    [Fact]
    public void A_house_that_does_not_answer_keeps_its_hold_while_the_next_one_is_asked_and_loses_it_to_its_yes()
    {
        using var city = Homes.With(("rose", 1), ("lily", 1));
        var alert = city.Raise();
        city.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal([BedState.Held, BedState.Held], city.Requests(alert).Select(r => r.State));

        city.Answers("lily", alert);
        city.Advance(1);

        Assert.Equal(BedOver.GivenUp, city.Requests(alert)[0].Over);
        Assert.Equal((1, 1), (city.Beds("rose").Free, city.Beds("lily").Booked));
    }

    [Fact]
    public void A_hold_cancelled_while_it_is_on_its_way_leaves_the_bed_free_in_the_end()
    {
        using var city = Homes.With(("rose", 1));
        city.Store.Fault = write => write.Id.ToString().Contains("rose", StringComparison.Ordinal) ? new StoreUnavailableException("full") : null;
        var alert = city.Raise();
        Assert.Equal(BedState.Requested, city.Request(alert).State);

        city.Host(() => city.Alert(alert).Cancel(PinVerdict.NotSet));
        Assert.Equal(BedState.Releasing, city.Request(alert).State);
        city.Store.Fault = null;
        city.Advance(30);

        Assert.Equal(BedOver.GivenUp, city.Request(alert).Over);
        Assert.Equal(1, city.Beds("rose").Free);
        // What the first try sent may still come: it is refused.
        var late = city.Host(() => city.House("rose").Hold(new HoldBeds(Homes.HoldOf(alert, city.Request(alert)), city.Request(alert).AskedAt, new Guests(1))));
        Assert.Equal(BedRefusal.HoldOver, late.Refused);
        Assert.True(city.State(alert).Over);
    }

    /// <summary>The request is durable and the process dies before the house hears of it.</summary>
    [Fact]
    public void A_crash_between_writing_the_request_and_asking_the_house_costs_time_and_nothing_else()
    {
        using var city = Homes.With(("rose", 1));
        city.Store.Fault = write => write.Id.ToString().Contains("rose", StringComparison.Ordinal) ? new StoreUnavailableException("full") : null;
        var alert = city.Raise();
        var asked = city.Request(alert);
        Assert.Equal(BedState.Requested, asked.State);

        city.CrashAndRestart();
        city.Advance(6);

        Assert.Equal((BedState.Held, asked.AskedAt), (city.Request(alert).State, city.Request(alert).AskedAt));
        Assert.Equal(1, city.Beds("rose").Held);
    }

    /// <summary>The first try was not answered and may still be on its way; the second finds the bed taken. When it is free again, the first must not take it.</summary>
    [Fact]
    public void A_refusal_after_an_unanswered_try_leaves_no_hold_that_may_come_late()
    {
        using var city = Homes.With(("rose", 1));
        city.Store.Fault = write => write.Id.ToString().Contains("rose", StringComparison.Ordinal) ? new StoreUnavailableException("full") : null;
        var alert = city.Raise();
        Assert.Equal(BedState.Requested, city.Request(alert).State);
        city.Store.Fault = null;
        var other = new HoldId("other", 0, "rose").ToString();
        var asked = city.Clock.GetUtcNow();
        Assert.Null(city.Host(() => city.House("rose").Hold(new HoldBeds(other, asked, new Guests(1)))).Refused);

        city.Advance(10);
        Assert.Equal(BedOver.Refused, city.Requests(alert)[0].Over);
        city.Host(() => city.House("rose").Release(new ReleaseBeds(other, asked, "staff")));
        var late = city.Host(() => city.House("rose").Hold(new HoldBeds(Homes.HoldOf(alert, city.Requests(alert)[0]), city.Requests(alert)[0].AskedAt, new Guests(1))));

        Assert.Equal(BedRefusal.HoldOver, late.Refused);
    }

    /// <summary>The house cannot note yet that the first try must not count. The call-taker hears no all the same, and not of a bed that nobody holds.</summary>
    [Fact]
    public void Whoever_asks_again_after_a_refusal_that_is_not_yet_made_sure_of_hears_no()
    {
        using var city = Homes.With(new CityOptions { Rules = Homes.Rules() with { BedsByHand = true } }, ("rose", 1));
        var alert = city.Raise();
        Func<RowWrite, Exception?> full = write => write.Id.ToString().Contains("rose", StringComparison.Ordinal) ? new StoreUnavailableException("full") : null;
        city.Store.Fault = full;
        var command = new RequestBed("fatou", "key", "rose");
        Assert.Equal(BedState.Requested, city.Host(() => city.Alert(alert).RequestBed(command)).Request?.State);
        city.Store.Fault = null;
        Assert.Null(city.Host(() => city.House("rose").Hold(new HoldBeds(new HoldId("other", 0, "rose").ToString(), city.Clock.GetUtcNow(), new Guests(1)))).Refused);
        city.Store.Fault = full;
        city.Advance(3);
        Assert.Equal((BedState.Releasing, (BedRefusal?)BedRefusal.NoBed), (city.Request(alert).State, city.Request(alert).Refused));

        Assert.Equal(Refusal.NoBed, city.Host(() => city.Alert(alert).RequestBed(command)).Refused);

        city.Store.Fault = null;
        city.Advance(30);
        Assert.All(city.Requests(alert), request => Assert.Equal(BedOver.Refused, request.Over));
        Assert.Equal((0, 1), (city.Beds("rose").Free, city.Beds("rose").Held));
    }

    [Fact]
    public void What_a_house_said_yes_to_is_given_back_by_a_person_alone()
    {
        using var city = Homes.With(("rose", 1));
        var alert = city.Raise();
        city.Answers("rose", alert);

        city.Host(() => city.Alert(alert).Cancel(PinVerdict.NotSet));
        city.Advance(120);
        Assert.Equal(1, city.Beds("rose").Booked);
        Assert.Equal(RingReason.BedBooked, Assert.Single(city.Queue().Items).Reason);

        Assert.Null(city.Host(() => city.Alert(alert).ReleaseBed(new ReleaseBed(0, "fatou"))).Refused);
        city.Advance(1);

        Assert.Equal(1, city.Beds("rose").Free);
        Assert.Empty(city.Queue().Items);
        Assert.True(city.State(alert).Over);
    }

    /// <summary>The house's yes and her cancel cross each other.</summary>
    [Fact]
    public void A_yes_that_nobody_had_heard_of_when_she_cancelled_rings_the_line()
    {
        using var city = Homes.With(("rose", 1));
        var alert = city.Raise();
        city.Host(() => city.House("rose").Confirm(new AnswerHold(Homes.HoldOf(alert, city.Request(alert)), true, "staff")));

        city.Host(() => city.Alert(alert).Cancel(PinVerdict.NotSet));
        city.Advance(1);

        Assert.Equal(BedState.Booked, city.Request(alert).State);
        Assert.Equal(RingReason.BedBooked, Assert.Single(city.Queue().Items).Reason);
    }

    [Fact]
    public void A_bed_that_a_house_takes_back_is_searched_again()
    {
        using var city = Homes.With(("rose", 1), ("lily", 1));
        var alert = city.Raise();
        city.Answers("rose", alert);
        var request = city.Requests(alert)[0];

        city.Host(() => city.House("rose").Release(new ReleaseBeds(Homes.HoldOf(alert, request), request.AskedAt, "staff")));
        city.Advance(16);

        Assert.Equal(NeedStage.Asking, city.ShelterNeed(alert));
        Assert.Equal(BedState.Held, city.Requests(alert)[1].State);
    }

    /// <summary>The host that took the house's yes died before it could nudge the alert.</summary>
    [Fact]
    public void A_yes_that_nobody_passes_on_is_found_within_fifteen_seconds()
    {
        using var city = Homes.With(("rose", 1));
        var alert = city.Raise();
        city.Host(() => city.House("rose").Confirm(new AnswerHold(Homes.HoldOf(alert, city.Request(alert)), true, "staff")));
        Assert.Equal(NeedStage.Asking, city.ShelterNeed(alert));

        city.Advance(15);

        Assert.Equal(NeedStage.Filled, city.ShelterNeed(alert));
    }

    /// <summary>The house has written it down and its answer was lost: asked again, it is the same hold.</summary>
    [Fact]
    public void A_hold_whose_answer_was_lost_is_asked_for_again_under_the_same_name()
    {
        using var city = Homes.With(("rose", 2));
        var lost = 0;
        city.Store.LostAnswer = write => write.Id.ToString().Contains("rose", StringComparison.Ordinal) && write.Id.Table == "grain-state" && lost++ == 0 ? new IOException("lost") : null;
        var alert = city.Raise();
        Assert.Equal((1, BedState.Requested), (lost, city.Request(alert).State));

        city.Advance(3);

        Assert.Equal(BedState.Held, city.Request(alert).State);
        Assert.Equal(1, city.Beds("rose").Held);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Of_twenty_who_press_at_once_as_many_get_a_bed_as_there_are(int seed)
    {
        using var city = Homes.With(new CityOptions { Rules = Homes.Rules(), Seed = seed }, ("rose", 2), ("lily", 3));
        var presses = Enumerable.Range(0, 20).Select(_ => city.Press()).ToArray();
        city.Host(() => Task.WhenAll(presses.Select(p => city.Alert(p.Id).Raise(p))));
        city.Advance(20);

        var held = presses.Count(p => city.Requests(p.Id).Any(r => r.State is BedState.Held));
        Assert.Equal((5, 2, 3), (held, city.Beds("rose").Held, city.Beds("lily").Held));
        Assert.Equal(15, city.Queue().Items.Count(i => i.Reason is RingReason.NoBed));
    }

    [Fact]
    public void A_drill_and_a_protocol_that_says_by_hand_hold_no_bed()
    {
        using var city = Homes.With(("rose", 1));
        city.Raise(press => press with { Exercise = true, DrillWindowOpen = true });
        city.Advance(60);
        Assert.Equal(1, city.Beds("rose").Free);

        using var byHand = Homes.With(new CityOptions { Rules = Homes.Rules() with { BedsByHand = true } }, ("rose", 1));
        var alert = byHand.Raise();
        byHand.Advance(60);
        Assert.Equal(1, byHand.Beds("rose").Free);
        Assert.DoesNotContain(byHand.Queue().Items, i => i.Reason is RingReason.NoBed);

        var asked = byHand.Host(() => byHand.Alert(alert).RequestBed(new RequestBed("fatou", "key")));
        Assert.Equal((null, BedState.Held), (asked.Refused, asked.Request?.State));
        Assert.Equal(asked.Request, byHand.Host(() => byHand.Alert(alert).RequestBed(new RequestBed("fatou", "key"))).Request);
        Assert.Equal(1, byHand.Beds("rose").Held);
    }

    [Fact]
    public void An_area_without_houses_asks_people_as_before()
    {
        using var city = Homes.With();
        city.OnDuty("amal", Need.Shelter);
        var alert = city.Raise();
        city.Advance(30);

        Assert.Empty(city.Requests(alert));
        Assert.DoesNotContain(city.Queue().Items, i => i.Reason is RingReason.NoBed);
        city.Phones.ExpectsOffer("amal");
    }

    /// <summary>As while the host dies on which it lived. What people decide and whom the alert asks does not wait for it.</summary>
    [Fact]
    public void A_house_that_hangs_keeps_nobody_from_being_asked()
    {
        using var city = Homes.With(("rose", 1));
        city.CrashAndRestart();
        city.Store.Hang = row => row.ToString().Contains("rose", StringComparison.Ordinal);
        var alert = city.Raise();
        city.Advance(130);

        city.OnDuty("amal", Need.Shelter);
        city.Advance(30);

        var asked = Assert.Single(city.State(alert).Offers).At;
        Assert.Equal(asked, city.Phones.Arrived.First(a => a.Notice is { Kind: NoticeKind.Offer, Recipient: "amal" }).At);
    }

    [Fact]
    public void Whoever_was_asked_for_shelter_stands_down_when_a_house_says_yes()
    {
        using var city = Homes.With(("rose", 1));
        city.OnDuty("amal", Need.Shelter);
        var alert = city.Raise();
        city.Phones.ExpectsOffer("amal");

        city.Answers("rose", alert);

        city.Phones.ExpectsStandDown("amal");
    }
}
