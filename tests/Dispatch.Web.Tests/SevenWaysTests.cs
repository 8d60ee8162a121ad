using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.ServiceAreas;
using Dispatch.Web.Tests.Gateways;
using Dispatch.Web.Tests.Gateways.Voice.Incoming;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Web.Tests;

/// <summary>She is hurt, and needs a nurse and a bed tonight, and no police. Whichever way she takes, she gets both, the police hear nothing, and the same alert is left.</summary>
public sealed class SevenWaysTests(EveryWayHost host) : IClassFixture<EveryWayHost>
{
    private static readonly string[] Needs = ["health", "shelter"];

    /// <summary>Nobody but the nurse and the house was asked, though an officer and a counsellor of the police's post are on duty.</summary>
    private const string Left = """
        TT line TT/one one fr Open ended:False
        exercise:False late:False duress:False phoneUnsafe:False
        chose:True wished:Health,Shelter modes: age: reach:Call
        consents:0 women:False not:0/0/0 place:False party:False
        need Health Filled of 1
        need Shelter Filled of 1
        asked for Health: Health in step 0 by CallsHer,ReceivesHer, Accepted CallsHer 10
        bed in home-1 of Shelter: Booked
        rings:False beside:
        """;

    [Theory]
    [InlineData("app", null, Verification.None)]
    [InlineData("call", IntakeChannel.Call, Verification.Voice)]
    [InlineData("text", IntakeChannel.Text, Verification.None)]
    [InlineData("menu", IntakeChannel.Ussd, Verification.None)]
    [InlineData("missedCall", IntakeChannel.Call, Verification.Voice)]
    [InlineData("relay", IntakeChannel.Relay, Verification.Relay)]
    [InlineData("partner", IntakeChannel.Partner, Verification.None)]
    public async Task Every_way_leaves_the_same_alert(string way, IntakeChannel? channel, Verification verification)
    {
        var crew = await host.Everybody();
        var before = await crew.Alerts();
        var id = await (way switch
        {
            "app" => ByApp("+22374000001"),
            "call" => ByCall(crew, "+22374000002"),
            "text" => ByText(crew, "+22374000003"),
            "menu" => ByMenu(crew, "+22374000004"),
            "missedCall" => ByMissedCall(crew, "+22374000005"),
            "relay" => ByRelay(crew, "+22374000006"),
            _ => ByPartner(crew, "+22374000007"),
        });

        var alert = await Helped(crew, id);
        Assert.Equal(Left, AlertForm.Of(alert));
        Assert.Equal(await RulesOfTheArea(), AlertForm.RulesOf(alert));
        Assert.Equal((channel, verification), (alert.Channel, alert.Verification));
        Assert.Equal([id], (await crew.Alerts()).Except(before));
        await PoliceHeardNothing(crew, alert);
        await IsOver(crew, id);
    }

    /// <summary>The machine raised for her key, and whoever then talks with her writes down what she says in that alert: two askings of one woman are one.</summary>
    [Fact]
    public async Task Who_asks_by_a_key_and_then_talks_has_one_alert()
    {
        var crew = await host.Everybody();
        var before = await crew.Alerts();
        const string number = "+22374000008";
        var greeted = (await host.Bridge(new { @event = "incoming", call = "way-8", from = number, to = "80333" })).Is(200);
        (await host.Bridge(new { @event = "key", call = "way-8", from = number, to = "80333", digits = "9", next = greeted.Text("next") })).Is(200);
        var id = (await crew.Line.AlertOf(number)).Id;
        var item = await Takes(crew, number, "callRinging");
        Assert.Equal(id, await RaisedWhileTalking(crew, number, joined: true));

        var alert = await Helped(crew, id);
        Assert.Equal([Need.Health, Need.Shelter], alert.Needs.Select(n => n.Need).Order());
        Assert.Equal((Verification.Voice, Reach.Call), (alert.Verification, alert.Reach));
        Assert.Equal([id], (await crew.Alerts()).Except(before));
        await PoliceHeardNothing(crew, alert);
        await Closes(crew, item);
        await IsOver(crew, id);
    }

