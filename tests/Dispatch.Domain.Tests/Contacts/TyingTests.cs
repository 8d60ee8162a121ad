using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using static Dispatch.Domain.Tests.Contacts.GivenContact;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Contacts;

/// <summary>Two calls for help of one number are one alert, visibly, and a human can part them.</summary>
public sealed class TyingTests
{
    [Fact]
    public void Asking_for_help_is_a_raise_that_is_owed_in_the_same_write()
    {
        var asked = Rings().Gets(5, Event("nine", ContactEventKind.HelpAsked, "call-1", Help("a-1")));
        Assert.Equal(("a-1", (string?)null), (Assert.Single(asked.Raises).Command.Id, asked.Raises[0].Into));
        Assert.Equal(("a-1", false), (asked.Tie!.AlertId, asked.Tie.Raised));
        Assert.False(asked.Idle);
        var raised = Tying.Raised(asked, asked.Raises[0], "a-1", At(6)).Now();
        Assert.True(raised.Tie!.Raised && raised.Raises.IsEmpty);
    }

    [Fact]
    public void Once_more_within_the_window_it_is_the_same_and_says_so()
    {
        var twice = Twice(60 * 29);
        Assert.Equal(("a-1", 1), (twice.Tie!.AlertId, twice.Tie.Merged));
        Assert.Equal("a-1", Assert.Single(twice.Raises).Into);
        var merged = Tying.Raised(twice, twice.Raises[0], "a-1", At(60 * 29)).Now();
        Assert.Contains(merged.Events, e => e.Kind is ContactEventKind.Merged && e.What == "a-1");
        Assert.Equal("a-1", merged.Tie!.AlertId);
    }

    [Fact]
    public void Later_it_is_another_one_and_the_first_is_remembered()
    {
        var twice = Twice((60 * 30) + 6);
        Assert.Equal(("a-2", (string?)null), (twice.Tie!.AlertId, Assert.Single(twice.Raises).Into));
        Assert.Equal("a-1", Assert.Single(twice.FormerTies).AlertId);
    }

    [Fact]
    public void Where_that_alert_is_over_it_becomes_one_of_its_own()
    {
        var twice = Twice(100);
        var own = Tying.Raised(twice, twice.Raises[0], "a-2", At(101)).Now();
        Assert.Equal(("a-2", true), (own.Tie!.AlertId, own.Tie.Raised));
        Assert.Equal("a-1", Assert.Single(own.FormerTies).AlertId);
    }

    [Fact]
    public void A_human_parts_them_and_what_was_merged_becomes_an_alert()
    {
        var twice = Tying.Raised(Twice(100), Twice(100).Raises[0], "a-1", At(101)).Now();
        var parted = Tying.Untie(twice, "a-1", Help("a-3"), "fatou", At(200)).Now();
        Assert.Equal(("a-3", "fatou"), (parted.Tie!.AlertId, parted.Tie.By));
        Assert.Equal("a-3", Assert.Single(parted.Raises).Command.Id);
        Assert.IsType<ContactDecision.Unchanged>(Tying.Untie(parted, "a-1", Help("a-3"), "fatou", At(201)));
    }

    [Fact]
    public void Pressing_on_and_on_owes_one_more_raise_and_no_heap_of_them()
    {
        var contact = Twice(100);
        for (var n = 0; n < 50; n++) contact = contact.Gets(101 + n, Event($"nine-{n}", ContactEventKind.HelpAsked, "call-1", Help($"b-{n}")));
        Assert.Single(contact.Raises);
        Assert.Equal(51, contact.Tie!.Merged);
    }

    private static Contact Twice(double at)
    {
        var first = Rings().Gets(5, Event("nine", ContactEventKind.HelpAsked, "call-1", Help("a-1")));
        return Tying.Raised(first, first.Raises[0], "a-1", At(6)).Now().Gets(at, Event("again", ContactEventKind.HelpAsked, "call-1", Help("a-2")));
    }
}
