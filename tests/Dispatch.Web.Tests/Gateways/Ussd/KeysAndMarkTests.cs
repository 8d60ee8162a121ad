using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Survivors;
using Dispatch.Web.Gateways.Texts;
using Dispatch.Web.Tests.Gateways.Texts;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Web.Tests.Gateways.Ussd;

/// <summary>Whoever holds the phone may want less than was marked of its number, and never more.</summary>
public sealed class KeysAndMarkTests(MenuHost host) : IClassFixture<MenuHost>
{
    private const string Number = "+22379000003";

    [Fact]
    public async Task A_number_that_is_marked_as_unsafe_is_not_given_out_by_its_own_keys()
    {
        var line = await Line.Of(host);
        const string number = "+22379000001";
        (await host.AfricaEnds("k1", number, "1*2")).Is(204);
        (await line.Taker.Put($"/api/v1/hotline/contacts/{line.IdOf(number)}/mark", new { mayCall = true, mayText = true, @unsafe = true })).Is(200);
        Assert.StartsWith("END", (await host.Africa("k2", number, "1*1*1*1")).Is(200).Body, StringComparison.Ordinal);
        Assert.Equal(Reach.None, (await line.AlertOf(number)).Reach);
        var mark = (await line.Contact(number)).GetProperty("mark");
        Assert.True(mark.GetProperty("unsafe").GetBoolean());
    }

    [Fact]
    public async Task No_by_a_key_is_a_mark_and_yes_by_a_key_does_not_undo_it()
    {
        var line = await Line.Of(host);
        const string number = "+22379000002";
        (await host.Africa("k3", number, "1*1*3*1")).Is(200);
        Assert.Equal(Reach.None, (await line.AlertOf(number)).Reach);
        var mark = (await line.Contact(number)).GetProperty("mark");
        Assert.Equal((false, false), (mark.GetProperty("mayCall").GetBoolean(), mark.GetProperty("mayText").GetBoolean()));
        host.Clock.Advance(TimeSpan.FromMinutes(31));
        (await host.Africa("k4", number, "1*1*1*1")).Is(200);
        var later = await Eventually.Get(() => line.AlertOf(number), a => a.RaisedAt > host.Clock.GetUtcNow() - TimeSpan.FromMinutes(5));
        Assert.Equal(Reach.None, later.Reach);
    }

    [Fact]
    public async Task A_number_of_an_alert_whose_phone_is_in_other_hands_is_not_given_out_by_its_keys_and_a_human_asks()
    {
        var line = await Line.Of(host);
        const string number = "+22379000004";
        var phone = await host.Anybody().Raised(new { safeContact = new { channel = "call", number } });
        (await line.Taker.Post($"/api/v1/alerts/{phone.Id}/phone-unsafe")).Is(200);
        (await host.Africa("k5", number, "1*1*1*1")).Is(200);
        var own = await line.AlertOf(number);
        Assert.Equal(Reach.Unknown, own.Reach);
        Assert.Null(await host.App.Services.GetRequiredService<IGrainFactory>().GetGrain<ISurvivorSessionGrain>(own.Id).SafeContact());
    }

    [Theory]
    [InlineData(Reach.Call, false, false, false, ContactChannel.None)]
    [InlineData(Reach.Sms, true, true, true, ContactChannel.None)]
    [InlineData(Reach.None, true, true, false, ContactChannel.None)]
    [InlineData(Reach.Call, true, false, false, ContactChannel.Call)]
    [InlineData(Reach.Sms, false, true, false, ContactChannel.Sms)]
    [InlineData(Reach.Sms, true, false, false, null)]
    [InlineData(Reach.Call, false, true, false, null)]
    [InlineData(Reach.Unknown, false, true, false, ContactChannel.Sms)]
    public void Only_what_both_say_is_given_out(Reach chosen, bool mayCall, bool mayText, bool isUnsafe, ContactChannel? given)
    {
        var said = HerContact.Chosen(chosen, With(new ContactMark(mayCall, mayText, "08:00", "18:00", "fatou", default) { Unsafe = isUnsafe }), Number);
        Assert.Equal(given, said?.Channel);
        if (given is ContactChannel.Call or ContactChannel.Sms) Assert.Equal(("08:00", "18:00", Number), (said!.HoursFrom, said.HoursTo, said.Number));
        else Assert.Null(said?.Number);
    }

