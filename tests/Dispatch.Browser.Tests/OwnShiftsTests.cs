using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>A responder's own shifts, and hours that two of them give each other on their phones.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class OwnShiftsTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task A_shift_is_offered_taken_and_is_the_others()
    {
        await using var town = await Town.Open(chromium);
        await Rosters(town);
        var awa = (await Staff.SignedIn(town, "/respond", "health1", Words.French, 360, 740)).Page;
        await Expect(awa.Locator("[data-shifts-count]")).ToBeHiddenAsync();
        await awa.Locator("[data-shifts-section] > summary").ClickAsync();
        var shifts = awa.Locator("[data-shifts] > li");
        await Expect(shifts).ToHaveCountAsync(7);
        await awa.Locator("[data-shifts-more]").ClickAsync();
        await Expect(awa.Locator("[data-shifts-more]")).ToBeHiddenAsync();
        Assert.InRange(await shifts.CountAsync(), 28, 30);

        var given = shifts.Nth(2);
        var day = await given.Locator("time").TextContentAsync();
        await given.Locator("[data-give]").ClickAsync();
        await given.Locator("select[name=swapTo]").SelectOptionAsync(new SelectOptionValue { Label = "Fanta D." });
        await given.Locator("button[type=submit]").ClickAsync();
        await Expect(awa.Locator("[data-shifts-done]")).ToHaveTextAsync("Proposé. Rien ne change avant sa réponse.");
        await Expect(awa.Locator("[data-shifts-done]")).ToBeFocusedAsync();
        await Expect(given.Locator("[data-pending]")).ToContainTextAsync("Fanta D.");
        await Expect(given.Locator("[data-give]")).ToBeHiddenAsync();

        var fanta = (await Staff.SignedIn(town, "/respond", "health2", Words.French, 360, 740)).Page;
        await Expect(fanta.Locator("[data-shifts-count]")).ToHaveTextAsync("1 à répondre");
        await fanta.Locator("[data-shifts-section] > summary").ClickAsync();
        await Expect(fanta.Locator("[data-swaps] > li")).ToContainTextAsync("Awa K. vous propose sa garde");
        await Expect(fanta.Locator("[data-swaps] > li")).ToContainTextAsync(day!);
        await fanta.Locator("[data-yes]").ClickAsync();
        await Expect(fanta.Locator("[data-shifts-done]")).ToHaveTextAsync("C'est convenu. La garde est dans votre liste.");
        await Expect(fanta.Locator("[data-shifts-count]")).ToBeHiddenAsync();
        await Expect(fanta.Locator("[data-swaps] button:visible")).ToHaveCountAsync(0);

        await awa.ReloadAsync();
        await awa.Locator("[data-shifts-section] > summary").ClickAsync();
        await Expect(awa.Locator("[data-swaps] > li")).ToContainTextAsync("C'est convenu.");
        await Expect(shifts).ToHaveCountAsync(7);
        await Expect(shifts.Locator("time").Filter(new() { HasText = day! })).ToHaveCountAsync(0);
        Assert.Empty(town.Unexpected);
    }

    [Fact]
    public async Task Hours_are_taken_in_return_declined_and_an_offer_is_taken_back()
    {
        await using var town = await Town.Open(chromium);
        await Rosters(town);
        var awa = (await Staff.SignedIn(town, "/respond", "health1", Words.English, 360, 740)).Page;
        await awa.Locator("[data-shifts-section] > summary").ClickAsync();
        var first = awa.Locator("[data-shifts] > li").Nth(1);
        await first.Locator("[data-give]").ClickAsync();
        await first.Locator("select[name=swapTo]").SelectOptionAsync(new SelectOptionValue { Label = "Fanta D." });
        await first.Locator("form summary").ClickAsync();
        await first.Locator("input[name=takesDay]").FillAsync(Day(3));
        await first.Locator("button[type=submit]").ClickAsync();
        await Expect(awa.Locator("[data-shifts-problem]")).ToContainTextAsync("Nothing was sent");
        // At noon neither of them has anything.
        await first.Locator("input[name=takesFrom]").FillAsync("11:00");
        await first.Locator("input[name=takesUntil]").FillAsync("13:00");
        await first.Locator("button[type=submit]").ClickAsync();
        await Expect(awa.Locator("[data-shifts-problem]")).ToHaveTextAsync("At those hours one of you is not on call. Nothing was sent.");
        await first.Locator("input[name=takesFrom]").FillAsync("08:00");
        await first.Locator("input[name=takesUntil]").FillAsync("10:00");
        await first.Locator("button[type=submit]").ClickAsync();
        await Expect(awa.Locator("[data-swaps] > li")).ToContainTextAsync("You take:");
        await Expect(awa.Locator("[data-shifts-problem]")).ToBeHiddenAsync();

        var fanta = (await Staff.SignedIn(town, "/respond", "health2", Words.English, 360, 740)).Page;
        await fanta.Locator("[data-shifts-section] > summary").ClickAsync();
        await Expect(fanta.Locator("[data-swaps] > li")).ToContainTextAsync("For yours:");
        await awa.Locator("[data-swaps] [data-no]").ClickAsync();
        await Expect(awa.Locator("[data-shifts-done]")).ToHaveTextAsync("Taken back. The shift stays yours.");
        await Expect(awa.Locator("[data-swaps] > li")).ToHaveCountAsync(0);
        await fanta.Locator("[data-yes]").ClickAsync();
        await Expect(fanta.Locator("[data-shifts-problem]")).ToHaveTextAsync("This offer is no longer there. The list is up to date.");
        await Expect(fanta.Locator("[data-swaps] > li")).ToHaveCountAsync(0);

        static string Day(int ahead) => TimeProvider.System.GetUtcNow().AddDays(ahead).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task Every_state_fits(string lang)
    {
        var (words, look) = (Words.In(lang), new Look(lang));
        await using var town = await Town.Open(chromium);
        var alone = (await Staff.SignedIn(town, "/respond", "health3", words, 360, 740)).Page;
        await alone.Locator("[data-shifts-section] > summary").ClickAsync();
        await Expect(alone.Locator("[data-shifts-empty]")).ToBeVisibleAsync();
        await look.At(alone, "respond-shifts-empty", (320, 568));

        await Rosters(town);
        var awa = (await Staff.SignedIn(town, "/respond", "health1", words, 360, 740)).Page;
        await awa.Locator("[data-shifts-section] > summary").ClickAsync();
        var given = awa.Locator("[data-shifts] > li").Nth(1);
        await given.Locator("[data-give]").ClickAsync();
        await given.Locator("form summary").ClickAsync();
        await look.At(awa, "respond-shifts-give", (320, 568), (360, 800), (1440, 900));
        await given.Locator("select[name=swapTo]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await given.Locator("button[type=submit]").ClickAsync();
        await Expect(awa.Locator("[data-swaps] > li")).ToHaveCountAsync(1);
        await look.At(awa, "respond-shifts-offered", (320, 568));

        var fanta = (await Staff.SignedIn(town, "/respond", "health2", words, 360, 740)).Page;
        await Expect(fanta.Locator("[data-shifts-count]")).ToBeVisibleAsync();
        await look.At(fanta, "respond-shifts-asked-closed", (320, 568));
        await fanta.Locator("[data-shifts-section] > summary").ClickAsync();
        await Expect(fanta.Locator("[data-yes]")).ToBeVisibleAsync();
        await look.At(fanta, "respond-shifts-asked", (320, 568), (360, 800));
        await look.At(fanta, "respond-shifts-asked-zoomed", Look.Zoomed[1]);
        look.FoundNothingWrong();
    }

    /// <summary>Awa by night, with exercises, and Fanta in the morning, every day.</summary>
    private static async Task Rosters(Town town)
    {
        var coordinator = (await Staff.Opens(town, "/coordinate", "coordinator1", Words.French)).Page;
        await coordinator.EvaluateAsync("""
            async () => {
              const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
              const shifts = [{ person: "health1", days, from: "20:00", until: "08:00", drill: true }, { person: "health2", days, from: "08:00", until: "10:30" }];
              const answer = await fetch("/api/v1/areas/XX%2Fdemo/roster", { method: "PUT", headers: { "Content-Type": "application/json", "X-Dispatch": "1" }, body: JSON.stringify({ version: 0, shifts }) });
              if (answer.status !== 200) throw new Error(`the roster was answered ${answer.status}`);
            }
            """);
    }
}
