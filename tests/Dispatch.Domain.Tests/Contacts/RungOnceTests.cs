using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using static Dispatch.Domain.Tests.Contacts.GivenContact;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Contacts;

/// <summary>Two tries after a missed call of hers, and no more: a call of the machine that ends is no call of hers.</summary>
public sealed class RungOnceTests
{
    [Fact]
    public void Who_was_reached_and_hung_up_is_owed_a_human_and_is_not_rung_again()
    {
        var over = Reached().HangsUp(40, "back-1").Until(40, 900);
        Assert.Equal((1, "reached"), (over.CallBack!.Tries, over.CallBack.Over));
        Assert.NotNull(over.Untaken(RingReason.CallBackOwed));
    }

    [Fact]
    public void A_key_on_the_call_that_the_machine_made_asks_for_a_human_and_not_for_the_machine()
    {
        var asked = Reached().Gets(40, Event("one", ContactEventKind.CallBackAsked, "back-1")).Until(40, 900);
        Assert.Equal((1, "reached"), (asked.CallBack!.Tries, asked.CallBack.Over));
        Assert.NotNull(asked.Untaken(RingReason.CallBackOwed));
    }

    [Fact]
    public void Once_she_rings_again_herself_the_machine_may_too()
    {
        var again = Reached().HangsUp(40, "back-1").Until(40, 900).Gets(901, Event("call-2:arrived", ContactEventKind.CallArrived, "call-2")).HangsUp(905, "call-2");
        Assert.Equal((2, "noAnswer"), (again.Until(905, 1200).CallBack!.Tries, again.Until(905, 1200).CallBack!.Over));
    }

    [Fact]
    public void An_end_of_which_nobody_can_say_when_it_was_is_for_a_human_alone()
    {
        var contact = ((Contact?)null).Gets(5, Event("call-1:over", ContactEventKind.CallOver, "call-1"));
        Assert.Null(contact.CallBack);
        Assert.NotNull(contact.Untaken(RingReason.CallBackOwed));
    }

    [Fact]
    public void A_key_on_a_call_that_nobody_knows_is_for_a_human_alone()
    {
        var contact = Rings().HangsUp(10).Until(10, 900).Gets(901, Event("one", ContactEventKind.CallBackAsked, "call-9")).Until(901, 1200);
        Assert.Equal(At(10), contact.CallBack!.MissedAt);
        Assert.NotNull(contact.Untaken(RingReason.CallBackOwed));
    }

    [Theory]
    [InlineData(-5, 1)]
    [InlineData(-200, 0)]
    [InlineData(600, 1)]
    public void What_comes_late_is_rung_back_while_three_minutes_since_then_last(double said, int tries)
    {
        var contact = ((Contact?)null).Gets(1000, Event("call-1:over", ContactEventKind.CallOver, "call-1") with { MissedAt = At(1000 + said) });
        Assert.Equal(tries, contact.Until(1000, 1010).CallBack!.Tries);
        Assert.True(contact.CallBack!.MissedAt <= At(1000));
        Assert.NotNull(contact.Untaken(RingReason.CallBackOwed));
    }

    [Fact]
    public void An_end_without_a_time_is_counted_from_when_she_rang()
    {
        var contact = Rings().Gets(100, Event("over", ContactEventKind.CallOver, "call-1"));
        Assert.Equal((At(0), 1), (contact.CallBack!.MissedAt, contact.Until(100, 110).CallBack!.Tries));
        Assert.Equal(0, Rings().Gets(190, Event("over", ContactEventKind.CallOver, "call-1")).Until(190, 200).CallBack!.Tries);
    }

    private static Contact Reached() => Rings().HangsUp(10).Until(10, 14).Gets(25, Event("sign", ContactEventKind.CallBackAnswered, "back-1"));
}
