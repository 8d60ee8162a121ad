using Dispatch.Domain.Alerts;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Survivors;
using Dispatch.Web.Sealing;
using Dispatch.Web.Tests.Gateways.Texts;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Web.Tests.Gateways.Ussd;

/// <summary>A phone without data, through the real host.</summary>
public sealed class MenuTests(MenuHost host) : IClassFixture<MenuHost>
{
    [Fact]
    public async Task Africas_Talking_brings_all_keys_each_time_and_is_answered_in_its_words()
    {
        var line = await Line.Of(host);
        const string number = "+22378000001";
        Assert.Equal("CON 1 Francais\n2 English", (await host.Africa("s1", number, "")).Is(200).Body);
        Assert.StartsWith("CON Plusieurs choix possibles: 12\n1 Soins", (await host.Africa("s1", number, "1")).Is(200).Body, StringComparison.Ordinal);
        Assert.StartsWith("CON Vous joindre", (await host.Africa("s1", number, "1*12")).Is(200).Body, StringComparison.Ordinal);
        Assert.StartsWith("CON Soins, Dormir\n1 Envoyer", (await host.Africa("s1", number, "1*12*1")).Is(200).Body, StringComparison.Ordinal);
        Assert.False(await line.Knows(number));
        for (var repeat = 0; repeat < 3; repeat++) Assert.Equal("END Message bien pris, merci.", (await host.Africa("s1", number, "1*12*1*1")).Is(200).Body);

        var alert = await line.AlertOf(number);
        Assert.Equal([Need.Health, Need.Shelter], alert.Wished.AsEnumerable());
        Assert.Equal((IntakeChannel.Ussd, Reach.Call, Verification.None, "fr"), (alert.Channel!.Value, alert.Reach, alert.Verification, alert.Language));
        Assert.Empty(alert.Consents);
        Assert.Equal(new SafeContact(ContactChannel.Call, number), await ContactOf(alert.Id));
        Assert.Equal(0, (await line.Contact(number)).GetProperty("tie").GetProperty("merged").GetInt32());
    }

    [Fact]
    public async Task The_plain_shape_brings_one_key_at_a_time_and_a_repeated_one_is_known()
    {
        var line = await Line.Of(host);
        const string number = "+22378000002";
        Assert.Equal("""{"type":"continue","message":"1 Francais\n2 English"}""", (await host.Key("p1", "78 00 00 02", null, 1)).Is(200).Body);
        Assert.Contains("Several", (await host.Key("p1", "78 00 00 02", "2", 2)).Is(200).Body, StringComparison.Ordinal);
        for (var repeat = 0; repeat < 3; repeat++) Assert.Contains("Reach you", (await host.Key("p1", "78 00 00 02", "2", 3)).Is(200).Body, StringComparison.Ordinal);
        Assert.Contains("Sleep", (await host.Key("p1", "78 00 00 02", "3", 4)).Is(200).Body, StringComparison.Ordinal);
        for (var repeat = 0; repeat < 3; repeat++) Assert.Equal("""{"type":"end","message":"Received, thank you."}""", (await host.Key("p1", "78 00 00 02", "2", 5)).Is(200).Body);

        var alert = await line.AlertOf(number);
        Assert.Equal([Need.Shelter], alert.Wished.AsEnumerable());
        Assert.Equal((Reach.None, AgeBand.From15To17, "en"), (alert.Reach, alert.AgeBand!.Value, alert.Language));
        Assert.Equal(0, (await line.Contact(number)).GetProperty("tie").GetProperty("merged").GetInt32());
    }

