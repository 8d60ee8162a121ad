using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Survivors;
using static Dispatch.Domain.Tests.Contacts.GivenContact;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Contacts;

/// <summary>What came from a number is forgotten once nothing of it is open, and what protects her is not.</summary>
public sealed class ContactKeepingTests
{
    private const double Day = 86_400;

    [Fact]
    public void Idle_for_as_long_as_the_programme_says_it_is_forgotten_with_all_that_came()
    {
        var contact = Served();
        Assert.Equal(new ContactFate(At(100 + (40 * Day)), null), Look(contact, [], 100 + (40 * Day) - 1));
        Assert.Equal(new ContactFate(null, null), Look(contact, [], 100 + (40 * Day)));
        Assert.Null(Look(contact, [], 30 * Day, days: 20).KeptUntil);
    }

    [Fact]
    public void What_is_open_is_never_forgotten()
    {
        Contact[] open =
        [
            Rings(),
            Rings().TakenBy("fatou", 1, RingReason.CallRinging),
            Served() with { Outbox = [new Pending(Pending.Queue, 1)] },
            Served() with { Raises = [new OwedRaise(Help("a-1"))] },
            Served() with { Trail = [ContactFigure.Advised("k", At(0))] },
        ];
        Assert.All(open, contact => Assert.Equal(At((400 * Day) + Day), Look(contact, [], 400 * Day).KeptUntil));
        Assert.Equal(At((400 * Day) + Day), Look(Served(), [Alert("a-1")], 400 * Day).KeptUntil);
        Assert.Null(Look(Served(), [Alert("a-1") with { Stage = Stage.Ended }], 400 * Day).KeptUntil);
    }

    [Fact]
    public void What_was_done_lately_about_one_of_its_alerts_keeps_it()
    {
        var ended = Alert("a-1") with { Stage = Stage.Ended, LastNow = At(30 * Day) };
        Assert.Equal(At(70 * Day), Look(Served(), [ended], 41 * Day).KeptUntil);
    }

    [Fact]
    public void A_withheld_number_can_never_be_known_again_and_goes_early()
    {
        var contact = Served() with { Number = null };
        Assert.Equal(At(100) + ContactKeeping.Least, Look(contact, [], 9 * Day).KeptUntil);
        Assert.Null(Look(contact, [], 11 * Day).KeptUntil);
    }

    [Theory]
    [InlineData(true, true, null, null, false, null, false)]
    [InlineData(true, true, null, null, true, null, true)]
    [InlineData(false, true, null, null, false, null, true)]
    [InlineData(true, false, null, null, false, null, true)]
    [InlineData(true, true, "08:00", null, false, null, true)]
    [InlineData(true, true, null, "18:00", false, null, true)]
    [InlineData(true, true, null, null, false, IfDropped.NeverRing, true)]
    [InlineData(true, true, null, null, false, IfDropped.Text, true)]
    [InlineData(true, true, null, null, false, IfDropped.RingBack, false)]
    public void Of_a_mark_what_it_forbids_stays_and_nothing_else(bool call, bool text, string? from, string? until, bool isUnsafe, IfDropped? dropped, bool stays)
    {
        var mark = new ContactMark(call, text, from, until, "fatou", At(50)) { Unsafe = isUnsafe, IfDropped = dropped };
        var left = Look(Served() with { Mark = mark }, [], 100 * Day).Left;
        Assert.Equal(stays ? mark with { Kept = true } : null, left?.Mark);
        if (left is not null) AssertNothingElse(left);
    }

    [Fact]
    public void What_only_its_alerts_know_of_her_phone_is_written_down_before_they_are_no_longer_asked()
    {
        var tied = Served() with { Tie = new AlertTie("a-2", At(90), "e") { Raised = true }, FormerTies = [new AlertTie("a-1", At(10), "e")] };
        var ended = Alert("a-1") with { Stage = Stage.Ended };

        var silenced = Look(tied, [ended with { PhoneUnsafeAt = At(60) }], 100 * Day).Left!;
        Assert.Equal((true, At(60), true), (silenced.Mark!.Unsafe, silenced.Mark.At, silenced.Mark.Kept));
        var later = Marking.Mark(tied, new ContactMark(true, true, null, null, "fatou", At(70)), At(70)).Now() with { Outbox = [] };
        Assert.Null(Look(later, [ended with { PhoneUnsafeAt = At(60) }], 100 * Day).Left);

        var none = Look(tied, [Alert("a-2") with { Stage = Stage.Ended, Reach = Reach.None }], 100 * Day).Left!;
        Assert.Equal((false, false, false, Heeding.ByAlert), (none.Mark!.MayCall, none.Mark.MayText, none.Mark.Unsafe, none.Mark.By));
        var never = Look(tied, [Alert("a-2") with { Stage = Stage.Ended, IfDropped = IfDropped.NeverRing }], 100 * Day).Left!;
        Assert.False(never.Mark!.MayCall);
        var noText = Look(tied with { Mark = new ContactMark(true, true, null, null, Consent.Survivor, At(1)) }, [Alert("a-2") with { Stage = Stage.Ended, Reach = Reach.None }], 100 * Day).Left!;
        Assert.False(noText.Mark!.MayText);
        // Of an earlier one, only that somebody else holds the phone.
        Assert.Null(Look(tied, [ended with { Reach = Reach.None }], 100 * Day).Left);
    }

