using System.Text.Json;
using Dispatch.Domain.Alerts;
using Dispatch.Web.Tests.Gateways.Texts;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways.Ussd;

/// <summary>Anybody can type anybody's number into the app: that is a hint for a human, and takes nothing away from whoever has the number.</summary>
public sealed class NamedNumberTests(MenuHost host) : IClassFixture<MenuHost>
{
    [Fact]
    public async Task Who_types_her_number_learns_nothing_of_what_she_asks_and_cannot_end_it()
    {
        var line = await Line.Of(host);
        const string number = "+22378100001";
        var his = await Named(line, number, new { needs = new[] { "psychosocial" }, safeContact = new { channel = "call", number } });
        (await host.Africa("n1", number, "1*2*3*1")).Is(200);

        var hers = await line.AlertOf(number);
        Assert.NotEqual(his.Id, hers.Id);
        Assert.Equal([Need.Shelter], hers.Wished.AsEnumerable());
        Assert.DoesNotContain("shelter", Needs((await his.Look()).Is(200).Json));
        Assert.DoesNotContain(Need.Shelter, Asked(await line.Alert(his.Id)));
        (await his.Cancel(new { })).Is(200);
        Assert.Equal(Stage.Open, (await line.Alert(hers.Id)).Stage);
    }

    [Fact]
    public async Task Who_types_her_number_into_an_alert_of_his_while_hers_is_open_takes_nothing_over()
    {
        var line = await Line.Of(host);
        const string number = "+22378100002";
        (await host.Africa("n2", number, "1*1*3*1")).Is(200);
        var hers = await line.AlertOf(number);
        var his = await Named(line, number, new { needs = new[] { "legal" }, safeContact = new { channel = "sms", number } });
        (await host.Africa("n3", number, "1*2*3*1")).Is(200);
        var joined = await Eventually.Get(() => line.AlertOf(number), a => Asked(a).Contains(Need.Shelter));
        Assert.Equal(hers.Id, joined.Id);
        Assert.DoesNotContain(Need.Shelter, Asked(await line.Alert(his.Id)));
        // Two alerts, and one thing that asks a human whether they are one.
        await Eventually.Get(() => line.Items("textWaiting"), items => items.Count(i => i.GetProperty("contactId").GetString() == line.IdOf(number)) == 1);
    }

    [Fact]
    public async Task Whom_a_stranger_shuts_out_of_his_own_alert_still_sees_her_number()
    {
        var line = await Line.Of(host);
        const string number = "+22378100003";
        await Named(line, number, new { safeContact = new { channel = "call", number }, exclusions = new { organisations = new[] { "Line" } } });
        (await host.Africa("n4", number, "1*2*3*1")).Is(200);
        Assert.True(await line.Knows(number));
        var item = Assert.Single(await line.Items("textWaiting"), i => i.GetProperty("contactId").GetString() == line.IdOf(number));
        (await line.Taker.Post($"/api/v1/hotline/items/{item.GetProperty("itemId").GetString()}/take")).Is(200);
    }

    [Fact]
    public async Task A_human_sees_that_the_app_named_the_number_and_joins_the_two_with_one_act()
    {
        var line = await Line.Of(host);
        const string number = "+22378100004";
        var phone = await Named(line, number, new { needs = new[] { "health" }, safeContact = new { channel = "call", number } });
        (await host.Africa("n5", number, "1*2*3*1")).Is(200);
        var own = await line.AlertOf(number);
        Assert.Single(await line.Items("textWaiting"), i => i.GetProperty("contactId").GetString() == line.IdOf(number));
        Assert.Equal([phone.Id], Hints(await line.Contact(number)));

        (await line.Taker.Post($"/api/v1/hotline/contacts/{line.IdOf(number)}/tie", new { alertId = phone.Id })).Is(200);
        var joined = await Eventually.Get(() => line.Alert(phone.Id), a => Asked(a).Contains(Need.Shelter));
        Assert.Contains(Need.Health, Asked(joined));
        Assert.Contains("\"joined\"", (await line.Taker.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Body, StringComparison.Ordinal);
        Assert.Empty(Hints(await line.Contact(number)));
        // What comes from now on is about that one, and what was hers by itself is there for a human to close.
        (await host.Africa("n6", number, "1*3*3*1")).Is(200);
        await Eventually.Get(() => line.Alert(phone.Id), a => Asked(a).Contains(Need.Psychosocial));
        Assert.DoesNotContain(Need.Psychosocial, Asked(await line.Alert(own.Id)));
    }

    [Fact]
    public async Task A_hint_about_an_alert_that_a_call_taker_must_not_know_is_not_shown_to_her()
    {
        var line = await Line.Of(host);
        const string number = "+22378100005";
        await Named(line, number, new { safeContact = new { channel = "call", number }, exclusions = new { people = new[] { "Taker" } } });
        (await host.Africa("n7", number, "1*2*3*1")).Is(200);
        Assert.Empty(Hints(await line.Contact(number)));
        var boss = await host.SignIn("boss");
        Assert.Single(Hints((await boss.Get($"/api/v1/hotline/contacts/{line.IdOf(number)}")).Is(200).Json));
    }

    /// <summary>The hint is written beside the answer to the raise, which waits for nothing but the alert.</summary>
    private async Task<Phone> Named(Line line, string number, object body)
    {
        var phone = await host.Anybody().Raised(body);
        await line.IsNamed(number, phone.Id);
        return phone;
    }

    private static IEnumerable<Need> Asked(Alert alert) => alert.Wished.Concat(alert.Needs.Select(n => n.Need));

    private static IEnumerable<string?> Needs(JsonElement view) => view.GetProperty("needs").EnumerateArray().Select(n => n.GetProperty("need").GetString());

    private static IEnumerable<string?> Hints(JsonElement contact) => contact.GetProperty("hints").EnumerateArray().Select(h => h.GetProperty("alertId").GetString());
}
