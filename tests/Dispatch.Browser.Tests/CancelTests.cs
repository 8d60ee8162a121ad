using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>Cancelling looks the same whatever the code; what happens behind it does not.</summary>
[Collection(Browsers.Name)]
public sealed class CancelTests(ChromiumFixture chromium)
{
    private const string Pin = "2468";
    private const string DuressPin = "1357";

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task Every_code_shows_the_same_page_and_only_the_right_one_cancels(string lang)
    {
        var words = Words.In(lang);
        await using var town = await Town.Open(chromium);
        var supervisor = await Staff.OnTheLine(town, "supervisor1", words);
        var shown = new List<string>();
        foreach (var code in new[] { Pin, DuressPin, "9999", "" })
        {
            var her = await Her.Opens(town, words);
            await her.Chooses(pin: Pin, duressPin: DuressPin);
            await her.Presses();
            await her.IsReceived();
            await Expect(supervisor.Items).ToHaveCountAsync(shown.Count == 0 ? 1 : shown.Count);
            await her.Cancels(code);
            await her.Reads(words.Cancelled);
            await Expect(her.Page.Locator("[data-detail]")).ToBeEmptyAsync();
            shown.Add(await her.Page.Locator("body").InnerTextAsync());
            await Expect(supervisor.Items).ToHaveCountAsync(shown.Count - 1);
        }

        Assert.Single(shown.Distinct());
        await supervisor.Items.First.ClickAsync();
        await Expect(supervisor.Page.Locator("[data-case-duress]")).ToBeVisibleAsync();
        await Expect(supervisor.Timeline("duressCancel")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Under_duress_the_nurse_who_accepted_is_told_to_stay_away_and_the_supervisor_has_to_decide()
    {
        await using var town = await Town.Open(chromium);
        var awa = await Staff.OnDuty(town, "health1", Words.French);
        var supervisor = await Staff.OnTheLine(town, "supervisor1", Words.French);
        var her = await Her.Opens(town, Words.French);
        await her.Chooses(pin: Pin, duressPin: DuressPin);
        await her.Presses();
        await awa.Accepts("callsHer", 15);
        await her.ReadsThatANurseCalls(15);
        await her.Cancels(DuressPin);
        await her.Reads(Words.French.Cancelled);

        await Expect(awa.Assignments.Locator("[data-off-title]")).ToHaveTextAsync(Words.French.StandOff);
        await Expect(awa.Assignments).ToHaveAttributeAsync("data-state", "standOff");
        await Expect(awa.Assignments.Locator("[data-panic]")).ToBeVisibleAsync();
        await Expect(supervisor.Pending).ToHaveCountAsync(1);
        await supervisor.Pending.ClickAsync();
        await Expect(supervisor.Page.Locator("[data-case-duress]")).ToBeVisibleAsync();
        await Expect(supervisor.Page.Locator("[data-case-title]")).ToContainTextAsync("Contrainte possible");

        // Her phone receives nothing more, and a reopened page knows of nothing.
        await her.Page.ReloadAsync();
        await Expect(her.Ask).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_real_cancel_takes_the_offer_from_the_nurses_and_the_item_from_the_line()
    {
        await using var town = await Town.Open(chromium);
        var awa = await Staff.OnDuty(town, "health1", Words.English);
        var supervisor = await Staff.OnTheLine(town, "supervisor1", Words.English);
        var her = await Her.Opens(town, Words.English);
        await her.Presses();
        await Expect(awa.Offers).ToHaveCountAsync(1);
        await Expect(supervisor.Items).ToHaveCountAsync(1);
        await her.Cancels();
        await her.Reads(Words.English.Cancelled);
        await Expect(awa.Offers).ToHaveCountAsync(0);
        await Expect(supervisor.Items).ToHaveCountAsync(0, new() { Timeout = 3000 });
    }
}
