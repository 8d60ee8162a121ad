using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Survivors;
using static Dispatch.Domain.Tests.Contacts.GivenContact;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Contacts;

/// <summary>What was said of her phone, to a call-taker or by a key, holds for her number.</summary>
public sealed class HeedingTests
{
    [Theory]
    [InlineData(Reach.Unknown, null, true)]
    [InlineData(Reach.Call, null, true)]
    [InlineData(Reach.Call, IfDropped.RingBack, true)]
    [InlineData(Reach.Call, IfDropped.NeverRing, false)]
    [InlineData(Reach.Unknown, IfDropped.Text, false)]
    [InlineData(Reach.Sms, null, false)]
    [InlineData(Reach.None, null, false)]
    public void The_machine_rings_only_where_her_alert_lets_it(Reach reach, IfDropped? dropped, bool may)
    {
        Assert.Equal(may, Heeding.MayRing(Missed(), [new HerPhone("a-1", null, reach, dropped)]));
        // Of an earlier one only that the phone is in other hands.
        Assert.True(Heeding.MayRing(Missed(), [new HerPhone("a-0", null, reach, dropped)]));
        Assert.False(Heeding.MayRing(Missed(), [new HerPhone("a-0", At(3), reach, dropped)]));
    }

    [Fact]
    public void What_a_human_wrote_down_of_the_number_later_is_newer()
    {
        var said = new HerPhone("a-1", null, Reach.None, IfDropped.NeverRing) { SaidAt = At(20) };
        Assert.False(Heeding.MayRing(Marking.Mark(Missed(), Mark("fatou", 15), At(15)).Now(), [said]));
        Assert.False(Heeding.MayText(Marking.Mark(Missed(), Mark("fatou", 15), At(15)).Now(), [said], At(50)));
        Assert.True(Heeding.MayRing(Marking.Mark(Missed(), Mark("fatou", 25), At(25)).Now(), [said]));
        Assert.True(Heeding.MayText(Marking.Mark(Missed(), Mark("fatou", 25), At(25)).Now(), [said], At(50)));
    }

    [Fact]
    public void A_silenced_phone_is_an_unsafe_number_until_a_human_marks_it_later()
    {
        var said = new HerPhone("a-1", At(30), Reach.None);
        var heeded = Heeding.Heed(Missed(), [said]);
        Assert.Equal((true, At(30)), (heeded.Mark!.Unsafe, heeded.Mark.At));
        Assert.Equal("human", heeded.CallBack!.Over);
        var earlier = Marking.Mark(Missed(), Mark("fatou", 20), At(20)).Now();
        Assert.True(Heeding.Heed(earlier, [said]).Mark!.Unsafe);
        Assert.False(Heeding.MayText(earlier, [said], At(50)));
        var later = Marking.Mark(Missed(), Mark("fatou", 40), At(40)).Now();
        Assert.Equal((false, true), (Heeding.Heed(later, [said]).Mark!.Unsafe, Heeding.MayText(later, [said], At(50))));
        var byHer = Missed().Gets(40, Event("no", ContactEventKind.HelpAsked) with { NoCalls = true, NoTexts = true });
        Assert.True(Heeding.Heed(byHer, [said]).Mark!.Unsafe);
    }

    [Fact]
    public void What_is_taken_down_beside_an_alert_gives_no_silenced_phone_back_and_marking_the_number_does()
    {
        var said = new HerPhone("a-1", At(30));
        var taken = Missed().Gets(40, Event("said", ContactEventKind.Marked) with { Mark = Mark("awa", 40) });
        Assert.True(taken.Mark!.MayCall);
        Assert.True(Heeding.Heed(taken, [said]).Mark!.Unsafe);
        Assert.False(Heeding.MayRing(taken, [said]));
        Assert.False(Heeding.MayText(taken, [said], At(50)));
        // Of how she wants to be reached it is the newer word all the same.
        Assert.True(Heeding.MayRing(taken, [new HerPhone("a-1", null, Reach.None) { SaidAt = At(20) }]));

        var hers = Marking.Mark(taken, Mark("fatou", 50), At(50)).Now();
        Assert.True(Heeding.MayRing(hers, [said]));
        // Once it is hers again, what is said of it later does not undo that.
        var later = hers.Gets(60, Event("said again", ContactEventKind.Marked) with { Mark = Mark("awa", 60) });
        Assert.False(Heeding.Heed(later, [said]).Mark!.Unsafe);
        Assert.False(Heeding.Heed(later.Gets(70, Event("no", ContactEventKind.HelpAsked) with { NoCalls = true, NoTexts = true }), [said]).Mark!.Unsafe);
        // What is silenced after that is.
        Assert.True(Heeding.Heed(later, [said with { SilencedAt = At(80) }]).Mark!.Unsafe);
    }

    [Fact]
    public void What_a_cancel_under_duress_and_the_line_say_the_later_holds()
    {
        var alert = Raising.Raise(null, Press(), At(0)) is Decision.Changed { Alert: var raised } ? raised : null!;
        Assert.Null(HerPhone.Of(alert).SilencedAt);
        Assert.Equal(At(9), HerPhone.Of(alert with { DuressAt = At(9), PhoneUnsafeAt = At(5) }).SilencedAt);
        Assert.Equal(At(9), HerPhone.Of(alert with { DuressAt = At(5), PhoneUnsafeAt = At(9) }).SilencedAt);
        Assert.Equal(At(9), HerPhone.Of(alert with { DuressAt = At(9) }).SilencedAt);
    }