    [Fact]
    public void Who_must_not_learn_of_the_number_is_still_shut_out_when_it_begins_anew()
    {
        var tied = Served() with { ShutOut = new ShutOut(["r-1"], []) };
        var left = Look(tied, [Alert("a-1") with { Stage = Stage.Ended, Exclusions = new Exclusions { Responders = ["r-2"], Organisations = ["org-9"] } }], 100 * Day).Left!;
        AssertNothingElse(left);
        Assert.True(new ShutOut(["r-1", "r-2"], ["org-9"]).IsAs(left.ShutOut!));

        var anew = left.Gets(101 * Day, Event("new", ContactEventKind.CallArrived, "call-9"));
        Assert.True(anew.ShutOut!.Holds("r-1", ""));
        // What a later alert says is added, and takes nobody out.
        var learnt = Shutting.Learn(anew, new ShutOut(["r-7"], []), At(101 * Day)).Now();
        Assert.True(new ShutOut(["r-1", "r-2", "r-7"], ["org-9"]).IsAs(learnt.ShutOut!));
        Assert.True(new ShutOut(["r-1", "r-2"], ["org-9"]).IsAs(Shutting.Learn(learnt, ShutOut.Nobody, At(101 * Day)).Now().ShutOut!));
    }

    [Fact]
    public void What_is_left_still_forbids_and_allows_nothing_until_a_human_marks_it_anew()
    {
        var left = Look(Served() with { Mark = new ContactMark(true, true, null, null, "fatou", At(50)) { Unsafe = true } }, [], 100 * Day).Left!;
        var missed = left.Gets(101 * Day, Event("a", ContactEventKind.CallArrived, "call-9")).HangsUp((101 * Day) + 5, "call-9");
        Assert.False(CallingBack.MayRing(missed, At((101 * Day) + 9)));
        Assert.NotNull(missed.Untaken(RingReason.CallBackOwed));
        Assert.NotNull(missed.Number);

        var hours = Look(Served() with { Mark = new ContactMark(true, true, "00:00", "23:59", "fatou", At(50)) }, [], 100 * Day).Left!;
        var wrote = hours.Gets(101 * Day, Event("t", ContactEventKind.TextArrived));
        Assert.False(Marking.MayText(wrote, At(101 * Day)));
        var marked = Marking.Mark(wrote, new ContactMark(true, true, null, null, "awa", At(101 * Day)), At(101 * Day)).Now();
        Assert.True(Marking.MayText(marked, At((101 * Day) + (12 * 3600))));
        Assert.Null(Look(marked with { Items = [], Outbox = [], Trail = [] }, [], 200 * Day).Left);
    }

    [Fact]
    public void Looked_at_twice_nothing_is_lost_of_what_is_left()
    {
        var left = Look(Served() with { Mark = new ContactMark(false, false, null, null, "fatou", At(50)), ShutOut = new ShutOut(["r-1"], []) }, [], 100 * Day).Left!;
        var again = Look(left, [], 100 * Day).Left!;
        Assert.Equal(left.Mark, again.Mark);
        Assert.True(left.ShutOut!.IsAs(again.ShutOut!));
    }

    private static ContactFate Look(Contact contact, ImmutableArray<Alert> about, double at, int days = 40) => ContactKeeping.Look(contact, about, TimeSpan.FromDays(days), At(at));

    private static void AssertNothingElse(Contact left) => Assert.Equal(
        (null, null, true, true, true, null, true, null, null, true),
        ((Sealed<string>?)left.Number, left.Language, left.Events.IsEmpty, left.Calls.IsEmpty, left.Texts.IsEmpty, left.Tie, left.FormerTies.IsEmpty, left.Step, left.CallBack, left.Idle));

    private static Alert Alert(string id) => (Raising.Raise(null, Press() with { Id = id }, At(0)) is Decision.Changed { Alert: var raised } ? raised : null!) with { LastNow = At(5) };

    /// <summary>Called, was answered, and everybody has what was owed.</summary>
    private static Contact Served()
    {
        var taken = Rings().Gets(2, Event("t", ContactEventKind.TextArrived) with { Text = new Sealed<string>("words"), Language = "fr", Step = "s" }).TakenBy("fatou", 3, RingReason.CallRinging);
        return taken with { Items = [], Outbox = [], Trail = [], LastNow = At(100) };
    }
}
