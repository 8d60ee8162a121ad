using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using static Dispatch.Domain.Tests.Contacts.GivenContact;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Contacts;

/// <summary>The machine rings only within three minutes of her missed call, where it may; the item is a human's in any case.</summary>
public sealed class CallBackTests
{
    [Fact]
    public void The_machine_rings_soon_and_then_once_more_and_no_more()
    {
        var missed = Rings().HangsUp(10);
        Assert.Equal(0, missed.Until(10, 12).CallBack!.Tries);
        Assert.Equal(1, missed.Until(10, 13).CallBack!.Tries);
        var all = missed.Until(10, 400);
        Assert.Equal((2, true), (all.CallBack!.Tries, all.CallBack.Over is not null));
        Assert.NotNull(all.Untaken(RingReason.CallBackOwed));
    }

    [Fact]
    public void Later_than_three_minutes_only_a_human_does()
    {
        var late = CallingBack.Tick(Rings().HangsUp(10), At(191)).Now();
        Assert.Equal((0, "human"), (late.CallBack!.Tries, late.CallBack.Over));
        Assert.NotNull(late.Untaken(RingReason.CallBackOwed));
    }

    [Fact]
    public void Not_once_a_human_has_it() => Assert.Equal(0, Rings().HangsUp(10).TakenBy("fatou", 11, RingReason.CallBackOwed).Until(11, 300).CallBack!.Tries);

    [Fact]
    public void Not_where_the_line_does_not_ring_back() =>
        Assert.Null(Rings().Gets(10, Event("over", ContactEventKind.CallOver, "call-1") with { RingsBack = false }).CallBack);

    [Theory]
    [InlineData(false, false, null, null, 0)]
    [InlineData(true, true, null, null, 0)]
    [InlineData(true, false, "08:00", "18:00", 0)]
    [InlineData(true, false, "21:00", "23:00", 1)]
    [InlineData(true, false, null, null, 1)]
    public void Only_where_and_when_a_human_marked_it_as_safe(bool mayCall, bool isUnsafe, string? from, string? until, int tries)
    {
        var marked = Marking.Mark(Rings(), new ContactMark(mayCall, true, from, until, "fatou", At(0)) { Unsafe = isUnsafe }, At(1)).Now();
        Assert.Equal(tries, marked.HangsUp(10).Until(10, 20).CallBack!.Tries);
    }

    [Fact]
    public void Hours_that_cannot_be_read_are_refused() =>
        Assert.IsType<ContactDecision.Refused>(Marking.Mark(Rings(), new ContactMark(true, true, "8", null, "fatou", At(0)), At(1)));

    [Fact]
    public void Once_she_gave_a_sign_she_is_on_the_line_and_a_human_is_owed()
    {
        var answered = Rings().HangsUp(10).Until(10, 14).Gets(25, Event("sign", ContactEventKind.CallBackAnswered, "back-1"));
        var item = Assert.Single(answered.Items);
        Assert.Equal((RingReason.CallRinging, At(25), "back-1"), (item.Ring.Reason, item.Ring.At, item.Call));
        Assert.Equal(("reached", true), (answered.CallBack!.Over, answered.Trail.Single(f => f.Reason is RingReason.CallBackOwed).ByMachine));
        // And who hangs up again before anybody came is owed one more.
        Assert.Equal(RingReason.CallBackOwed, Assert.Single(answered.HangsUp(40, "back-1").Items).Ring.Reason);
    }

    [Fact]
    public void Not_while_she_is_on_the_line_herself()
    {
        var again = Rings().HangsUp(10).Gets(12, Event("again", ContactEventKind.CallArrived, "call-2"));
        Assert.Equal(0, again.Until(12, 60).CallBack!.Tries);
    }

    [Fact]
    public void A_human_who_has_it_rings_her_whatever_the_time_and_has_her_once_she_gave_a_sign()
    {
        var late = Rings().HangsUp(10).Until(10, 600).TakenBy("fatou", 700, RingReason.CallBackOwed);
        Assert.Equal(Refusal.NotYours, Assert.IsType<ContactDecision.Refused>(CallingBack.ByHuman(late, "awa", At(701))).Why);
        var rung = CallingBack.ByHuman(late, "fatou", At(701)).Now();
        Assert.True(CallingBack.MayRing(rung, At(702)));
        Assert.IsType<ContactDecision.Unchanged>(CallingBack.ByHuman(rung, "fatou", At(703)));
        var reached = rung.Gets(715, Event("sign", ContactEventKind.CallBackAnswered, "back-9"));
        var item = Assert.Single(reached.Items);
        Assert.Equal(("fatou", "back-9", RingReason.CallBackOwed), (item.Taken!.By, item.Call, item.Ring.Reason));
        Assert.False(CallingBack.MayRing(CallingBack.Tick(rung, At(745)).Now(), At(745)));
    }

    [Fact]
    public void A_phone_that_the_machine_rings_already_is_not_rung_twice_and_she_is_put_through_to_who_asked()
    {
        var owed = Rings().HangsUp(10).Until(10, 14);
        var rings = owed.Settled(new Dictionary<string, long> { [ContactDebts.CallBack] = owed.Version });
        var asked = CallingBack.ByHuman(rings.TakenBy("fatou", 15, RingReason.CallBackOwed), "fatou", At(16)).Now();
        Assert.Equal((rings.CallBack!.MissedAt, rings.CallBack.Tries, rings.CallBack.RingsUntil), (asked.CallBack!.MissedAt, asked.CallBack.Tries, asked.CallBack.RingsUntil));
        Assert.DoesNotContain(asked.Outbox, p => p.To == ContactDebts.CallBack);
        var item = Assert.Single(asked.Gets(25, Event("sign", ContactEventKind.CallBackAnswered, "back-1")).Items);
        Assert.Equal(("fatou", "back-1"), (item.Taken!.By, item.Call));
        Assert.Equal("noAnswer", asked.Until(16, 60).CallBack!.Over);
        // What had not gone out yet is rung now.
        var unsent = CallingBack.ByHuman(owed.TakenBy("fatou", 15, RingReason.CallBackOwed), "fatou", At(16)).Now();
        Assert.Equal(At(16) + CallingBack.RingsAtMost, unsent.CallBack!.RingsUntil);
        Assert.Contains(unsent.Outbox, p => p.To == ContactDebts.CallBack);
    }

    [Fact]
    public void Not_even_a_human_rings_a_number_that_is_marked_as_unsafe()
    {
        var late = Rings().HangsUp(10).TakenBy("fatou", 700, RingReason.CallBackOwed);
        var marked = Marking.Mark(late, new ContactMark(true, true, null, null, "fatou", At(701)) { Unsafe = true }, At(701)).Now();
        Assert.Equal(Refusal.NotAllowedHere, Assert.IsType<ContactDecision.Refused>(CallingBack.ByHuman(marked, "fatou", At(702))).Why);
    }

    [Fact]
    public void A_number_that_was_withheld_cannot_be_rung()
    {
        var contact = ((Contact?)null).Gets(0, Event("over", ContactEventKind.CallOver, "call-1") with { Number = null });
        Assert.Null(contact.CallBack);
        Assert.Single(contact.Items);
    }
}