    private async Task<string> ByApp(string number) => (await host.Raised(new { needs = Needs, safeContact = new { channel = "call", number } })).Id;

    private async Task<string> ByCall(Crew crew, string number)
    {
        (await host.Bridge(new { @event = "incoming", call = "way-2", from = number, to = "80333" })).Is(200);
        var item = await Takes(crew, number, "callRinging");
        var id = await RaisedWhileTalking(crew, number);
        (await host.Bridge(new { @event = "connected", call = "way-2", from = number, to = "80333" })).Is(204);
        (await host.Bridge(new { @event = "ended", call = "way-2", from = number, to = "80333" })).Is(204);
        await Closes(crew, item);
        return id;
    }

    /// <summary>Her number is marked: a call-taker spoke with her before. She names the police to say that she wants none, and a human reads it.</summary>
    private async Task<string> ByText(Crew crew, string number)
    {
        (await host.Texts(number, "bonjour")).Is(204);
        await crew.Line.MarkSafe(number, text: false, call: true);
        (await host.Texts(number, "je suis blessee, il faut une infirmiere et un lit cette nuit, pas de police")).Is(204);
        return (await crew.Line.AlertOf(number)).Id;
    }

    private async Task<string> ByMenu(Crew crew, string number)
    {
        Assert.Equal("END Message bien pris, merci.", (await host.Types("way-4", number, "1*12*1*1")).Is(200).Body);
        return (await crew.Line.AlertOf(number)).Id;
    }

    /// <summary>She lets it ring, which costs her nothing. A human rings her, hears her voice and writes down what she says.</summary>
    private async Task<string> ByMissedCall(Crew crew, string number)
    {
        Assert.True((await host.Bridge(new { @event = "incoming", call = "way-5", from = number, to = LineHost.BeepNumber })).Is(200).Json.GetProperty("reject").GetBoolean());
        var item = await Takes(crew, number, "callBackOwed");
        (await crew.Line.Taker.Post($"/api/v1/hotline/contacts/{crew.Line.IdOf(number)}/call-back")).Is(200);
        await Eventually.Get(() => Task.FromResult(host.Calls(number).Count), n => n > 0);
        var call = host.Reference(number);
        var silent = (await host.Bridge(new { @event = "answered", call, to = number }, reference: call)).Is(200);
        var hello = (await host.Bridge(new { @event = "key", call, to = number, digits = "1", next = silent.Text("next") }, reference: call)).Is(200);
        Assert.Equal(LineHost.Desk, (await host.Bridge(new { @event = "key", call, to = number, next = hello.Text("next") }, reference: call)).Is(200).Text("connect"));
        var id = await RaisedWhileTalking(crew, number);
        (await host.Bridge(new { @event = "connected", call, to = number }, reference: call)).Is(204);
        (await host.Bridge(new { @event = "ended", call, to = number }, reference: call)).Is(204);
        await Closes(crew, item);
        return id;
    }

    /// <summary>The line rings the desk that brought her, and has spoken with it.</summary>
    private static async Task<string> ByRelay(Crew crew, string number)
    {
        var body = new { needs = Needs, agreed = new { how = "herWord", wordingVersion = "2026-11", language = "fr" }, safeContact = new { channel = "call", number } };
        var id = (await crew.Desk.Post("/api/v1/relay/alerts", body, Crew.Key())).Is(202).Text("receipt").Split('.')[0];
        var call = (await Eventually.Get(() => crew.Line.Items("handOver"), items => items.Any(i => i.GetProperty("alertId").GetString() == id))).Single(i => i.GetProperty("alertId").GetString() == id);
        (await crew.Line.Taker.Post($"/api/v1/hotline/items/{call.GetProperty("itemId").GetString()}/take")).Is(200);
        (await crew.Line.Taker.Post($"/api/v1/hotline/items/{call.GetProperty("itemId").GetString()}/close", new { outcome = "resolved" })).Is(200);
        return id;
    }

    private async Task<string> ByPartner(Crew crew, string number)
    {
        var key = (await crew.Admin.Post("/api/v1/partners", new { title = "An app", perHour = 60, scopes = new[] { "raise", "status" } })).Is(201).Text("key");
        return (await host.Anybody().With(key).Post("/api/v1/partner/alerts", new { needs = Needs, safeContact = new { channel = "call", number } }, Crew.Key())).Is(202).Text("id");
    }

