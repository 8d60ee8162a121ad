using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>The line looks for a bed: what is free, who was asked, whom to ring, where else; by keys, and without a reload.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class BedPanelTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task A_call_taker_asks_a_house_by_keys_and_sees_how_each_ask_stands()
    {
        await using var town = await Town.Open(chromium);
        var bintou = await Staff.OnTheLine(town, "hotline1", Words.French);
        var (page, keys) = (bintou.Page, bintou.Page.Keyboard);
        var holds = page.Locator("[data-beds-holds] > li");
        await bintou.Calls(new { needs = new[] { "shelter" }, party = new { adults = 0, children = new[] { 4 } } });
        await Expect(bintou.Items).ToHaveCountAsync(1);
        await keys.PressAsync("j");
        await Expect(page.Locator("[data-beds]")).ToBeVisibleAsync();
        // The machine asked a house while she was still on the line.
        await Expect(holds).ToHaveCountAsync(1);
        await Expect(holds).ToContainTextAsync("par la machine");
        await Expect(page.Locator("[data-beds-free]")).ToContainTextAsync("18 lits");

        await keys.PressAsync("b");
        await Expect(page.Locator("[data-beds-next]")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(holds).ToHaveCountAsync(2);
        await Expect(holds.First).ToHaveAttributeAsync("data-state", "held");
        await Expect(holds.First).ToContainTextAsync("demo-shelter-2");
        await Expect(holds.First).ToContainTextAsync("pour répondre");
        await Expect(page.Locator("[data-beds-title]")).ToBeFocusedAsync();
        await Expect(page.Locator("[data-beds-free]")).ToContainTextAsync("16 lits");

        await page.Locator("[data-beds-houses] > li[data-key=demo-shelter-3] [data-act=ask]").FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(holds).ToHaveCountAsync(3);
        await holds.First.Locator("[data-act=giveUp]").FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(holds.First).ToContainTextAsync("rendu");

        // The house itself says yes, on its own screen.
        var kadi = await (await town.Phone(Words.French)).NewPageAsync();
        await kadi.GotoAsync("/respond?lang=fr");
        await Says(kadi, "shelter1", await holds.Last.GetAttributeAsync("data-key") ?? "");
        await Expect(holds.Last).ToHaveAttributeAsync("data-state", "booked");
        await Expect(holds.Last).ToContainTextAsync("la maison a dit oui");
        await Expect(page.Locator("[data-needs] li[data-state=accepted]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_figures_of_the_area_change_on_the_console_when_a_house_counts()
    {
        await using var town = await Town.Open(chromium);
        var bintou = await Staff.OnTheLine(town, "hotline1", Words.English);
        await bintou.Calls(new { needs = new[] { "shelter" }, party = new { adults = 0, children = new[] { 4 } } });
        await bintou.Items.First.ClickAsync();
        await Expect(bintou.Page.Locator("[data-beds-free]")).ToContainTextAsync("18 beds");

        var aicha = await (await town.Phone(Words.French)).NewPageAsync();
        await aicha.GotoAsync("/respond?lang=fr");
        await SignIn(aicha, "shelter2");
        await aicha.EvaluateAsync("""
            async () => {
              const { version } = await (await fetch("/api/v1/shelters/demo-shelter-2/beds")).json();
              const headers = { "Content-Type": "application/json", "X-Dispatch": "1" };
              const answer = await fetch("/api/v1/shelters/demo-shelter-2/beds", { method: "PUT", headers, body: JSON.stringify({ version, beds: [{ kind: "bed", capacity: 10, occupied: 5, outOfService: 0 }] }) });
              if (answer.status !== 200) throw new Error(`the count was answered ${answer.status}`);
            }
            """);
        await Expect(bintou.Page.Locator("[data-beds-free]")).ToContainTextAsync("13 beds", new() { Timeout = 4000 });
    }

    [Fact]
    public async Task What_a_house_and_a_place_say_on_the_telephone_is_recorded()
    {
        await using var town = await Town.Open(chromium);
        var bintou = await Staff.OnTheLine(town, "hotline1", Words.English);
        var page = bintou.Page;
        // No figure of a town that has just started is too old.
        await page.RouteAsync("**/api/v1/alerts/*/houses", async route =>
        {
            var answer = await route.FetchAsync();
            var body = JsonNode.Parse(await answer.TextAsync())!;
            foreach (var house in body["houses"]!.AsArray().Where(h => (string?)h!["shelterId"] == "demo-shelter-3")) house!["freshness"] = "ringFirst";
            await route.FulfillAsync(new() { Response = answer, Body = body.ToJsonString() });
        });
        await bintou.Calls(new { needs = new[] { "shelter" }, party = new { adults = 0, children = new[] { 4 } } });
        await bintou.Items.First.ClickAsync();
        var (ring, family, hotel) = (page.Locator("[data-beds-ring] > li"), page.Locator("[data-beds-places] > li[data-key=demo-family]"), page.Locator("[data-beds-places] > li[data-key=demo-hotel]"));
        await Expect(ring).ToHaveCountAsync(1);
        await Expect(ring).ToContainTextAsync("demo-shelter-3");
        await Expect(hotel).ToContainTextAsync("80 00 00 21");

        await family.Locator("[data-act=no]").ClickAsync();
        await Expect(page.Locator("[data-said]")).ToContainTextAsync("Choose a reason");
        await Expect(page.Locator("select[name=bedWhy]")).ToBeFocusedAsync();
        await page.Locator("select[name=bedWhy]").SelectOptionAsync("noReply");
        await family.Locator("[data-act=no]").ClickAsync();
        await Expect(family).ToHaveAttributeAsync("data-state", "no");
        await Expect(family).ToContainTextAsync("nobody answers");
        await hotel.Locator("[data-act=asked]").ClickAsync();
        await Expect(hotel).ToHaveAttributeAsync("data-state", "asked");

        await ring.Locator("[data-act=yes]").ClickAsync();
        var hold = page.Locator("[data-beds-holds] > li[data-state=booked]");
        await Expect(hold).ToHaveCountAsync(1);
        await Expect(hold).ToContainTextAsync("demo-shelter-3");
        await Expect(ring).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-needs] li[data-state=accepted]")).ToHaveCountAsync(1);
        await hotel.Locator("[data-act=yes]").ClickAsync();
        await Expect(page.Locator("[data-said]")).ToContainTextAsync("already has a bed");

        await hold.Locator("[data-act=giveUp]").ClickAsync();
        await Expect(hold).ToHaveCountAsync(0);
        await hotel.Locator("[data-act=yes]").ClickAsync();
        await Expect(hotel).ToHaveAttributeAsync("data-state", "yes");
        await hotel.Locator("[data-act=arrived]").ClickAsync();
        // It was all that she needed: her alert is over.
        await Expect(bintou.Items).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_refusal_says_what_to_do_and_an_alert_without_the_need_has_no_panel()
    {
        await using var town = await Town.Open(chromium);
        var bintou = await Staff.OnTheLine(town, "hotline1", Words.English);
        var page = bintou.Page;
        await bintou.Calls(new { needs = new[] { "health" } });
        await bintou.Items.First.ClickAsync();
        await Expect(page.Locator("[data-facts] > div").First).ToBeVisibleAsync();
        await Expect(page.Locator("[data-beds]")).ToBeHiddenAsync();

        await bintou.Calls(new { needs = new[] { "shelter" }, party = new { adults = 0, children = new[] { 4 } } });
        await page.Locator("[data-items] > li").Filter(new() { HasText = "Shelter" }).First.Locator("button").ClickAsync();
        await page.Locator("[data-beds-party] summary").ClickAsync();
        await page.Locator("input[name=bedAdults]").FillAsync("25");
        await page.Locator("[data-beds-next]").ClickAsync();
        await Expect(page.Locator("[data-said]")).ToContainTextAsync("No suitable bed is free");
        await Expect(page.Locator("[data-beds-holds] > li")).ToHaveCountAsync(1);

        // The answer to an ask was lost, and what it held has run out when it is said again.
        await page.Locator("input[name=bedAdults]").FillAsync("1");
        await page.RouteAsync("**/holds", route => route.FulfillAsync(new() { Status = 201, ContentType = "application/json", Body = """{"holdId":"a.1.demo-shelter-2","shelterId":"demo-shelter-2","state":"over","over":"expired"}""" }));
        await page.Locator("[data-beds-next]").ClickAsync();
        await Expect(page.Locator("[data-said]")).ToHaveTextAsync("Asked before, and over since: the list says why.");
    }

    [Fact]
    public async Task A_press_counts_although_a_new_line_comes_up_above_it_meanwhile()
    {
        await using var town = await Town.Open(chromium);
        var bintou = await Staff.OnTheLine(town, "hotline1", Words.English);
        var (page, mouse) = (bintou.Page, bintou.Page.Mouse);
        var holds = page.Locator("[data-beds-holds] > li");
        await bintou.Calls(new { needs = new[] { "shelter" }, party = new { adults = 0, children = new[] { 4 } } });
        await bintou.Items.First.ClickAsync();
        await Expect(holds).ToHaveCountAsync(1);
        var next = page.Locator("[data-beds-next]");
        await next.ScrollIntoViewIfNeededAsync();

        // A colleague asks a house; what this console reads of it comes while its own button is down.
        var (read, pressed) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync("**/api/v1/alerts/*", async route =>
        {
            var answer = await route.FetchAsync();
            if ((await answer.TextAsync()).Split("\"holdId\"").Length > 2) read.TrySetResult();
            await pressed.Task;
            await route.FulfillAsync(new() { Response = answer });
        });
        await House.AskedByTheLine(town, "demo-shelter-3", new { adults = 1 }, await bintou.FirstAlert());
        await read.Task.WaitAsync(TimeSpan.FromSeconds(15));
        var box = (await next.BoundingBoxAsync())!;
        await mouse.MoveAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
        await mouse.DownAsync();
        pressed.SetResult();
        await page.EvaluateAsync("() => new Promise((done) => setTimeout(done, 250))");
        await mouse.UpAsync();
        await Expect(holds).ToHaveCountAsync(3);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task The_panel_fits(string lang)
    {
        var words = Words.In(lang);
        var look = new Look(lang);
        await using var town = await Town.Open(chromium);
        var bintou = await Staff.OnTheLine(town, "hotline1", words);
        var page = bintou.Page;
        await page.RouteAsync("**/api/v1/alerts/*/houses", route => route.FulfillAsync(Json(new
        {
            machine = true, calledAt = Time(-300), complete = false,
            houses = new object[]
            {
                new { shelterId = "demo-shelter-2", organisation = "Maison d'accueil", freshness = "toConfirm", confirmedAt = Time(-20_000), departAt = Time(4000), askable = true, notes = new[] { "toConfirm", "waitForCurfew", "askBoysAge" } },
                new { shelterId = "maison-de-la-rive-droite", organisation = "Association des femmes de la rive droite", telephone = "+223 20 22 23 24", freshness = "ringFirst", departAt = Time(0), askable = false, notes = new[] { "ringFirst", "noBedKnown" } },
            },
            leftOut = new object[] { new { shelterId = "demo-shelter-3", organisation = "Maison d'accueil", reason = "doesNotFit", misfits = new[] { "boyTooOld", "wheelchair" } } },
        })));
        await page.RouteAsync("**/api/v1/alerts/*/overflow", route => route.FulfillAsync(Json(new
        {
            places = new object[]
            {
                new { id = "hotel", kind = "partnerHotel", organisation = "Maison d'accueil", telephone = "+223 20 22 00 00" },
                new { id = "family", kind = "hostFamily", organisation = "Association de femmes", telephone = "+223 70 00 00 00", state = "no", reason = "noReply", askedAt = Time(-60), answeredAt = Time(-30) },
                new { id = "room", kind = "oneStopCentreRoom", organisation = "Centre de santé", state = "yes", askedAt = Time(-60), answeredAt = Time(-30), until = Time(30_000) },
            },
        })));
        await bintou.Calls(new { needs = new[] { "shelter" }, party = new { adults = 0, children = new[] { 4 } } });
        await bintou.Items.First.ClickAsync();
        await page.Locator("[data-beds-next]").ClickAsync();
        await Expect(page.Locator("[data-beds-holds] > li")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-beds-ring] > li")).ToHaveCountAsync(1);
        await look.At(page, "hotline-beds");
        await page.Locator("[data-beds-party] summary").ClickAsync();
        await page.Locator("[data-beds-left-part] summary").ClickAsync();
        await Expect(page.Locator("[data-beds-left] > li")).ToHaveCountAsync(1);
        await look.At(page, "hotline-beds-open");
        await look.At(page, "hotline-beds-zoomed", Look.Zoomed[1..]);
        look.FoundNothingWrong();
    }

    private static string Time(int seconds) => TimeProvider.System.GetUtcNow().AddSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static RouteFulfillOptions Json(object body) => new() { Status = 200, ContentType = "application/json", Body = JsonSerializer.Serialize(body) };

    private static async Task SignIn(IPage page, string user) => await page.EvaluateAsync(
        """
        async ([userName, password]) => {
          const answer = await fetch("/api/v1/sign-in", { method: "POST", headers: { "Content-Type": "application/json", "X-Dispatch": "1" }, body: JSON.stringify({ userName, password }) });
          if (!answer.ok) throw new Error(`the sign-in was answered ${answer.status}`);
        }
        """,
        new[] { user, TestHosts.HostProcess.Password });

    private static async Task Says(IPage page, string user, string hold)
    {
        await SignIn(page, user);
        await page.EvaluateAsync(
            """
            async (hold) => {
              const answer = await fetch(`/api/v1/holds/${hold}/confirm`, { method: "POST", headers: { "Content-Type": "application/json", "X-Dispatch": "1" }, body: JSON.stringify({ yes: true }) });
              if (answer.status !== 200) throw new Error(`the yes was answered ${answer.status}`);
            }
            """,
            hold);
    }
}
