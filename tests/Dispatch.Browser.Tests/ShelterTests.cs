using Dispatch.Browser.Tests.Harness;
using Xunit.Abstractions;

namespace Dispatch.Browser.Tests;

/// <summary>Two of a house's staff, each on her own tablet, see the same house: what one says the other sees at once, the line on its console too, and where they differ both see both.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class ShelterTests(ChromiumFixture chromium, ITestOutputHelper output)
{
    private const int ASecond = 1000;

    [Fact]
    public async Task A_request_arrives_on_both_one_says_yes_and_the_other_sees_her_expected_here_and_gone()
    {
        await using var town = await Town.Open(chromium);
        var (kadi, other) = (await House.Opens(town, Words.English), await House.Opens(town, Words.English));
        var line = await Staff.OnTheLine(town, "hotline1", Words.English);
        await line.Calls(new { needs = new[] { "health" } });
        await line.Items.First.ClickAsync();
        await Expect(line.Page.Locator("[data-facts] > div").First).ToBeVisibleAsync();
        var told = line.Page.Locator("[data-beds-holds] > li");
        await Expect(kadi.Free).ToHaveTextAsync("6");
        await House.AskedByTheLine(town, alert: await line.FirstAlert());
        foreach (var house in new[] { kadi, other })
        {
            await Expect(house.Asked).ToHaveCountAsync(1);
            await Expect(house.Page.Locator("[data-alarm]")).ToHaveTextAsync("1 request waits for your answer");
            await Expect(house.Free).ToHaveTextAsync("3");
        }

        foreach (var words in new[] { "3 people", "1 adult", "boy, 4 years", "girl, 9 years", "pregnant", "3 nights", "29 min" }) await Expect(other.Asked).ToContainTextAsync(words);
        await House.Says(kadi.Asked, "renew");
        await Expect(other.Asked.Locator("[data-act=renew]")).ToHaveCountAsync(0);
        await Expect(other.Asked).ToContainTextAsync("59 min");
        await Expect(told).ToHaveAttributeAsync("data-state", "held");
        await Within(ASecond, ("asked", kadi.Page), ("asked", other.Page), ("held", line.Page));

        await House.Says(kadi.Asked, "yes");
        await Expect(other.Expected).ToHaveCountAsync(1);
        await Expect(other.Page.Locator("[data-alarm]")).ToBeEmptyAsync();
        await Expect(told).ToHaveAttributeAsync("data-state", "booked");
        await Within(ASecond, ("expected", kadi.Page), ("expected", other.Page), ("booked", line.Page));
        await House.Says(other.Expected, "arrive");
        await Expect(kadi.Here).ToHaveCountAsync(1);
        await Expect(kadi.Part("bed", "occupied")).ToHaveTextAsync("3");
        await Expect(told).ToHaveAttributeAsync("data-state", "occupied");
        await Within(ASecond, ("here", kadi.Page), ("here", other.Page), ("occupied", line.Page));
        await House.Says(kadi.Here, "leave");
        await Expect(other.Here).ToHaveCountAsync(0);
        await Expect(other.Free).ToHaveTextAsync("6");
        await Within(ASecond, ("gone", kadi.Page), ("gone", other.Page));
    }

    [Fact]
    public async Task A_no_is_asked_about_once_more_and_a_mistake_is_put_right()
    {
        await using var town = await Town.Open(chromium);
        var house = await House.Opens(town, Words.English);
        await House.AskedByTheLine(town);
        await Expect(house.Asked).ToHaveCountAsync(1);
        await house.Asked.Locator("[data-act=no]").ClickAsync();
        await house.Asked.Locator("[data-sure-no]").ClickAsync();
        await Expect(house.Asked.Locator("[data-act=yes]")).ToBeVisibleAsync();
        await House.Says(house.Asked, "yes");
        await House.Says(house.Expected, "arrive");
        await House.Says(house.Here, "notYetHere");
        await Expect(house.Expected).ToHaveCountAsync(1);
        await house.Expected.Locator("[data-meeting] summary").ClickAsync();
        await house.Expected.Locator("[data-meeting] input").FillAsync("the market");
        await house.Expected.Locator("[data-meeting] button").ClickAsync();
        await Expect(house.Expected).ToContainTextAsync("Meeting point: the market");
        await House.Says(house.Expected, "notCome");
        await Expect(house.Expected).ToHaveCountAsync(0);
        await house.Page.Locator("[data-gone-section] > summary").ClickAsync();
        await House.Says(house.Page.Locator("[data-gone] > article"), "arrive");
        await House.Says(house.Here, "leave");
        await House.Says(house.Page.Locator("[data-gone] > article"), "stillHere");
        await Expect(house.Here).ToHaveCountAsync(1);
        // What had ended is not waited for again.
        await House.Says(house.Here, "notYetHere");
        await Expect(house.Here).ToHaveCountAsync(0);
        await Expect(house.Expected).ToHaveCountAsync(0);
        await Expect(house.Free).ToHaveTextAsync("6");
    }

    [Fact]
    public async Task Whoever_works_by_keys_stays_with_the_same_party()
    {
        await using var town = await Town.Open(chromium);
        var house = await House.Opens(town, Words.English);
        await House.AskedByTheLine(town);
        await house.Asked.Locator("[data-act=yes]").FocusAsync();
        await house.Page.Keyboard.PressAsync("Enter");
        await Expect(house.Expected.Locator("[data-party]")).ToBeFocusedAsync();
        await house.Page.Keyboard.PressAsync("Tab");
        await house.Page.Keyboard.PressAsync("Enter");
        await Expect(house.Here.Locator("[data-party]")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Two_who_count_at_once_see_both_figures_and_nothing_is_overwritten_unseen()
    {
        await using var town = await Town.Open(chromium);
        var (kadi, other) = (await House.Opens(town, Words.English), await House.Opens(town, Words.English));
        foreach (var house in new[] { kadi, other }) await house.Page.Locator("[data-count-open]").ClickAsync();
        await kadi.Step("outOfService", "more").ClickAsync();
        await Save(kadi);
        await Expect(kadi.Free).ToHaveTextAsync("5");
        await Expect(other.Page.Locator("[data-row=outOfService] [data-now]")).ToHaveTextAsync("(now 1)");
        await other.Step("capacity", "more").ClickAsync();
        await Save(other);
        var conflict = other.Unsent;
        await Expect(conflict).ToContainTextAsync("Somebody else changed the numbers meanwhile");
        await Expect(conflict.Locator("[data-lines]")).ToContainTextAsync("Beds, In all: you 7, now 6");
        await Expect(conflict.Locator("[data-lines]")).ToContainTextAsync("Beds, Out of service: you 0, now 1");
        await Expect(kadi.Free).ToHaveTextAsync("5");

        await conflict.Locator("[data-again]").ClickAsync();
        await Expect(kadi.Free).ToHaveTextAsync("7");
        await Expect(other.Unsent).ToHaveCountAsync(0);

        await House.AskedByTheLine(town);
        await Expect(kadi.Asked).ToHaveCountAsync(1);
        await kadi.Page.Locator("[data-count-open]").ClickAsync();
        for (var n = 0; n < 5; n++) await kadi.Step("capacity", "less").ClickAsync();
        await Expect(kadi.Page.Locator("[data-left]")).ToHaveTextAsync("2 are left, and 3 are asked for or expected.");
        await Save(kadi);
        await Expect(kadi.Unsent.Locator("[data-lines]")).ToContainTextAsync("Beds: you leave 2, 3 are asked for or expected");
        await Expect(kadi.Unsent.Locator("[data-again]")).ToBeHiddenAsync();
        await kadi.Unsent.Locator("[data-dismiss]").ClickAsync();
        await Expect(kadi.Unsent).ToHaveCountAsync(0);
        await Expect(kadi.Free).ToHaveTextAsync("4");
        await House.Says(kadi.Asked, "no");
        await kadi.Page.Locator("[data-still-right]").ClickAsync();
        await Expect(other.Page.Locator("[data-confirmed-by]")).ToHaveTextAsync("by Kadi M.");
    }

    [Fact]
    public async Task What_is_said_without_network_waits_in_sight_and_is_sent_or_shown_as_too_late()
    {
        await using var town = await Town.Open(chromium);
        var (kadi, other) = (await House.Opens(town, Words.English), await House.Opens(town, Words.English));
        await House.AskedByTheLine(town, party: new { adults = 1 });
        await House.AskedByTheLine(town, party: new { adults = 2 });
        foreach (var house in new[] { kadi, other }) await Expect(house.Asked).ToHaveCountAsync(2);
        await kadi.Page.Context.SetOfflineAsync(true);
        await House.Says(kadi.Asked.Filter(new() { HasText = "1 person" }), "yes");
        await House.Says(kadi.Asked.Filter(new() { HasText = "2 people" }), "yes");
        await Expect(kadi.Unsent).ToHaveCountAsync(2);
        await Expect(kadi.Unsent.First).ToContainTextAsync("Not yet sent: Yes, we take her (1 person");
        await Expect(kadi.Asked.First.Locator("[data-waiting]")).ToBeVisibleAsync();
        await Expect(kadi.Asked.First.Locator("[data-act=yes]")).ToBeDisabledAsync();
        // On another tablet somebody says no to one of them, and yes to nothing.
        await House.Says(other.Asked.Filter(new() { HasText = "2 people" }), "no");
        await Expect(other.Asked).ToHaveCountAsync(1);

        // The line comes back badly: the page can be loaded again, and what was said still cannot be sent.
        await kadi.Page.RouteAsync("**/api/v1/holds/**", route => route.AbortAsync());
        await kadi.Page.Context.SetOfflineAsync(false);
        await kadi.Page.ReloadAsync();
        await Expect(kadi.Unsent).ToHaveCountAsync(2);
        await kadi.Page.UnrouteAllAsync();
        await Expect(kadi.Unsent).ToHaveCountAsync(1, new() { Timeout = 20_000 });
        await Expect(kadi.Unsent).ToContainTextAsync("Not kept: Yes, we take her (2 people");
        await Expect(kadi.Unsent).ToContainTextAsync("The house said no.");
        await Expect(other.Expected).ToHaveCountAsync(1);
        await Expect(other.Expected).ToContainTextAsync("1 person");
    }

    [Fact]
    public async Task Who_works_in_two_houses_chooses_one_and_hears_of_both()
    {
        await using var town = await Town.Open(chromium);
        var house = await House.Opens(town, Words.English, "shelter2");
        var houses = house.Page.Locator("[data-houses] button");
        await Expect(houses).ToHaveCountAsync(2);
        await Expect(house.Free).ToHaveTextAsync("10");
        await House.AskedByTheLine(town, "demo-shelter-3", new { adults = 1 });
        await Expect(house.Page.Locator("[data-alarm]")).ToHaveTextAsync("1 request waits for your answer");
        await Expect(house.Asked).ToHaveCountAsync(0);
        await Expect(houses.Nth(1)).ToContainTextAsync("1 request waits");
        await houses.Nth(1).ClickAsync();
        await Expect(house.Asked).ToHaveCountAsync(1);
        await Expect(house.Free).ToHaveTextAsync("3");
        await house.Page.ReloadAsync();
        await Expect(house.Page.Locator("[data-title]")).ToHaveTextAsync("Maison 3");
    }

    [Fact]
    public async Task The_address_is_written_once_given_to_one_driver_and_taken_back()
    {
        const string Address = "porte bleue, rue 14";
        await using var town = await Town.Open(chromium);
        var house = await House.Opens(town, Words.English);
        var page = house.Page;
        await House.AskedByTheLine(town);
        await House.Says(house.Asked, "yes");
        await page.Locator("[data-address] summary").ClickAsync();
        await page.Locator("[name=addressText]").FillAsync(Address);
        await page.Locator("[data-address-form] button").ClickAsync();
        await Expect(page.Locator("[data-address-said]")).ToHaveTextAsync("Kept and sealed.");
        await Expect(page.Locator("[name=addressText]")).ToHaveValueAsync("");
        await house.Expected.Locator("[data-give]").ClickAsync();
        await page.Locator("[name=driver]").FillAsync("driver1");
        await page.Locator("[data-giving] button[type=submit]").ClickAsync();
        var release = page.Locator("[data-releases] > li");
        await Expect(release).ToContainTextAsync("Issa C.");
        await Expect(release).ToContainTextAsync("Not looked at yet");
        await release.Locator("[data-withdraw]").ClickAsync();
        await Expect(release).ToContainTextAsync("ended at");
        Assert.DoesNotContain(Address, await page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(Address, await page.EvaluateAsync<string>(Script.Of("kept.js")), StringComparison.Ordinal);
    }

    private static Task Save(House house) => house.Page.Locator("[data-counting] button[type=submit]").ClickAsync();

    private async Task Within(int milliseconds, params (string What, IPage Page)[] seen)
    {
        var at = new long[seen.Length];
        for (var i = 0; i < seen.Length; i++) at[i] = await Staff.FirstSeen(seen[i].Page, seen[i].What);
        output.WriteLine($"{seen[^1].What}: {at.Max() - at.Min()} ms apart");
        Assert.DoesNotContain(-1, at);
        Assert.InRange(at.Max() - at.Min(), 0, milliseconds);
    }
}