    [Fact]
    public void A_human_may_ring_where_she_only_said_not_to_ring_back_and_never_a_phone_in_other_hands()
    {
        var rung = CallingBack.ByHuman(Missed().TakenBy("fatou", 60, RingReason.CallBackOwed), "fatou", At(61)).Now();
        Assert.True(Heeding.MayRing(rung, [new HerPhone("a-1", null, Reach.Call, IfDropped.NeverRing)]));
        Assert.False(Heeding.MayRing(rung, [new HerPhone("a-1", At(3))]));
    }

    [Theory]
    [InlineData(IfDropped.NeverRing, 0)]
    [InlineData(IfDropped.Text, 0)]
    [InlineData(IfDropped.RingBack, 1)]
    [InlineData(null, 1)]
    public void If_the_line_drops_is_part_of_the_mark(IfDropped? dropped, int tries)
    {
        var marked = Rings().Gets(1, Event("marked", ContactEventKind.Marked) with { Mark = Mark("fatou", 1) with { IfDropped = dropped } });
        Assert.Equal(tries, marked.HangsUp(10).Until(10, 20).CallBack!.Tries);
        Assert.Equal("fatou", marked.Events[^1].By);
        // Said while it is due, it ends that.
        var during = Rings().HangsUp(10).Gets(11, Event("marked", ContactEventKind.Marked) with { Mark = Mark("fatou", 1) with { IfDropped = dropped } });
        Assert.Equal(tries, during.Until(11, 20).CallBack!.Tries);
    }

    [Fact]
    public void Keys_and_texts_narrow_what_is_marked_and_never_widen_it()
    {
        var none = Rings().Gets(1, Event("no", ContactEventKind.HelpAsked, raise: Help("a-1")) with { NoCalls = true, NoTexts = true });
        Assert.Equal((false, false, Consent.Survivor), (none.Mark!.MayCall, none.Mark.MayText, none.Mark.By));
        Assert.Equal(0, none.HangsUp(10).Until(10, 20).CallBack!.Tries);

        var marked = Marking.Mark(Rings(), Mark("fatou", 1) with { From = "08:00" }, At(1)).Now();
        var stopped = marked.Gets(2, Event("stop", ContactEventKind.TextArrived) with { NoTexts = true });
        Assert.Equal((true, false, "08:00"), (stopped.Mark!.MayCall, stopped.Mark.MayText, stopped.Mark.From));
        Assert.Null(Rings().Gets(2, Event("stop", ContactEventKind.TextArrived) with { NoTexts = true }).Mark);

        var isUnsafe = Marking.Mark(Rings(), Mark("fatou", 1) with { Unsafe = true }, At(1)).Now();
        Assert.True(isUnsafe.Gets(2, Event("no", ContactEventKind.HelpAsked) with { NoCalls = true, NoTexts = true }).Mark!.Unsafe);
        // What is taken down beside an alert does not make it hers again either; marking the number itself does.
        Assert.True(isUnsafe.Gets(2, Event("said", ContactEventKind.Marked) with { Mark = Mark("awa", 2) }).Mark!.Unsafe);
        Assert.False(Marking.Mark(isUnsafe, Mark("awa", 2), At(2)).Now().Mark!.Unsafe);
    }

    [Fact]
    public void Only_a_call_taker_says_what_holds_if_the_line_drops()
    {
        var alert = Raising.Raise(null, Press() with { IfDropped = IfDropped.NeverRing }, At(0)) is Decision.Changed { Alert: var raised } ? raised : null!;
        Assert.Equal(IfDropped.NeverRing, alert.IfDropped);
        var added = Assert.IsType<Decision.Changed>(Adding.Add(alert, new AddToAlert { Reach = Reach.Call, IfDropped = IfDropped.RingBack, Authorised = true, By = Consent.Survivor }, At(1))).Alert;
        Assert.Equal(IfDropped.NeverRing, added.IfDropped);
        added = Assert.IsType<Decision.Changed>(Adding.Add(alert, new AddToAlert { Reach = Reach.Call, IfDropped = IfDropped.RingBack, Authorised = true, By = "fatou" }, At(1))).Alert;
        Assert.Equal((IfDropped.RingBack, At(1)), (added.IfDropped, added.ReachAt));
        // Without a word on how she is reached: she only said that nobody rings if the line drops.
        var silent = Assert.IsType<Decision.Changed>(Adding.Add(alert, new AddToAlert { IfDropped = IfDropped.Text, Authorised = true, By = "fatou" }, At(2))).Alert;
        Assert.Equal((IfDropped.Text, alert.Reach), (silent.IfDropped, silent.Reach));
        Assert.Equal((At(0), At(1)), (HerPhone.Of(alert).SaidAt, HerPhone.Of(added).SaidAt));
    }

    private static ContactMark Mark(string by, double at) => new(true, true, null, null, by, At(at));

    /// <summary>Tied to an alert, and rung off before anybody had her.</summary>
    private static Contact Missed() => Rings().Gets(1, Event("help", ContactEventKind.HelpAsked, "call-1", Help("a-1"))).HangsUp(10);
}
