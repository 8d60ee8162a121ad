using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using static Dispatch.Domain.Tests.Contacts.GivenContact;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Contacts;

/// <summary>However many alerts follow, what an earlier one said of her phone and of who must not know holds for the number.</summary>
public sealed class LettingGoTests
{
    [Fact]
    public void The_oldest_leave_once_there_are_more_than_a_few_and_not_before_they_are_asked()
    {
        Assert.Empty(LettingGo.Asked(Followed(4)));
        Assert.IsType<ContactDecision.Unchanged>(Leave(Followed(4)));
        var many = Followed(6);
        Assert.Equal(6, many.FormerTies.Length);
        Assert.Equal(["a-0", "a-1"], LettingGo.Asked(many).AsEnumerable());
        Assert.Contains("a-0", Heeding.Asks(many));
        var left = Leave(many).Now();
        Assert.Equal(["a-2", "a-3", "a-4", "a-5"], left.FormerTies.Select(t => t.AlertId));
        Assert.Null(left.Mark);
        Assert.Null(left.ShutOutBefore);
    }

    [Fact]
    public void What_one_silenced_stays_silenced_unless_the_number_was_marked_since()
    {
        var many = Followed(5);
        var said = new HerPhone("a-0", At(3));
        Assert.Equal((true, At(3)), Leave(many, said).Now().Mark is { } mark ? (mark.Unsafe, mark.At) : default);
        var marked = Marking.Mark(many, new ContactMark(true, false, null, null, "fatou", At(9)), At(9)).Now();
        Assert.False(Leave(marked, said).Now().Mark!.Unsafe);
    }

    [Fact]
    public void Who_must_not_know_is_still_shut_out()
    {
        var many = Followed(5) with { ShutOut = new ShutOut(["r-1", "r-9"], []) };
        var left = LettingGo.Leave(many, [], new ShutOut(["r-1"], ["org-1"]), At(20_000)).Now();
        Assert.True(left.ShutOut!.Holds("r-9", "") && left.ShutOut.Holds("", "org-1"));
        // The others say whom they shut out, and this one is asked no more.
        var learnt = Shutting.Learn(left, ShutOut.Nobody, At(20_001)).Now();
        Assert.True(new ShutOut(["r-1"], ["org-1"]).IsAs(learnt.ShutOut!));
    }

    [Fact]
    public void One_that_is_still_owed_stays()
    {
        var many = Followed(5) with { Raises = [new OwedRaise(Help("a-0"))] };
        Assert.Empty(LettingGo.Asked(many));
        Assert.IsType<ContactDecision.Unchanged>(Leave(many));
    }

    [Fact]
    public void There_is_an_end_to_those_that_are_never_asked() => Assert.Equal(16, Followed(40).FormerTies.Length);

    private static ContactDecision Leave(Contact contact, params ImmutableArray<HerPhone> said) => LettingGo.Leave(contact, said, ShutOut.Nobody, At(20_000));

    /// <summary>She asked for help, and this many times again on other days.</summary>
    private static Contact Followed(int times)
    {
        var contact = Rings();
        for (var n = 0; n <= times; n++) contact = contact.Gets(3600 * n, Event($"help-{n}", ContactEventKind.HelpAsked, raise: Help($"a-{n}"))) with { Raises = [] };
        return contact;
    }
}
