using System.Net.WebSockets;
using System.Text.Json;
using Dispatch.Channels.Live;
using Dispatch.Web.Live;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests;

public sealed class LiveTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task A_line_is_heard_by_those_who_answer_it_and_by_nobody_else()
    {
        var (planner, boss) = (await host.SignIn("planner"), await host.SignIn("boss"));
        await using var hers = await LivePage.Open(host, planner.Token!);
        await using var line = await LivePage.Open(host, boss.Token!);
        var bossId = (await boss.Get("/api/v1/me")).Is(200).Text("accountId");
        var presence = host.App.Services.GetRequiredService<Presence>();
        var listening = await Eventually.Get(() => Task.FromResult(presence.Listening(LiveAddress.Line("one"))), pages => !pages.IsEmpty);
        Assert.All(listening, page => Assert.Equal(bossId, page.Account));
    }

    [Fact]
    public async Task An_open_page_is_told_of_an_offer_and_its_receipt_is_what_she_reads_as_told()
    {
        var (nurse, taker) = (await host.OnDuty("nurse0"), await host.SignIn("taker"));
        await using var page = await LivePage.Open(host, nurse.Token!);
        await using var console = await LivePage.Open(host, taker.Token!);
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });

        Assert.Equal("one", (await console.Next("queue"))[0].GetString());
        // What another test raised asks this nurse as well.
        JsonElement offer;
        do offer = (await page.Next("offer"))[0]; while (!offer.GetProperty("offerId").GetString()!.StartsWith(phone.Id, StringComparison.Ordinal));
        var offerId = offer.GetProperty("offerId").GetString()!;
        Assert.Equal("health", offer.GetProperty("need").GetString());
        Assert.Equal(0, (await phone.Look()).Is(200).Json.GetProperty("toldCount").GetInt32());

        Assert.Null(await page.Call("receipt", offerId, "delivered"));
        Assert.Equal(1, (await phone.Look()).Is(200).Json.GetProperty("toldCount").GetInt32());

        (await phone.Cancel(new { })).Is(200);
        while ((await page.Next("offerWithdrawn"))[0].GetString() != offerId)
        {
            // Another test's.
        }
    }

    [Fact]
    public async Task Only_people_on_call_give_receipts()
    {
        var taker = await host.SignIn("taker");
        await using var console = await LivePage.Open(host, taker.Token!);
        Assert.NotNull(await console.Call("receipt", Guid.NewGuid().ToString("D") + ".0", "delivered"));
    }

    [Fact]
    public async Task Without_a_session_there_is_no_connection()
    {
        await Assert.ThrowsAsync<WebSocketException>(() => LivePage.Open(host, "nothing"));
        var phone = await host.Anybody().Raised(new { });
        await Assert.ThrowsAsync<WebSocketException>(() => LivePage.Open(host, phone.Caller.Token!));
    }

    [Fact]
    public async Task A_sign_out_closes_what_is_open()
    {
        var nurse = await host.SignIn("nurse1");
        await using var page = await LivePage.Open(host, nurse.Token!);
        (await nurse.Post("/api/v1/sign-out")).Is(204);
        await page.Closed.WaitAsync(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAsync<WebSocketException>(() => LivePage.Open(host, nurse.Token!));
    }

    [Fact]
    public async Task Another_sites_page_cannot_open_one_with_her_cookie()
    {
        var answer = await host.Anybody().Post("/api/v1/sign-in", new { userName = "nurse2", password = Programme.Password });
        var cookie = ("Cookie", answer.Is(200).Headers["Set-Cookie"].Split(';')[0]);
        await Assert.ThrowsAsync<WebSocketException>(() => LivePage.Open(host, "", cookie, ("Origin", "https://elsewhere.example")));
        await using var own = await LivePage.Open(host, "", cookie, ("Origin", host.Address.GetLeftPart(UriPartial.Authority)));
    }
}
