using System.Diagnostics;
using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>What a responder's page missed while away, it knows again without being touched; what it may no longer hear, it does not hear.</summary>
[Collection(Browsers.Name)]
public sealed class ReconnectTests(ChromiumFixture chromium)
{
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task An_offer_made_and_filled_while_a_nurse_was_away_never_stays_on_her_page()
    {
        await using var town = await Town.Open(chromium);
        var awa = await Staff.OnDuty(town, "health1", Words.French);
        var fanta = await Staff.OnDuty(town, "health2", Words.French);
        var away = Stopwatch.StartNew();
        await fanta.Page.Context.SetOfflineAsync(true);
        var first = await Her.Opens(town, Words.French);
        await first.Presses();
        await awa.Accepts("callsHer", 15);
        await first.ReadsThatANurseCalls(15);
        // One more that is still open when she comes back, and no hint that will tell her.
        var second = await Her.Opens(town, Words.French);
        await second.Presses();
        await second.IsReceived();
        await fanta.Page.WaitForFunctionAsync("ms => new Promise((done) => setTimeout(() => done(true), ms))", Math.Max(0, (Away - away.Elapsed).TotalMilliseconds));

        await fanta.Page.Context.SetOfflineAsync(false);
        await fanta.IsLive();
        await Expect(fanta.Offers).ToHaveCountAsync(1);
        await fanta.Accepts("callsHer", 20);
        await second.ReadsThatANurseCalls(20);
    }

    [Theory]
    [InlineData("/respond", "health1")]
    [InlineData("/hotline", "hotline1")]
    public async Task A_page_that_lost_its_network_says_so_within_three_seconds(string path, string user)
    {
        await using var town = await Town.Open(chromium);
        var staff = await Staff.SignedIn(town, path, user, Words.French, 360, 740);
        await staff.Page.Context.SetOfflineAsync(true);
        await Expect(staff.LineState).ToHaveAttributeAsync("data-state", "offline", new() { Timeout = 3000 });
        await staff.Page.Context.SetOfflineAsync(false);
        await staff.IsLive();
    }

    [Fact]
    public async Task An_answer_that_was_on_its_way_when_the_network_went_does_not_call_the_page_connected()
    {
        await using var town = await Town.Open(chromium);
        var awa = await Staff.SignedIn(town, "/respond", "health1", Words.French, 360, 740);
        var (asked, gone) = (new TaskCompletionSource(), new TaskCompletionSource());
        await awa.Page.RouteAsync("**/api/v1/me/offers", async route =>
        {
            var answer = await route.FetchAsync();
            asked.TrySetResult();
            await gone.Task;
            await route.FulfillAsync(new() { Response = answer });
        });
        await awa.Page.EvaluateAsync("() => document.dispatchEvent(new Event('visibilitychange'))");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await awa.Page.Context.SetOfflineAsync(true);
        await Expect(awa.LineState).ToHaveAttributeAsync("data-state", "offline", new() { Timeout = 3000 });
        await awa.Page.RunAndWaitForRequestFinishedAsync(() => Task.FromResult(gone.TrySetResult()), new() { Predicate = request => request.Url.EndsWith("/me/offers", StringComparison.Ordinal) });
        await awa.Page.EvaluateAsync("() => new Promise((done) => setTimeout(done, 300))");
        await Expect(awa.LineState).ToHaveAttributeAsync("data-state", "offline", new() { Timeout = 1 });
    }

    [Fact]
    public async Task Signing_out_stops_live_messages_on_every_page_of_that_session_at_once()
    {
        await using var town = await Town.Open(chromium);
        var awa = await Staff.OnDuty(town, "health1", Words.French);
        var tab = await awa.Page.Context.NewPageAsync();
        var heard = new List<string>();
        tab.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
        {
            lock (heard) heard.Add(frame.Text ?? "");
        };
        await tab.GotoAsync("/respond?lang=fr");
        await Expect(tab.Locator("[data-line-state]")).ToHaveAttributeAsync("data-state", "live");
        await awa.Page.Locator("[data-sign-out]").ClickAsync();
        await Expect(awa.Page.Locator("[data-sign-in]")).ToBeVisibleAsync();

        var fanta = await Staff.OnDuty(town, "health2", Words.French);
        var her = await Her.Opens(town, Words.French);
        await her.Presses();
        await Expect(fanta.Offers).ToHaveCountAsync(1);
        await Expect(tab.Locator("[data-sign-in]")).ToBeVisibleAsync();
        await Expect(tab.Locator("[data-offers] > article")).ToHaveCountAsync(0);
        await Expect(awa.Offers).ToHaveCountAsync(0);
        lock (heard) Assert.DoesNotContain(heard, frame => frame.Contains("\"offer", StringComparison.Ordinal));
    }
}