    /// <summary>As the console does it: the alert is hers who talks, what rang is about it from now on, and she asks for the bed.</summary>
    private static async Task<string> RaisedWhileTalking(Crew crew, string number, bool joined = false)
    {
        var body = new { needs = Needs, agreed = new { wordingVersion = "2026-11", language = "fr" }, safeContact = new { channel = "call", number } };
        var id = (await crew.Line.Taker.Post($"/api/v1/hotline/one/calls?contact={crew.Line.IdOf(number)}", body, Crew.Key())).Is(joined ? 200 : 201).Text("alertId");
        await crew.AsksForABed(id);
        return id;
    }

    private async Task<string> Takes(Crew crew, string number, string reason)
    {
        var item = (await Eventually.Get(() => host.Item(number, reason), i => i is not null))!.Value;
        (await crew.Line.Taker.Post($"/api/v1/hotline/items/{item.GetProperty("itemId").GetString()}/take")).Is(200);
        await Eventually.Get(() => host.Contact(item), c => c.GetProperty("items")[0].TryGetProperty("takenBy", out _));
        return item.GetProperty("itemId").GetString()!;
    }

    private static async Task Closes(Crew crew, string item) => (await crew.Line.Taker.Post($"/api/v1/hotline/items/{item}/close", new { outcome = "resolved" })).Is(200);

    /// <summary>The nurse says yes, and so does the house.</summary>
    private static async Task<Alert> Helped(Crew crew, string id)
    {
        var offer = await Eventually.Offer(crew.Nurse, id);
        (await crew.Nurse.Post($"/api/v1/offers/{offer}/accept", new { mode = "callsHer", etaMinutes = 10 })).Is(200);
        (await crew.Keeper.Post($"/api/v1/holds/{await crew.IsAskedForABed(id)}/confirm", new { yes = true })).Is(200);
        return await Eventually.Get(() => crew.Line.Alert(id), a => a.Needs.Length == Needs.Length && a.Needs.All(n => n.Stage is NeedStage.Filled) && a.Alarms.IsEmpty);
    }

    private async Task<string> RulesOfTheArea() =>
        JsonSerializer.Serialize((await host.App.Services.GetRequiredService<IGrainFactory>().GetGrain<IServiceAreaGrain>(Programme.Area).Plan())!.Rules, DispatchJson.Options);

    private static async Task PoliceHeardNothing(Crew crew, Alert alert)
    {
        Assert.Empty(alert.Consents);
        Assert.DoesNotContain(alert.Needs, n => n.Need is Need.Police);
        Assert.DoesNotContain(alert.Offers, o => o.Organisation.NeedsBasis);
        foreach (var police in new[] { crew.Officer, crew.Counsellor })
        {
            Assert.Equal("""{"offers":[]}""", (await police.Get("/api/v1/me/offers")).Is(200).Body);
            Assert.DoesNotContain(alert.Id, (await police.Get("/api/v1/me/assignments")).Is(200).Body, StringComparison.Ordinal);
            Assert.InRange((await police.Get($"/api/v1/alerts/{alert.Id}")).Status, 401, 404);
        }
    }

    /// <summary>The next one finds the nurse free and the bed empty.</summary>
    private static async Task IsOver(Crew crew, string id)
    {
        var alert = await crew.Line.Alert(id);
        var offer = new OfferId(id, alert.Offers.Single(o => o.State is OfferState.Accepted).No);
        foreach (var state in new[] { "noConflict", "done" }) (await crew.Nurse.Post($"/api/v1/assignments/{offer}/progress", new { state })).Is(200);
        var hold = new HoldId(id, alert.Beds!.Requests.Single().No, Crew.House);
        (await crew.Keeper.Post($"/api/v1/holds/{hold}/arrive")).Is(200);
        await Eventually.Get(() => crew.Line.Alert(id), a => a.Stage is Stage.Ended);
        (await crew.Keeper.Post($"/api/v1/holds/{hold}/leave")).Is(200);
    }
}
