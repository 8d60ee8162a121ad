using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Hotline;
using static Dispatch.Domain.Tests.Contacts.GivenContact;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Contacts;

/// <summary>What one call-taker has of a number goes to the next: hers from then on, and answered when the first of them took it.</summary>
public sealed class PassingOnTests
{
    private static Contact Taken { get; } = Rings().TakenBy("fatou", 10, RingReason.CallRinging);

    [Fact]
    public void It_is_the_next_persons_and_nobody_else_is_called()
    {
        var next = Passed(Taken, "awa", 100);
        var item = Assert.Single(next.Items);
        Assert.Equal(("awa", Taken.Items[0].Ring.ItemId), (item.Taken!.By, item.Ring.ItemId));
        Assert.Contains(next.Events, e => e is { Kind: ContactEventKind.Taken, By: "awa" });
        Assert.DoesNotContain(next.Until(100, 400).Outbox, p => p.To is Pending.DutyOfficer or Pending.Backup);
        Assert.IsType<ContactDecision.Unchanged>(ContactClaims.Apply(next, Claimed(next, ClaimState.Taken, "awa", 100), At(101)));
    }

    [Fact]
    public void She_was_answered_when_the_first_one_took_it()
    {
        var next = Passed(Taken with { Trail = [] }, "awa", 100);
        Assert.Empty(next.Trail);
        Assert.Equal(At(10), ContactClaims.Apply(next, Claimed(next, ClaimState.Closed, "awa", 200, EndedHow.Resolved), At(200)).Now().Trail.Single().AnsweredAt);
    }

    [Fact]
    public void Passing_on_an_old_call_answers_none_that_she_missed_since()
    {
        var missed = Taken.HangsUp(40).Gets(50, Event("call-2:arrived", ContactEventKind.CallArrived, "call-2")).HangsUp(60, "call-2");
        var next = Passed(missed, "awa", 100);
        Assert.Equal(At(60), next.Untaken(RingReason.CallBackOwed)!.Ring.At);
        Assert.Null(next.CallBack!.Over);
        Assert.Null(next.Trail.Single(f => f.Reason is RingReason.CallBackOwed).AnsweredAt);
    }

    [Fact]
    public void Whoever_has_it_now_rings_her_back_and_whoever_had_it_does_not()
    {
        var next = Passed(Taken.HangsUp(40), "awa", 100);
        Assert.Equal("awa", CallingBack.ByHuman(next, "awa", At(110)).Now().CallBack!.By);
        Assert.IsType<ContactDecision.Refused>(CallingBack.ByHuman(next, "fatou", At(110)));
    }

    private static Contact Passed(Contact contact, string to, double at) => ContactClaims.Apply(contact, Claimed(contact, ClaimState.Taken, to, at), At(at)).Now();

    private static Claim Claimed(Contact contact, ClaimState state, string by, double at, EndedHow? outcome = null) =>
        new(contact.Items.Single(i => i.Taken is not null).Ring.ItemId, state, by, At(at), outcome);
}
