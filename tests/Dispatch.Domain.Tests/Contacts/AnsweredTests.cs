using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Hotline;
using static Dispatch.Domain.Tests.Contacts.GivenContact;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Contacts;

/// <summary>What counts as answered: a human took her call and spoke with her, or still may.</summary>
public sealed class AnsweredTests
{
    [Fact]
    public void Taken_while_she_is_on_the_line_and_spoken_with_is_answered_when_it_was_taken()
    {
        var spoke = PutThrough().Gets(22, Event("yes", ContactEventKind.Connected, "call-1")).HangsUp(90);
        Assert.Equal((At(20), false), Figure(spoke, RingReason.CallRinging));
        Assert.Equal((At(20), false), Figure(Closes(spoke, 100), RingReason.CallRinging));
        // Not over yet.
        Assert.Equal((At(20), false), Figure(PutThrough(), RingReason.CallRinging));
    }

    [Fact]
    public void Who_hung_up_before_anybody_picked_up_was_not_answered_however_it_is_closed()
    {
        var gone = PutThrough().HangsUp(30);
        Assert.Equal((null, true), Figure(gone, RingReason.CallRinging));
        Assert.Equal((null, false), Figure(gone, RingReason.CallBackOwed));
        Assert.Equal((null, true), Figure(Closes(gone, 100), RingReason.CallRinging));
        Assert.Equal(EndedHow.Resolved, Closes(gone, 100).Trail.Single(f => f.Reason is RingReason.CallRinging).Outcome);
    }

    [Fact]
    public void Whoever_took_it_and_was_never_rung_for_her_has_not_answered_her()
    {
        var gone = Rings().TakenBy("fatou", 20, RingReason.CallRinging).HangsUp(30);
        Assert.Equal((null, true), Figure(gone, RingReason.CallRinging));
        Assert.Equal("fatou", gone.Items.Single().Taken!.By);
        // Given back it is a missed call, the first one.
        var given = ContactClaims.Apply(gone, new Claim(gone.Items.Single().Ring.ItemId, ClaimState.HandedBack, "fatou", At(60)), At(60)).Now();
        Assert.False(given.Trail.Single(f => f.Reason is RingReason.CallBackOwed).GivenBack);
    }

    [Fact]
    public void A_word_that_she_was_spoken_with_counts_also_where_it_comes_after_the_end() =>
        Assert.Equal((At(20), false), Figure(PutThrough().HangsUp(90).Gets(91, Event("yes", ContactEventKind.Connected, "call-1")), RingReason.CallRinging));

    [Fact]
    public void A_call_back_is_answered_by_whoever_takes_it()
    {
        var taken = Rings().HangsUp(5).TakenBy("fatou", 100, RingReason.CallBackOwed);
        Assert.Equal((At(100), false), Figure(taken, RingReason.CallBackOwed));
        Assert.Equal((null, true), Figure(taken, RingReason.CallRinging));
    }

    private static Contact PutThrough() => Rings().TakenBy("fatou", 20, RingReason.CallRinging).Gets(21, Event("put", ContactEventKind.PutThrough, "call-1"));

    private static Contact Closes(Contact contact, double at) =>
        ContactClaims.Apply(contact, new Claim(contact.Items.First(i => i.Taken is not null).Ring.ItemId, ClaimState.Closed, "fatou", At(at), EndedHow.Resolved), At(at)).Now();

    private static (DateTimeOffset? AnsweredAt, bool Abandoned) Figure(Contact contact, RingReason reason) => contact.Trail.Where(f => f.Reason == reason).Select(f => (f.AnsweredAt, f.Abandoned)).Last();
}