    /// <summary>What is left of a mark after the number was forgotten gives it to nobody by itself and narrows what her keys ask for; that she is reached at all it does not forbid.</summary>
    [Theory]
    [InlineData(Reach.Unknown, true, true, false, null)]
    [InlineData(Reach.Unknown, false, true, false, null)]
    [InlineData(Reach.Call, true, false, false, ContactChannel.Call)]
    [InlineData(Reach.Sms, true, false, false, null)]
    [InlineData(Reach.Unknown, false, false, false, null)]
    [InlineData(Reach.Call, false, false, false, null)]
    [InlineData(Reach.Sms, false, false, false, null)]
    [InlineData(Reach.None, false, false, false, ContactChannel.None)]
    [InlineData(Reach.Call, true, true, true, ContactChannel.None)]
    public void A_mark_from_long_ago_only_forbids(Reach chosen, bool mayCall, bool mayText, bool isUnsafe, ContactChannel? given)
    {
        var mark = new ContactMark(mayCall, mayText, "08:00", null, "fatou", default) { Unsafe = isUnsafe, Kept = true };
        Assert.Equal(given, HerContact.Chosen(chosen, With(mark), Number)?.Channel);
    }

    /// <summary>An alert said how she wanted to be reached about it, or what to do if the line drops. What she asks for on another day is not about that alert.</summary>
    [Theory]
    [InlineData(Reach.Sms, null, Reach.Unknown, null)]
    [InlineData(Reach.Sms, null, Reach.Call, ContactChannel.Call)]
    [InlineData(Reach.None, null, Reach.Call, ContactChannel.Call)]
    [InlineData(Reach.Call, IfDropped.NeverRing, Reach.Unknown, null)]
    [InlineData(Reach.Call, IfDropped.NeverRing, Reach.Call, ContactChannel.Call)]
    [InlineData(Reach.Unknown, IfDropped.Text, Reach.Sms, ContactChannel.Sms)]
    [InlineData(Reach.Call, IfDropped.NeverRing, Reach.None, ContactChannel.None)]
    public void What_an_alert_from_long_ago_said_does_not_keep_her_from_being_reached_today(Reach said, IfDropped? dropped, Reach chosen, ContactChannel? given)
    {
        var alert = new Alert
        {
            Id = "a-1", Tenant = "XX", Organisation = "o", Area = "XX/a", Line = "one", KeyMac = "k", BodyMac = "b", WrappedKey = "w", RaisedAt = default, Stage = Stage.Ended, Reach = said, IfDropped = dropped,
        };
        var left = ContactKeeping.Look(With(null) with { Tie = new AlertTie("a-1", default, "e") { Raised = true } }, [alert], TimeSpan.FromDays(40), DateTimeOffset.UnixEpoch).Left!;
        Assert.Equal(given, HerContact.Chosen(chosen, left, Number)?.Channel);
        // The machine rings and writes as little as before.
        Assert.False(left.Mark!.MayCall || Marking.MayText(left with { Number = new Sealed<string>("box") }, DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void A_no_of_today_holds_for_what_comes_next_whatever_was_left_from_long_ago()
    {
        var left = With(new ContactMark(false, true, null, null, Heeding.ByAlert, default) { Kept = true });
        var no = new ReceiveContact { EventId = "no", Kind = ContactEventKind.HelpAsked, Tenant = "XX", Line = "one", Area = "XX/a", NoCalls = true, NoTexts = true };
        var said = Assert.IsType<ContactDecision.Changed>(Receiving.Receive(left, left.Id, no, DateTimeOffset.UnixEpoch)).Contact;
        Assert.Equal(ContactChannel.None, HerContact.Marked(said, Number)?.Channel);
        // That she wants no call allows no text that was allowed long ago.
        var noCalls = Assert.IsType<ContactDecision.Changed>(Receiving.Receive(left, left.Id, no with { NoTexts = false }, DateTimeOffset.UnixEpoch)).Contact;
        Assert.Equal(ContactChannel.None, HerContact.Marked(noCalls, Number)?.Channel);
    }

    private static Contact With(ContactMark? mark) => new() { Id = "c.1", Tenant = "XX", Line = "one", Area = "XX/a", Mark = mark };
}
