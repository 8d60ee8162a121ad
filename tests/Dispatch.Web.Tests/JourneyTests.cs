using System.Text.Json;
using Dispatch.Grains.Rows;
using Dispatch.Web.Audit;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests;

/// <summary>The way there at the edge: what she, the driver and the line see of it, and what none of them does.</summary>
public sealed class JourneyTests(RunningHost host) : IClassFixture<RunningHost>, IAsyncLifetime
{
    private Caller _taker = null!;
    private Caller _driver = null!;
    private Caller _warden = null!;

    public async Task InitializeAsync()
    {
        (_taker, _driver, _warden) = (await host.SignIn("taker"), await host.OnDuty("driver"), await host.SignIn("warden"));
        var board = (await _warden.Get("/api/v1/shelters/home-2/beds")).Is(200).Json;
        var counts = new { version = board.GetProperty("version").GetInt64(), beds = new[] { new { kind = "bed", capacity = 20, occupied = 0, outOfService = 0 } } };
        (await _warden.Put("/api/v1/shelters/home-2/beds", counts)).Is(200);
    }

    public async Task DisposeAsync() => (await _driver.Put("/api/v1/me/duty", new { onDuty = false })).Is(200);

    [Fact]
    public async Task She_reads_that_a_driver_comes_and_where_and_nothing_of_him_or_of_the_house()
    {
        var phone = await Verified();
        await Booked(phone);
        var offer = await Accepted(phone, minutes: 12);
        await OnTheWay(offer);
        var pickUp = await Proposed(phone, "transport", "the well by the school");

        var asked = (await phone.Look()).Is(200);
        Assert.Equal(("the well by the school", false), Met(asked, "transport"));
        Assert.Equal(("the market", false), Met(asked, "shelter"));
        Assert.Equal(12, Need(asked, "transport").GetProperty("etaMinutes").GetInt32());
        Assert.DoesNotContain("the well", (await Assignment(offer)).GetRawText(), StringComparison.Ordinal);

        (await phone.Caller.Post(Answer(phone, pickUp), new { yes = true })).Is(200);
        (await phone.Caller.Post(Answer(phone, Need(asked, "shelter").GetProperty("meetingPoint").GetProperty("no").GetInt32()), new { yes = true })).Is(200);
        var his = await Assignment(offer);
        Assert.Equal(["shelter: the market", "transport: the well by the school"], his.GetProperty("meetingPoints").EnumerateArray()
            .Select(m => $"{m.GetProperty("need").GetString()}: {m.GetProperty("place").GetProperty("landmark").GetString()}").Order(StringComparer.Ordinal));

        var seen = (await phone.Look()).Is(200);
        Assert.True(Met(seen, "transport").Agreed && Met(seen, "shelter").Agreed);
        var driver = (await _driver.Get("/api/v1/me")).Is(200);
        foreach (var secret in new[] { "Driver", "home-", "Homes", driver.Text("accountId"), driver.Text("displayName") })
        {
            Assert.DoesNotContain(secret, seen.Body, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("home-", his.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_leg_is_one_tap_that_may_be_repeated_and_she_reads_where_she_is()
    {
        var phone = await Verified();
        var offer = await Accepted(phone, minutes: 12);
        await OnTheWay(offer);
        foreach (var _ in Twice) Assert.Equal("pickedUp", (await Says(offer, "pickedUp")).Is(200).Text("state"));
        Assert.Equal("aboard", Need((await phone.Look()).Is(200), "transport").GetProperty("leg").GetString());
        Assert.Equal(25, (await Says(offer, "pickedUp", 25)).Is(200).Json.GetProperty("etaMinutes").GetInt32());
        foreach (var _ in Twice) Assert.Equal("arrived", (await Says(offer, "arrived")).Is(200).Text("state"));
        Assert.Equal("there", Need((await phone.Look()).Is(200), "transport").GetProperty("leg").GetString());
        (await Says(offer, "pickedUp")).Is(409, "wrong_progress");
        (await Says(offer, "done")).Is(200);

        var timeline = (await _taker.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json.GetProperty("timeline").EnumerateArray()
            .Where(l => l.GetProperty("kind").GetString() == "progress").Select(l => l.GetProperty("detail").GetString());
        Assert.Equal(["noConflict", "enRoute", "pickedUp", "pickedUp", "arrived", "done"], timeline);
    }

    [Fact]
    public async Task A_place_is_proposed_by_her_line_once_and_answered_by_her_or_for_her()
    {
        var phone = await Verified();
        var body = new { need = "transport", place = new { landmark = "the mill" } };
        var path = $"/api/v1/alerts/{phone.Id}/meeting-points";
        var key = NewKey();
        (await (await host.SignIn("elsewhere")).Post(path, body, key)).Is(404, "not_found");
        (await _driver.Post(path, body, key)).Is(403, "not_allowed");
        (await phone.Caller.Post(path, body, key)).Is(401, "not_signed_in");
        (await _taker.Post(path, body)).Is(400, "invalid_key");
        (await _taker.Post(path, new { need = "transport", place = new { } }, key)).Is(400, "invalid_body");
        (await _taker.Post(path, new { need = "transport", place = new { landmark = new string('x', 401) } }, key)).Is(400, "invalid_body");
        (await _taker.Post(path, new { need = "police", place = new { landmark = "the mill" } }, key)).Is(403, "not_allowed_here");
        var first = (await _taker.Post(path, body, key)).Is(201);
        Assert.Equal(first.Json.GetProperty("no").GetInt32(), (await _taker.Post(path, body, key)).Is(201).Json.GetProperty("no").GetInt32());
        (await _taker.Post(path, new { need = "transport", place = new { landmark = "the bridge" } }, key)).Is(422, "key_reused");

        var stranger = await host.Anybody().Raised(new { });
        (await stranger.Caller.Post(Answer(phone, 0), new { yes = true })).Is(401, "not_signed_in");
        (await _driver.Post(Answer(phone, 0), new { yes = true })).Is(403, "not_allowed");
        (await phone.Caller.Post(Answer(phone, 9), new { yes = true })).Is(404, "not_found");
        (await phone.Caller.Post(Answer(phone, 0), new { yes = false })).Is(200);
        await Eventually.Get(() => _taker.Get("/api/v1/hotline/one/queue"), q => Rings(q, phone, "meetingRefused"));
        (await _taker.Post(Answer(phone, 0), new { yes = true })).Is(200);

        var shown = Assert.Single((await _taker.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json.GetProperty("meetingPoints").EnumerateArray());
        Assert.Equal(("agreed", "the mill", "Taker", "Taker"), (shown.GetProperty("state").GetString(), shown.GetProperty("place").GetProperty("landmark").GetString(), shown.GetProperty("by").GetProperty("displayName").GetString(), shown.GetProperty("answeredBy").GetString()));
        var audit = await host.App.Services.GetRequiredService<IRows>().All<AuditRow>(Tables.Audit, $"TT/{host.Clock.GetUtcNow():yyyyMMdd}");
        Assert.Equal(["meeting.answer", "meeting.propose"], audit.Where(row => row.Alert == phone.Id && row.Action.StartsWith("meeting.", StringComparison.Ordinal)).Select(row => row.Action).Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain(audit, row => row.ToString().Contains("the mill", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Before_anybody_has_spoken_with_her_and_after_a_cancel_there_is_no_place()
    {
        var unheard = await host.Anybody().Raised(new { needs = new[] { "health" } });
        var body = new { need = "health", place = new { landmark = "the mill" } };
        (await _taker.Post($"/api/v1/alerts/{unheard.Id}/meeting-points", body, NewKey())).Is(403, "not_allowed_here");

        var phone = await Verified(new { needs = new[] { "health" }, pin = "2468", duressPin = "1357" });
        await Proposed(phone, "transport", "the mill");
        (await phone.Cancel(new { pin = "1357" })).Is(200);
        (await phone.Caller.Post(Answer(phone, 0), new { yes = true })).Is(409, "ended");
        Assert.DoesNotContain("the mill", (await phone.Look()).Is(200).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_driver_learns_that_he_may_look_until_when_and_nothing_of_what_it_says()
    {
        var phone = await Verified();
        var hold = await Booked(phone);
        (await _warden.Put("/api/v1/shelters/home-2/address", new { text = "the blue door", latitude = 12.61, longitude = -8.02 })).Is(204);
        Assert.Empty(Releases(await Mine(_driver), phone));
        await using var page = await LivePage.Open(host, _driver.Token!);
        var given = (await _warden.Post("/api/v1/shelters/home-2/address-releases", new { holdId = hold, driver = "driver", reason = "cannotWalk" }, NewKey())).Is(201);
        await Hinted(page, phone);

        var mine = await Mine(_driver);
        var release = Assert.Single(Releases(mine, phone));
        Assert.Equal((given.Text("releaseId"), "home-2", 20), (release.GetProperty("releaseId").GetString(), release.GetProperty("shelterId").GetString(), release.GetProperty("looksLeft").GetInt32()));
        foreach (var secret in new[] { "blue", "12.61", "-8.02" }) Assert.DoesNotContain(secret, mine.Body, StringComparison.Ordinal);
        Assert.Empty(Releases(await Mine(await host.SignIn("nurse1")), phone));
        (await _taker.Get("/api/v1/me/address-releases")).Is(403, "not_allowed");
        (await host.Anybody().Get("/api/v1/me/address-releases")).Is(401, "not_signed_in");
        Assert.Equal("the blue door", (await _driver.Post($"/api/v1/shelters/home-2/address-releases/{given.Text("releaseId")}/look")).Is(200).Text("text"));
        Assert.Equal(19, Assert.Single(Releases(await Mine(_driver), phone)).GetProperty("looksLeft").GetInt32());

        (await _warden.Delete($"/api/v1/shelters/home-2/address-releases/{given.Text("releaseId")}")).Is(200);
        await Hinted(page, phone);
        Assert.Empty(Releases(await Mine(_driver), phone));
    }

    [Fact]
    public async Task A_release_that_ran_out_is_no_longer_shown()
    {
        var phone = await Verified();
        var hold = await Booked(phone);
        (await _warden.Put("/api/v1/shelters/home-2/address", new { text = "the green door" })).Is(204);
        var until = host.Clock.GetUtcNow().AddMinutes(30);
        (await _warden.Post("/api/v1/shelters/home-2/address-releases", new { holdId = hold, driver = "driver", reason = "danger", until }, NewKey())).Is(201);
        Assert.Single(Releases(await Mine(_driver), phone));
        host.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Empty(Releases(await Mine(_driver), phone));
    }

    [Fact]
    public async Task Whom_she_shuts_out_learns_no_address_and_the_house_learns_nothing_of_it()
    {
        var phone = await Verified();
        var hold = await Booked(phone);
        (await _warden.Put("/api/v1/shelters/home-2/address", new { text = "the red door" })).Is(204);
        Task<Answer> Given(string driver) => _warden.Post("/api/v1/shelters/home-2/address-releases", new { holdId = hold, driver, reason = "danger" }, NewKey());
        var nobody = (await Given("nobody")).Is(400, "invalid_body").Body;
        // Police have no basis here.
        Assert.Equal(nobody, (await Given("officer")).Is(400, "invalid_body").Body);
        var look = $"/api/v1/shelters/home-2/address-releases/{(await Given("driver")).Is(201).Text("releaseId")}/look";
        (await _driver.Post(look)).Is(200);

        (await _taker.Post($"/api/v1/alerts/{phone.Id}/staff-additions", new { exclusions = new { people = new[] { "driver" } } })).Is(200);
        (await _driver.Post(look)).Is(403, "not_released");
        Assert.Empty(Releases(await Mine(_driver), phone));
        Assert.Equal(nobody, (await Given("driver")).Is(400, "invalid_body").Body);
    }

    private static int[] Twice => [1, 2];

    private static (string, string) NewKey() => ("Idempotency-Key", Guid.NewGuid().ToString("D"));

    /// <summary>She pressed; a call-taker rang her, heard her, and asks for a driver.</summary>
    private async Task<Phone> Verified(object? press = null)
    {
        var phone = await host.Anybody().Raised(press ?? new { needs = new[] { "health" } });
        (await _taker.Post($"/api/v1/alerts/{phone.Id}/staff-additions", new { needs = new[] { "transport", "shelter" }, verification = "voice", party = new { adults = 1 } })).Is(200);
        return phone;
    }

    /// <summary>home-2, the only one with beds, holds one for her at once, and says yes.</summary>
    private async Task<string> Booked(Phone phone)
    {
        string? HoldOf(Answer board) => board.Is(200).Json.GetProperty("holds").EnumerateArray().Select(h => h.GetProperty("holdId").GetString()!).FirstOrDefault(id => id.StartsWith(phone.Id, StringComparison.Ordinal));
        var hold = HoldOf(await Eventually.Get(() => _warden.Get("/api/v1/shelters/home-2/beds"), board => HoldOf(board) is not null))!;
        (await _warden.Post($"/api/v1/holds/{hold}/confirm", new { yes = true })).Is(200);
        await Eventually.Get(() => phone.Look(), a => Need(a.Is(200), "shelter").GetProperty("state").GetString() == "accepted");
        return hold;
    }

    private async Task<string> Accepted(Phone phone, int minutes)
    {
        var offer = await Eventually.Offer(_driver, phone.Id);
        (await _driver.Post($"/api/v1/offers/{offer}/accept", new { mode = "meetsAt", etaMinutes = minutes })).Is(200);
        return offer;
    }

    private async Task OnTheWay(string offer)
    {
        foreach (var step in new[] { "noConflict", "enRoute" }) (await Says(offer, step)).Is(200);
    }

    private Task<Answer> Says(string offer, string state, int? etaMinutes = null) => _driver.Post($"/api/v1/assignments/{offer}/progress", new { state, etaMinutes });

    private async Task<int> Proposed(Phone phone, string need, string landmark) =>
        (await _taker.Post($"/api/v1/alerts/{phone.Id}/meeting-points", new { need, place = new { landmark } }, NewKey())).Is(201).Json.GetProperty("no").GetInt32();

    private async Task<JsonElement> Assignment(string offer) =>
        (await _driver.Get("/api/v1/me/assignments")).Is(200).Json.GetProperty("assignments").EnumerateArray().Single(a => a.GetProperty("offerId").GetString() == offer);

    private static async Task Hinted(LivePage page, Phone phone)
    {
        while ((await page.Next("alert"))[0].GetString() != phone.Id)
        {
        }
    }

    private static async Task<Answer> Mine(Caller caller) => (await caller.Get("/api/v1/me/address-releases")).Is(200);

    private static JsonElement[] Releases(Answer mine, Phone phone) => [.. mine.Json.GetProperty("releases").EnumerateArray().Where(r => r.GetProperty("alertId").GetString() == phone.Id)];

    private static string Answer(Phone phone, int no) => $"/api/v1/alerts/{phone.Id}/meeting-points/{no}/answer";

    private static bool Rings(Answer queue, Phone phone, string reason) =>
        queue.Is(200).Json.GetProperty("items").EnumerateArray().Any(i => i.GetProperty("alertId").GetString() == phone.Id && i.GetProperty("reason").GetString() == reason);

    private static JsonElement Need(Answer view, string need) => view.Json.GetProperty("needs").EnumerateArray().Single(n => n.GetProperty("need").GetString() == need);

    private static (string? Landmark, bool Agreed) Met(Answer view, string need) =>
        Need(view, need).TryGetProperty("meetingPoint", out var met) ? (met.GetProperty("place").GetProperty("landmark").GetString(), met.GetProperty("agreed").GetBoolean()) : (null, false);
}