    [Fact]
    public async Task A_step_that_is_another_hosts_to_answer_goes_on_where_it_stood()
    {
        (await host.Key("p2", "+22378000003", null, 1)).Is(200);
        (await host.Key("p2", "+22378000003", "1", 2)).Is(200);
        await host.Stop();
        await host.Start();
        Assert.Contains("Vous joindre", (await host.Key("p2", "+22378000003", "12", 3)).Is(200).Body, StringComparison.Ordinal);
        // Longer than a network waits: whoever has the phone now begins anew.
        host.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Contains("Francais", (await host.Key("p2", "+22378000003", "x", 4)).Is(200).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_broke_off_after_she_had_begun_goes_to_a_human_and_before_to_nobody()
    {
        var line = await Line.Of(host);
        (await host.AfricaEnds("s2", "+22378000004", "1*2")).Is(204);
        (await host.AfricaEnds("s2", "+22378000004", "1*2")).Is(204);
        (await host.AfricaEnds("s3", "+22378000005", "1")).Is(204);
        Assert.Single((await line.Contact("+22378000004")).GetProperty("items").EnumerateArray(), i => i.GetProperty("reason").GetString() == "textWaiting");
        Assert.False(await line.Knows("+22378000005"));

        (await host.Key("p3", "+22378000006", null, 1)).Is(200);
        (await host.Key("p3", "+22378000006", "1", 2)).Is(200);
        (await host.Key("p3", "+22378000006", "1", 3)).Is(200);
        (await host.Plain(new { sessionId = "p3", phoneNumber = "+22378000006", type = "end" })).Is(204);
        Assert.Single((await line.Contact("+22378000006")).GetProperty("items").EnumerateArray());
        Assert.False((await line.Contact("+22378000006")).TryGetProperty("tie", out _));
    }

    [Fact]
    public async Task Wrong_keys_without_end_end_it_and_a_human_looks()
    {
        var line = await Line.Of(host);
        Assert.Equal("END Merci. Réessayez plus tard.", (await host.Africa("s4", "+22378000007", "8*8*8")).Is(200).Body);
        Assert.Single((await line.Contact("+22378000007")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_menu_and_a_second_one_soon_after_are_one_alert_with_all_that_was_asked()
    {
        var line = await Line.Of(host);
        const string number = "+22378000008";
        (await host.Africa("s5", number, "1*1*3*1")).Is(200);
        var first = await line.AlertOf(number);
        (await host.Africa("s6", number, "1*2*3*1")).Is(200);
        var alert = await Eventually.Get(() => line.AlertOf(number), a => a.Wished.Union(a.Needs.Select(n => n.Need)).Contains(Need.Shelter));
        Assert.Equal(first.Id, alert.Id);
        Assert.Equal([Need.Health, Need.Shelter], alert.Wished.Union(alert.Needs.Select(n => n.Need)).Order());
        Assert.Contains("joined", (await line.Taker.Get($"/api/v1/alerts/{alert.Id}")).Is(200).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_forged_old_or_nonsense_is_refused_and_touches_nothing()
    {
        var line = await Line.Of(host);
        const string number = "+22378000009";
        var step = new { sessionId = "f1", phoneNumber = number, type = "continue", input = "9", sequence = 1 };
        Answer[] forged =
        [
            await host.Africa("f1", number, "9", secret: "another-secret-16"),
            await host.Anybody().Form("/gateways/ussd/africa", $"sessionId=f1&phoneNumber={number}&text=9"),
            await host.Anybody().Form($"/gateways/ussd/nobody/{MenuHost.Secret}", $"sessionId=f1&phoneNumber={number}&text=9"),
            await host.Plain(step, key: "guessed"),
            await host.Plain(step, late: TimeSpan.FromMinutes(6)),
            await host.Anybody().Post("/gateways/ussd/plain", step),
            // A name that stands for texts elsewhere is none here.
            await host.Anybody().Form($"/gateways/sms/africa/{MenuHost.Secret}", $"id=1&from={number}&text=aide"),
        ];
        Assert.All(forged, a => a.Is(401, "not_signed_in"));
        (await host.Plain(new { sessionId = "", type = "begin" })).Is(400, "invalid_body");
        (await host.Plain(new { sessionId = "f2", type = "sing" })).Is(400, "invalid_body");
        (await host.Plain("[1]")).Is(400, "invalid_body");
        (await host.Anybody().Form($"/gateways/ussd/africa/{MenuHost.Secret}", "text=1")).Is(400, "invalid_body");
        (await host.Anybody().Form($"/gateways/ussd/africa/{MenuHost.Secret}", "sessionId=x&text=" + new string('1', 20_000))).Is(413, "payload_too_large");
        Assert.False(await line.Knows(number));
    }

    private async Task<SafeContact?> ContactOf(string alert) =>
        await host.App.Services.GetRequiredService<IGrainFactory>().GetGrain<ISurvivorSessionGrain>(alert).SafeContact() is { } known
            ? host.App.Services.GetRequiredService<Vault>().SessionKey(alert).Open("safeContact", known)
            : null;
}
