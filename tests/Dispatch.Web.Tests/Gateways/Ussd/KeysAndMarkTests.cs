using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Survivors;
using Dispatch.Web.Gateways.Texts;
using Dispatch.Web.Tests.Gateways.Texts;

namespace Dispatch.Web.Tests.Gateways.Ussd;

/// <summary>Whoever holds the phone may want less than was marked of its number, and never more.</summary>
public sealed class KeysAndMarkTests(MenuHost host) : IClassFixture<MenuHost>
{
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
        var later = await Harness.Eventually.Get(() => line.AlertOf(number), a => a.RaisedAt > host.Clock.GetUtcNow() - TimeSpan.FromMinutes(5));
        Assert.Equal(Reach.None, later.Reach);
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
        var contact = new Contact { Id = "c.1", Tenant = "XX", Line = "one", Area = "XX/a", Mark = new ContactMark(mayCall, mayText, "08:00", "18:00", "fatou", default) { Unsafe = isUnsafe } };
        var said = HerContact.Chosen(chosen, contact, "+22379000003");
        Assert.Equal(given, said?.Channel);
        if (given is ContactChannel.Call or ContactChannel.Sms) Assert.Equal(("08:00", "18:00", "+22379000003"), (said!.HoursFrom, said.HoursTo, said.Number));
        else Assert.Null(said?.Number);
    }

    /// <summary>What is left of a mark after the number was forgotten gives it to nobody by itself, and still says where she wants nothing.</summary>
    [Theory]
    [InlineData(Reach.Unknown, true, true, false, null)]
    [InlineData(Reach.Unknown, false, true, false, null)]
    [InlineData(Reach.Call, true, false, false, ContactChannel.Call)]
    [InlineData(Reach.Sms, true, false, false, null)]
    [InlineData(Reach.Unknown, false, false, false, ContactChannel.None)]
    [InlineData(Reach.Call, true, true, true, ContactChannel.None)]
    public void A_mark_from_long_ago_only_forbids(Reach chosen, bool mayCall, bool mayText, bool isUnsafe, ContactChannel? given)
    {
        var mark = new ContactMark(mayCall, mayText, "08:00", null, "fatou", default) { Unsafe = isUnsafe, Kept = true };
        Assert.Equal(given, HerContact.Chosen(chosen, new Contact { Id = "c.1", Tenant = "XX", Line = "one", Area = "XX/a", Mark = mark }, "+22379000003")?.Channel);
    }
}
