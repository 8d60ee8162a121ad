using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Survivors;
using static Dispatch.Domain.Tests.Contacts.GivenContact;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Contacts;

/// <summary>An alert that names a number says that somebody else may hold the phone: no machine uses the number, and nothing more is taken from whoever has it.</summary>
public sealed class HearsayTests
{
    [Fact]
    public void No_machine_rings_or_writes_there_and_a_human_is_owed()
    {
        var missed = Rings().HangsUp(10);
        Assert.True(CallingBack.MayRing(missed, At(14)));
        var silenced = missed.Gets(11, Silenced(At(11)));
        Assert.False(CallingBack.MayRing(silenced, At(14)));
        Assert.Equal("human", silenced.CallBack!.Over);
        Assert.NotNull(silenced.Untaken(RingReason.CallBackOwed));
        var texted = Marking.Mark(Rings(), Said("fatou", 1), At(1)).Now().Gets(2, Silenced(At(2)));
        Assert.False(Marking.MayText(texted, At(12 * 3600)));
        // Of a number that was never heard of, too.
        Assert.Equal((true, true, Heeding.ByAlert), Of(((Contact?)null).Gets(0, Silenced(At(0)))));
    }

    [Fact]
    public void Only_marking_the_number_itself_ends_it_and_what_was_marked_before_is_still_known_then()
    {
        var silenced = Marking.Mark(Rings(), Said("fatou", 1) with { IfDropped = IfDropped.NeverRing }, At(1)).Now().Gets(2, Silenced(At(2)));
        Assert.Equal(IfDropped.NeverRing, silenced.Mark!.IfDropped);
        Assert.Equal((true, true, "awa"), Of(silenced.Gets(3, Event("said", ContactEventKind.Marked) with { Mark = Said("awa", 3) })));
        Assert.Equal((true, true, Consent.Survivor), Of(silenced.Gets(3, Event("no", ContactEventKind.HelpAsked) with { NoCalls = true, NoTexts = true })));
        var marked = Marking.Mark(silenced, Said("awa", 4), At(4)).Now();
        Assert.Equal((false, false, "awa"), Of(marked));
        // Said late, of before that, it is no news; of after that it is.
        Assert.Equal((false, false, "awa"), Of(marked.Gets(5, Silenced(At(2)) with { EventId = "again" })));
        Assert.Equal((true, true, Heeding.ByAlert), Of(marked.Gets(5, Silenced(At(5)))));
    }

    [Fact]
    public void What_the_line_or_a_tied_alert_knows_of_the_number_stays_more_than_hearsay()
    {
        var known = Marking.Mark(Rings(), Said("fatou", 1) with { Unsafe = true }, At(1)).Now();
        Assert.Equal((true, false, "fatou"), Of(known.Gets(2, Silenced(At(2)))));
        var heard = Rings().Gets(2, Silenced(At(2)));
        Assert.Equal((true, false, Heeding.ByAlert), Of(Heeding.Heed(heard, [new HerPhone("a-1", At(1))])));
        Assert.Equal((true, false, "awa"), Of(heard.Gets(3, Event("said", ContactEventKind.Marked) with { Mark = Said("awa", 3) with { Unsafe = true } })));
    }

    [Fact]
    public void It_stays_when_the_number_is_forgotten()
    {
        var heard = ((Contact?)null).Gets(0, Silenced(At(0)));
        var left = ContactKeeping.Look(heard, [], TimeSpan.FromDays(40), At(100 * 86_400)).Left!;
        Assert.Equal((true, true, true), (left.Mark!.Unsafe, left.Mark.Hearsay, left.Mark.Kept));
    }

    private static (bool Unsafe, bool Hearsay, string By) Of(Contact contact) => (contact.Mark!.Unsafe, contact.Mark.Hearsay, contact.Mark.By);

    private static ReceiveContact Silenced(DateTimeOffset at) => Event($"silenced:{at.Ticks}", ContactEventKind.Marked) with { SilencedAt = at };

    private static ContactMark Said(string by, double at) => new(true, true, null, null, by, At(at));
}
