using Dispatch.Browser.Tests.Harness;
using Xunit.Abstractions;

namespace Dispatch.Browser.Tests;

/// <summary>She presses; two nurses are asked; one accepts; she reads it; the line sees everything; and a crash in the middle changes nothing of it.</summary>
[Collection(Browsers.Name)]
public sealed class MainJobTests(ChromiumFixture chromium, ITestOutputHelper output)
{
    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task One_press_reaches_two_nurses_and_the_answer_of_one_reaches_her(string lang)
    {
        var words = Words.In(lang);
        await using var town = await Town.Open(chromium);
        var awa = await Staff.OnDuty(town, "health1", words);
        var fanta = await Staff.OnDuty(town, "health2", words);
        var supervisor = await Staff.OnTheLine(town, "supervisor1", words);
        var her = await Her.Opens(town, words);

        await her.Presses();
        await her.IsReceived();
        foreach (var nurse in new[] { awa, fanta }) await Expect(nurse.Offers).ToHaveCountAsync(1);
        await supervisor.Items.ClickAsync();
        foreach (var kind in new[] { "raised", "offered", "delivered", "seen" }) await Expect(supervisor.Timeline(kind).First).ToBeVisibleAsync();

        await fanta.Page.EvaluateAsync("() => { globalThis.sameDocument = true; }");
        await awa.Accepts("callsHer", 15);
        await Expect(fanta.Offers).ToHaveCountAsync(0, new() { Timeout = 2000 });
        Assert.True(await fanta.Page.EvaluateAsync<bool>("() => globalThis.sameDocument === true"), "the page of the one who was too late was loaded again");
        await her.ReadsThatANurseCalls(15);
    }

    [Fact]
    public async Task Both_nurses_see_the_offer_within_one_second_of_the_press()
    {
        const int presses = 3;
        await using var town = await Town.Open(chromium);
        Staff[] nurses = [await Staff.OnDuty(town, "health1", Words.French), await Staff.OnDuty(town, "health2", Words.English)];
        var slowest = new List<long>();
        for (var n = 1; n <= presses; n++)
        {
            var her = await Her.Opens(town, Words.French);
            await her.Presses();
            foreach (var nurse in nurses) await Expect(nurse.Offers).ToHaveCountAsync(1);
            var pressed = await Staff.FirstSeen(her.Page, "press");
            var shown = await Task.WhenAll(nurses.Select(nurse => Staff.FirstSeen(nurse.Page, $"offer{n}")));
            slowest.Add(shown.Max() - pressed);
            output.WriteLine($"press {n}: offers shown after {string.Join(" and ", shown.Select(at => at - pressed))} ms");
            await her.Cancels();
            foreach (var nurse in nurses) await Expect(nurse.Offers).ToHaveCountAsync(0);
        }

        Assert.InRange(slowest.Order().ElementAt(presses / 2), 0, 1000);
    }

    [Fact]
    public async Task The_line_goes_on_seeing_an_alert_that_was_accepted()
    {
        await using var town = await Town.Open(chromium);
        var awa = await Staff.OnDuty(town, "health1", Words.French);
        var supervisor = await Staff.OnTheLine(town, "supervisor1", Words.French);
        await (await Her.Opens(town, Words.French)).Presses();
        await awa.Accepts("callsHer", 15);
        await Expect(supervisor.Pending).ToHaveCountAsync(0);
        await Expect(supervisor.Items).ToHaveCountAsync(1);
        await supervisor.Items.ClickAsync();
        await Expect(supervisor.Timeline("accepted")).ToContainTextAsync("Awa K.");
    }

    [Fact]
    public async Task A_killed_host_comes_back_and_every_open_page_becomes_right_by_itself()
    {
        await using var town = await Town.Open(chromium);
        var awa = await Staff.OnDuty(town, "health1", Words.English);
        var fanta = await Staff.OnDuty(town, "health2", Words.French);
        var supervisor = await Staff.OnTheLine(town, "supervisor1", Words.French);
        var her = await Her.Opens(town, Words.French);
        // Nobody is there for the law: the line keeps the item, whoever accepts the rest.
        await her.Chooses(needs: ["health", "legal"]);
        await her.Presses();
        await her.IsReceived();
        await Expect(awa.Offers).ToHaveCountAsync(1);
        await Expect(fanta.Offers).ToHaveCountAsync(1);
        await supervisor.Items.ClickAsync();

        await town.Host.Kill();
        await Expect(her.Page.Locator("[data-no-network]")).ToBeVisibleAsync();
        await her.IsReceived();
        await Expect(awa.LineState).ToHaveAttributeAsync("data-state", "offline");
        await town.Start();
        foreach (var page in new[] { awa, fanta, supervisor }) await page.IsLive();
        await Expect(her.Page.Locator("[data-no-network]")).ToBeHiddenAsync();
        await her.IsReceived();
        await awa.Accepts("callsHer", 15);
        await Expect(fanta.Offers).ToHaveCountAsync(0);
        await her.ReadsThatANurseCalls(15);

        await town.KillAndRestart();
        foreach (var page in new[] { awa, fanta, supervisor }) await page.IsLive();
        await Expect(awa.Assignments).ToHaveCountAsync(1);
        await Expect(fanta.Offers).ToHaveCountAsync(0);
        foreach (var kind in new[] { "raised", "offered", "delivered", "accepted" }) await Expect(supervisor.Timeline(kind).First).ToBeVisibleAsync();
        await Expect(her.Page.Locator("[data-no-network]")).ToBeHiddenAsync();
        await Expect(her.Headline).ToContainTextAsync("Une infirmière va vous appeler");
    }
}
