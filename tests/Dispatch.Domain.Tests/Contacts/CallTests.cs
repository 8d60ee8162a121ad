using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Hotline;
using static Dispatch.Domain.Tests.Contacts.GivenContact;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Contacts;

public sealed class CallTests
{
    [Fact]
    public void A_call_rings_from_its_first_moment_and_is_due_by_the_lines_target()
    {
        var item = Assert.Single(Rings(2).Items);
        Assert.Equal((RingReason.CallRinging, At(2), At(32), true), (item.Ring.Reason, item.Ring.At, item.DueAt, item.Ring.Begun));
        Assert.StartsWith(Id + ":", item.Ring.ItemId, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_hangs_up_before_a_human_had_her_is_owed_a_call_within_three_minutes()
    {
        var owed = Assert.Single(Rings().HangsUp(20).Items);
        Assert.Equal((RingReason.CallBackOwed, At(20), At(200)), (owed.Ring.Reason, owed.Ring.At, owed.DueAt));
    }

    [Fact]
    public void A_line_may_say_by_when_a_missed_call_is_to_be_called_back() =>
        Assert.Equal(At(80), Rings().Gets(20, Event("over", ContactEventKind.CallOver, "call-1") with { CallBackWithin = TimeSpan.FromSeconds(60) }).Items.Single().DueAt);

    [Fact]
    public void One_ring_of_which_only_the_end_is_reported_is_a_missed_call() =>
        Assert.Equal(RingReason.CallBackOwed, Assert.Single(((Contact?)null).Gets(5, Event("call-1:over", ContactEventKind.CallOver, "call-1")).Items).Ring.Reason);

    [Fact]
    public void A_call_that_was_taken_stays_with_its_taker_after_the_end()
    {
        var item = Assert.Single(Rings().TakenBy("fatou", 10, RingReason.CallRinging).HangsUp(40).Items);
        Assert.Equal(("fatou", RingReason.CallRinging), (item.Taken!.By, item.Ring.Reason));
    }

    /// <summary>It vanished from its holder's console otherwise, and nobody knew that it was ever there.</summary>
    [Fact]
    public void However_many_calls_one_has_taken_none_of_them_makes_room_for_the_next()
    {
        var contact = Rings(0, "call-0").TakenBy("fatou", 1, RingReason.CallRinging);
        for (var n = 1; n < 12; n++) contact = contact.Gets(n * 60, Event($"call-{n}:arrived", ContactEventKind.CallArrived, $"call-{n}")).TakenBy("fatou", (n * 60) + 1, RingReason.CallRinging);
        Assert.Equal(12, contact.Items.Count(i => i.Taken?.By == "fatou"));
    }

    [Fact]
    public void More_than_anybody_has_of_one_number_make_room_for_what_rings_and_that_is_said()
    {
        var contact = Rings(0, "call-0").TakenBy("awa", 1, RingReason.CallRinging);
        for (var n = 1; n < 60; n++) contact = contact.HangsUp((n * 60) - 1, $"call-{n - 1}").Gets(n * 60, Event($"call-{n}:arrived", ContactEventKind.CallArrived, $"call-{n}")).TakenBy("fatou", (n * 60) + 1, RingReason.CallRinging);
        contact = contact.Gets(4000, Event("call-60:arrived", ContactEventKind.CallArrived, "call-60"));
        Assert.Equal((ContactRinging.MaxItems, 21), (contact.Items.Length, contact.NotKept));
        Assert.NotNull(contact.Untaken(RingReason.CallRinging));
        Assert.Contains(contact.Items, i => i.Call == "call-59");
        Assert.Contains(contact.Events, e => e is { Kind: ContactEventKind.Closed, What: "gaveWay", By: "fatou" });
    }

    [Fact]
    public void Who_is_on_the_line_makes_room_for_nobody()
    {
        var contact = Rings(0, "call-0").TakenBy("awa", 1, RingReason.CallRinging);
        for (var n = 1; n < 60; n++) contact = contact.Gets(n * 60, Event($"text-{n}", ContactEventKind.TextArrived) with { NeedsHuman = true }).TakenBy("fatou", (n * 60) + 1, RingReason.TextWaiting);
        Assert.Equal(ContactRinging.MaxItems, contact.Items.Length);
        Assert.Contains(contact.Items, i => i.Call == "call-0");
    }

    [Fact]
    public void Given_back_after_she_hung_up_it_is_a_call_back_that_is_owed_since_she_rang()
    {
        var taken = Rings().TakenBy("fatou", 10, RingReason.CallRinging).Gets(11, Event("put", ContactEventKind.PutThrough, "call-1")).Gets(12, Event("yes", ContactEventKind.Connected, "call-1")).HangsUp(40);
        var given = ContactClaims.Apply(taken, new Claim(taken.Items[0].Ring.ItemId, ClaimState.HandedBack, "fatou", At(50)), At(50)).Now();
        var item = Assert.Single(given.Items);
        Assert.Equal((RingReason.CallBackOwed, At(0), (Taker?)null), (item.Ring.Reason, item.Ring.At, item.Taken));
        Assert.NotEqual(taken.Items[0].Ring.ItemId, item.Ring.ItemId);
        Assert.True(given.Trail.Single(f => f.ItemId == item.Ring.ItemId).GivenBack);
    }

    [Fact]
    public void Given_back_while_she_is_on_the_line_it_rings_again_by_its_first_clock()
    {
        var taken = Rings().TakenBy("fatou", 10, RingReason.CallRinging);
        var item = Assert.Single(ContactClaims.Apply(taken, new Claim(taken.Items[0].Ring.ItemId, ClaimState.HandedBack, "fatou", At(50)), At(50)).Now().Items);
        Assert.Equal((RingReason.CallRinging, At(0), At(30), "call-1"), (item.Ring.Reason, item.Ring.At, item.DueAt, item.Call));
    }

    [Fact]
    public void Untaken_for_a_minute_the_duty_officer_is_called_and_a_minute_later_the_backup()
    {
        var before = Rings().Until(0, 59);
        Assert.DoesNotContain(before.Outbox, p => p.To == Pending.DutyOfficer);
        var officer = before.Until(60, 119);
        Assert.Contains(officer.Outbox, p => p.To == Pending.DutyOfficer);
        Assert.DoesNotContain(officer.Outbox, p => p.To == Pending.Backup);
        Assert.Contains(officer.Until(120, 120).Outbox, p => p.To == Pending.Backup);
        Assert.Equal(At(60), ContactClock.NextDue(Rings()));
    }

    [Fact]
    public void A_clock_that_went_back_makes_nobody_wait() =>
        Assert.Contains(ContactRinging.Tick(Rings(100), At(0)).Now().Outbox, p => p.To == Pending.DutyOfficer);

    [Fact]
    public void Who_rings_often_has_one_item_by_the_clock_of_the_first_ring()
    {
        var contact = Rings();
        for (var n = 2; n < 40; n++) contact = contact.HangsUp(n, $"call-{n - 1}").Gets(n, Event($"call-{n}:arrived", ContactEventKind.CallArrived, $"call-{n}"));
        Assert.Equal([RingReason.CallBackOwed, RingReason.CallRinging], contact.Items.Select(i => i.Ring.Reason).Order().Reverse());
        Assert.Equal(At(2), contact.Untaken(RingReason.CallBackOwed)!.Ring.At);
        Assert.True(contact.Events.Length <= 48 && contact.Calls.Length <= 4);
    }

    [Fact]
    public void Taking_her_call_answers_the_one_that_was_missed_before()
    {
        var contact = Rings().HangsUp(5).Gets(20, Event("call-2:arrived", ContactEventKind.CallArrived, "call-2")).TakenBy("fatou", 30, RingReason.CallRinging);
        Assert.Equal(RingReason.CallRinging, Assert.Single(contact.Items).Ring.Reason);
        Assert.Equal(At(30), contact.Trail.Single(f => f.Reason is RingReason.CallBackOwed).AnsweredAt);
    }

    [Fact]
    public void Asking_to_be_rung_ends_the_waiting_and_hanging_up_then_is_no_second_missed_call()
    {
        var asked = Rings().Gets(10, Event("one", ContactEventKind.CallBackAsked, "call-1"));
        Assert.Equal(RingReason.CallBackOwed, Assert.Single(asked.Items).Ring.Reason);
        var over = asked.HangsUp(15);
        Assert.Equal((At(10), At(10)), (over.Items[0].Ring.At, over.CallBack!.MissedAt));
    }

    [Fact]
    public void What_is_owed_elsewhere_leaves_nothing_of_its_own_and_is_counted()
    {
        var over = Rings().Gets(5, Event("over", ContactEventKind.CallOver, "call-1") with { OwedElsewhere = true });
        Assert.Empty(over.Items);
        Assert.True(over.Trail.Single().Abandoned);
    }

    [Fact]
    public void How_much_was_not_kept_is_known_until_whoever_was_told_closes_it()
    {
        var text = Event("t", ContactEventKind.TextArrived) with { NeedsHuman = true, NotKept = 1 };
        var drowned = Rings().Gets(1, text).Gets(2, text with { EventId = "u", NotKept = 2 });
        Assert.Equal(3, drowned.NotKept);
        // Of her call nothing was said.
        var taken = drowned.TakenBy("fatou", 3, RingReason.CallRinging);
        var closed = ContactClaims.Apply(taken, new Claim(taken.Items[0].Ring.ItemId, ClaimState.Closed, "fatou", At(4)), At(4)).Now();
        Assert.Equal(3, closed.NotKept);
        var read = closed.TakenBy("fatou", 5, RingReason.TextWaiting);
        Assert.Equal(0, ContactClaims.Apply(read, new Claim(read.Items[0].Ring.ItemId, ClaimState.Closed, "fatou", At(6)), At(6)).Now().NotKept);
    }

    [Fact]
    public void A_repeat_changes_nothing() =>
        Assert.IsType<ContactDecision.Unchanged>(Receiving.Receive(Rings(), Id, Event("call-1:arrived", ContactEventKind.CallArrived, "call-1"), At(5)));

    [Fact]
    public void An_end_that_comes_before_its_beginning_leaves_one_call_back() =>
        Assert.Equal(RingReason.CallBackOwed, Assert.Single(((Contact?)null).Gets(0, Event("call-1:over", ContactEventKind.CallOver, "call-1")).Gets(1, Event("call-1:arrived", ContactEventKind.CallArrived, "call-1")).Items).Ring.Reason);

    [Fact]
    public void Closed_as_advice_it_is_counted_and_gone()
    {
        var taken = Rings().TakenBy("fatou", 10, RingReason.CallRinging);
        var closed = ContactClaims.Apply(taken, new Claim(taken.Items[0].Ring.ItemId, ClaimState.Closed, "fatou", At(90), EndedHow.Advice), At(90)).Now();
        Assert.Empty(closed.Items);
        Assert.Equal((EndedHow.Advice, At(10)), (closed.Trail.Single().Outcome, closed.Trail.Single().AnsweredAt));
    }
}
