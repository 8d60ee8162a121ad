using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Sealing;
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
        var raised = Tying.Raised(asked, asked.Raises[0], "a-1", false, At(6)).Now();
        Assert.True(raised.Tie!.Raised && raised.Raises.IsEmpty);
    }

    [Fact]
    public void Once_more_within_the_window_it_is_the_same_and_says_so()
    {
        var twice = Twice(60 * 29);
        Assert.Equal(("a-1", 1), (twice.Tie!.AlertId, twice.Tie.Merged));
        Assert.Equal("a-1", Assert.Single(twice.Raises).Into);
        var merged = Tying.Raised(twice, twice.Raises[0], "a-1", false, At(60 * 29)).Now();
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
        var own = Tying.Raised(twice, twice.Raises[0], "a-2", false, At(101)).Now();
        Assert.Equal(("a-2", true), (own.Tie!.AlertId, own.Tie.Raised));
        Assert.Equal("a-1", Assert.Single(own.FormerTies).AlertId);
    }

    [Fact]
    public void What_else_was_to_be_part_of_an_alert_that_is_over_is_part_of_the_new_one()
    {
        var twice = Twice(100).Gets(101, Event("bed", ContactEventKind.HelpAsked, "call-1", Help("a-3") with { Needs = [Need.Shelter] }));
        var own = Tying.Raised(twice, twice.Raises[0], "a-2", false, At(102)).Now();
        Assert.Equal(("a-3", "a-2"), (Assert.Single(own.Raises).Command.Id, own.Raises[0].Into));
    }

    [Fact]
    public void A_human_parts_them_and_what_was_merged_becomes_an_alert()
    {
        var twice = Tying.Raised(Twice(100), Twice(100).Raises[0], "a-1", false, At(101)).Now();
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

    [Fact]
    public void What_the_open_alert_does_not_take_is_for_a_human()
    {
        var twice = Twice(100);
        var left = Tying.Raised(twice, twice.Raises[0], "a-1", true, At(101)).Now();
        Assert.NotNull(left.Untaken(RingReason.TextWaiting));
        Assert.Equal("a-1", left.Tie!.AlertId);
        Assert.Empty(left.Raises);
    }

    [Fact]
    public void What_says_something_new_is_owed_beside_what_is_owed_already()
    {
        var contact = Twice(100).Gets(101, Event("bed", ContactEventKind.HelpAsked, "call-1", Help("a-3") with { Needs = [Need.Shelter] }));
        contact = contact.Gets(102, Event("words", ContactEventKind.HelpAsked, "call-1", Help("a-4") with { Note = new Sealed<string>("box") }));
        Assert.Equal(["a-2", "a-3", "a-4"], contact.Raises.Select(r => r.Command.Id));
        Assert.All(contact.Raises, r => Assert.Equal("a-1", r.Into));
    }

    [Fact]
    public void Where_more_is_owed_than_a_row_should_hold_a_human_reads_the_rest()
    {
        var contact = Twice(100);
        for (var n = 0; n < 20; n++) contact = contact.Gets(101 + n, Event($"words-{n}", ContactEventKind.TextArrived, null, Help($"b-{n}") with { Note = new Sealed<string>("box") }));
        Assert.Equal(Tying.MaxRaises, contact.Raises.Length);
        Assert.Equal(Tying.MaxAsked, contact.Tie!.Asked.Length);
        Assert.NotNull(contact.Untaken(RingReason.TextWaiting));
    }

    [Fact]
    public void Parted_all_that_was_merged_goes_along_and_what_the_first_alert_was_raised_with_stays()
    {
        var contact = Rings().Gets(5, Event("nine", ContactEventKind.HelpAsked, "call-1", Help("a-1") with { Needs = [Need.Legal] }));
        contact = contact.Gets(6, Event("bed", ContactEventKind.TextArrived, null, Help("a-2") with { Needs = [Need.Shelter], Note = new Sealed<string>("box-1"), Channel = IntakeChannel.Text }));
        contact = contact.Gets(7, Event("young", ContactEventKind.TextArrived, null, Help("a-3") with { Needs = [Need.Health], AgeBand = AgeBand.From12To14, Channel = IntakeChannel.Text }));
        var parted = Tying.Untie(contact with { Raises = [] }, "a-1", Help("own"), "fatou", At(200)).Now();
        var (own, words) = (parted.Raises[0], Assert.Single(parted.Raises, r => r.Carried));
        Assert.Equal([Need.Health, Need.Shelter], own.Command.Needs.Order());
        Assert.Equal(("own", AgeBand.From12To14, IntakeChannel.Text), (own.Command.Id, own.Command.AgeBand!.Value, own.Command.Channel!.Value));
        Assert.Equal(("a-2", "own"), (words.Command.Id, words.Into));
    }

    [Fact]
    public void Tied_by_a_human_what_was_asked_for_this_night_goes_along_and_nothing_older()
    {
        var contact = Rings().Gets(5, Event("nine", ContactEventKind.HelpAsked, "call-1", Help("a-1") with { Needs = [Need.Legal] })) with { Raises = [] };
        var tied = Tying.Tie(contact, "by-app", carry: true, "fatou", At(3600)).Now();
        var carried = Assert.Single(tied.Raises);
        Assert.Equal(("a-1", "by-app", true), (carried.Command.Id, carried.Into, carried.Carried));
        // That alert is over by now: it has one already, and no second one is raised.
        var done = Tying.Raised(tied, carried, null, false, At(3601)).Now();
        Assert.Equal(("by-app", 0), (done.Tie!.AlertId, done.Raises.Length));
        Assert.Empty(Tying.Tie(contact, "by-app", carry: true, "fatou", At(3600 * 13)).Now().Raises);
    }

    [Fact]
    public void Tied_to_an_alert_that_a_call_taker_made_of_what_she_says_now_nothing_of_before_is_asked_there()
    {
        var contact = Rings().Gets(5, Event("nine", ContactEventKind.HelpAsked, "call-1", Help("a-1") with { Needs = [Need.Legal] })) with { Raises = [] };
        var tied = Tying.Tie(contact, "by-staff", carry: false, "fatou", At(3600)).Now();
        Assert.Equal(("by-staff", 0, 0), (tied.Tie!.AlertId, tied.Raises.Length, tied.Tie.Asked.Length));
    }

    [Fact]
    public void Tied_by_a_human_since_it_stays_tied_so_whatever_becomes_of_what_was_owed_before()
    {
        var tied = Tying.Tie(Twice(100), "by-app", carry: false, "fatou", At(110)).Now();
        var own = Tying.Raised(tied, tied.Raises[0], "a-2", false, At(120)).Now();
        Assert.Equal(("by-app", "fatou"), (own.Tie!.AlertId, own.Tie.By));
        Assert.Equal([("a-1", true), ("a-2", true)], own.FormerTies.Select(t => (t.AlertId, t.Raised)));
        Assert.Empty(own.Raises);
    }

    [Fact]
    public void What_she_asked_for_later_is_what_her_number_is_about_although_the_first_is_raised_last()
    {
        var contact = Rings().Gets(5, Event("nine", ContactEventKind.HelpAsked, "call-1", Help("a-1")));
        contact = contact.Gets((60 * 30) + 6, Event("again", ContactEventKind.HelpAsked, "call-1", Help("a-2")));
        contact = Tying.Raised(contact, contact.Raises[1], "a-2", false, At(1900)).Now();
        contact = Tying.Raised(contact, contact.Raises[0], "a-1", false, At(2000)).Now();
        Assert.Equal("a-2", contact.Tie!.AlertId);
        Assert.Equal(("a-1", true), (Assert.Single(contact.FormerTies).AlertId, contact.FormerTies[0].Raised));
    }

    [Fact]
    public void What_cannot_be_raised_for_a_while_is_still_owed_and_a_human_hears_of_it_once()
    {
        var waits = Tying.Unreached(Twice(100), Twice(100).Raises[0], At(107)).Now();
        Assert.NotNull(waits.Untaken(RingReason.TextWaiting));
        Assert.Single(waits.Raises);
        Assert.IsType<ContactDecision.Unchanged>(Tying.Unreached(waits, waits.Raises[0], At(120)));
        Assert.IsType<ContactDecision.Unchanged>(Tying.Unreached(Twice(100) with { Raises = [] }, Twice(100).Raises[0], At(107)));
    }

    private static Contact Twice(double at)
    {
        var first = Rings().Gets(5, Event("nine", ContactEventKind.HelpAsked, "call-1", Help("a-1")));
        return Tying.Raised(first, first.Raises[0], "a-1", false, At(6)).Now().Gets(at, Event("again", ContactEventKind.HelpAsked, "call-1", Help("a-2")));
    }
}
