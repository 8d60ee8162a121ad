using Dispatch.Domain.Alerts;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Survivors;
using Dispatch.Web.Sealing;
using Dispatch.Web.Tests.Gateways.Texts;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Web.Tests.Gateways.Ussd;

/// <summary>What she asks for once more, where the alert that her number is tied to cannot take it as it is.</summary>
public sealed class AskedAgainTests(MenuHost host) : IClassFixture<MenuHost>
{
    [Fact]
    public async Task What_a_silenced_alert_does_not_take_stands_before_whoever_takes_the_item()
    {
        var line = await Line.Of(host);
        const string number = "+22378300001";
        (await host.Africa("a1", number, "1*1*1*1")).Is(200);
        var alert = await line.AlertOf(number);
        (await line.Taker.Post($"/api/v1/alerts/{alert.Id}/phone-unsafe")).Is(200);
        (await host.Africa("a2", number, "1*2*1*2")).Is(200);
        await Eventually.Get(() => line.Items("textWaiting"), items => items.Any(i => i.GetProperty("contactId").GetString() == line.IdOf(number)));

        var contact = await line.Contact(number);
        Assert.Equal(["health", "shelter"], contact.GetProperty("asked").EnumerateArray().Select(n => n.GetString()));
        Assert.Equal("15to17", contact.GetProperty("askedAge").GetString());
        var silenced = await line.Alert(alert.Id);
        Assert.DoesNotContain(Need.Shelter, silenced.Wished.Concat(silenced.Needs.Select(n => n.Need)));
    }

    [Fact]
    public async Task That_she_may_be_called_is_said_in_the_alert_where_her_number_is_and_nowhere_else()
    {
        var line = await Line.Of(host);
        const string hers = "+22378300002";
        (await host.Africa("a3", hers, "9")).Is(200);
        var first = await line.AlertOf(hers);
        Assert.Equal(Reach.Unknown, first.Reach);
        (await host.Africa("a4", hers, "1*2*1*1")).Is(200);
        var joined = await Eventually.Get(() => line.Alert(first.Id), a => a.Wished.Contains(Need.Shelter) || a.Needs.Any(n => n.Need is Need.Shelter));
        Assert.Equal((Reach.Call, hers), (joined.Reach, (await ContactOf(first.Id))?.Number));

        const string other = "+22378300003";
        (await host.Africa("a5", other, "1*2*1*1")).Is(200);
        Assert.Equal(Reach.Call, (await line.AlertOf(other)).Reach);
        var app = await host.Anybody().Raised(new { needs = new[] { "health" } });
        (await line.Taker.Post($"/api/v1/hotline/contacts/{line.IdOf(other)}/tie", new { alertId = app.Id })).Is(200);
        var tied = await Eventually.Get(() => line.Alert(app.Id), a => a.Wished.Contains(Need.Shelter) || a.Needs.Any(n => n.Need is Need.Shelter));
        Assert.Equal((Reach.Unknown, (SafeContact?)null), (tied.Reach, await ContactOf(app.Id)));
    }

    private async Task<SafeContact?> ContactOf(string alert) =>
        await host.App.Services.GetRequiredService<IGrainFactory>().GetGrain<ISurvivorSessionGrain>(alert).SafeContact() is { } known
            ? host.App.Services.GetRequiredService<Vault>().SessionKey(alert).Open("safeContact", known)
            : null;
}
