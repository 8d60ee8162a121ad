using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using static Dispatch.Domain.Tests.Contacts.GivenContact;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Contacts;

/// <summary>Whoever took her call is rung for it: taken is not spoken with.</summary>
public sealed class PutThroughTests
{
    [Fact]
    public void Where_nobody_picks_up_it_rings_for_everybody_by_its_first_clock()
    {
        var again = PutThrough().Gets(35, Event("no", ContactEventKind.NotConnected, "call-1"));
        var item = Assert.Single(again.Items);
        Assert.Equal((RingReason.CallRinging, At(0), At(30), (Taker?)null, "call-1"), (item.Ring.Reason, item.Ring.At, item.DueAt, item.Taken, item.Call));
        Assert.NotEqual(PutThrough().Items[0].Ring.ItemId, item.Ring.ItemId);
        Assert.Null(again.Trail.Single(f => f.ItemId == PutThrough().Items[0].Ring.ItemId).AnsweredAt);
    }

    [Fact]
    public void Who_hangs_up_before_anybody_picked_up_is_owed_a_human_and_not_rung_by_machine()
    {
        var over = PutThrough().HangsUp(30).Until(30, 300);
        Assert.NotNull(over.Untaken(RingReason.CallBackOwed));
        Assert.Null(over.CallBack);
        Assert.Equal("fatou", over.Items.Single(i => i.Ring.Reason is RingReason.CallRinging).Taken!.By);
    }

    [Fact]
    public void Who_spoke_is_owed_nothing_whichever_was_said_first()
    {
        Assert.Null(PutThrough().Gets(30, Event("yes", ContactEventKind.Connected, "call-1")).HangsUp(90).Untaken(RingReason.CallBackOwed));
        Assert.Null(PutThrough().HangsUp(90).Gets(91, Event("yes", ContactEventKind.Connected, "call-1")).Untaken(RingReason.CallBackOwed));
    }

    [Fact]
    public void What_was_missed_before_is_not_answered_by_a_word_that_comes_late()
    {
        var missed = Rings(0, "call-0").HangsUp(5, "call-0").Gets(10, Event("call-1:arrived", ContactEventKind.CallArrived, "call-1"));
        var over = missed.Gets(20, Event("put", ContactEventKind.PutThrough, "call-1")).HangsUp(30).Gets(31, Event("yes", ContactEventKind.Connected, "call-1"));
        Assert.Equal(At(5), over.Untaken(RingReason.CallBackOwed)!.Ring.At);
    }

    [Fact]
    public void Whoever_rings_her_back_herself_answers_what_the_lost_call_left()
    {
        var rung = CallingBack.ByHuman(PutThrough().HangsUp(30), "fatou", At(40)).Now();
        var reached = rung.Gets(50, Event("sign", ContactEventKind.CallBackAnswered, "back-1"));
        Assert.Null(reached.Untaken(RingReason.CallBackOwed));
        // And who is not put through then either has it still.
        var lost = reached.Gets(55, Event("put-2", ContactEventKind.PutThrough, "back-1")).Gets(80, Event("no-2", ContactEventKind.NotConnected, "back-1"));
        Assert.Equal("back-1", lost.Untaken(RingReason.CallRinging)!.Call);
    }

    private static Contact PutThrough() => Rings().TakenBy("fatou", 10, RingReason.CallRinging).Gets(12, Event("put", ContactEventKind.PutThrough, "call-1"));
}
