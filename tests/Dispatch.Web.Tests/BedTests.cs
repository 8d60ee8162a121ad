using System.Text.Json;
using Dispatch.Grains.Rows;
using Dispatch.Web.Audit;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests;

/// <summary>Beds at the edge: who sees and says what, and that a bed said yes to is hers.</summary>
public sealed class BedTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task Staff_count_their_own_house_and_nobody_elses()
    {
        var (warden, keeper, taker) = (await host.SignIn("warden"), await host.SignIn("keeper"), await host.SignIn("taker"));
        var board = await Count(warden, "home-3", 4);
        var version = board.GetProperty("version").GetInt64();
        Assert.Equal(4, board.GetProperty("beds")[0].GetProperty("capacity").GetInt32());
        Assert.Equal("fresh", board.GetProperty("freshness").GetString());

        (await warden.Put("/api/v1/shelters/home-3/beds", Counts(version - 1, 5))).Is(409, "stale");
        (await warden.Put("/api/v1/shelters/home-3/beds", Counts(version, -1))).Is(422, "invalid");
        (await keeper.Get("/api/v1/shelters/home-3/beds")).Is(404, "not_found");
        (await keeper.Put("/api/v1/shelters/home-3/beds", Counts(version, 5))).Is(404, "not_found");
        (await taker.Get("/api/v1/shelters/home-3/beds")).Is(403, "not_allowed");
        (await host.Anybody().Get("/api/v1/shelters/home-3/beds")).Is(401, "not_signed_in");
    }

    [Fact]
    public async Task A_bed_is_held_for_her_at_the_press_and_the_house_answers()
    {
        var (keeper, warden, taker) = (await host.SignIn("keeper"), await host.SignIn("warden"), await host.SignIn("taker"));
        await Count(keeper, "home-1", 3);
        await using var page = await LivePage.Open(host, keeper.Token!);
        var phone = await host.Anybody().Raised(new { needs = new[] { "shelter" } });

        Assert.Equal("home-1", (await page.Next("beds"))[0].GetString());
        var hold = (await HoldOf(keeper, "home-1", phone.Id, "held")).GetProperty("holdId").GetString();
        (await warden.Post($"/api/v1/holds/{hold}/confirm", new { yes = true })).Is(404, "not_found");
        (await keeper.Post($"/api/v1/holds/{hold}/renew")).Is(200);
        (await keeper.Post($"/api/v1/holds/{hold}/confirm", new { yes = true })).Is(200);
        var seen = await Eventually.Get(() => phone.Look(), a => a.Is(200).Text("status") == "accepted");
        Assert.Equal("receivesHer", seen.Json.GetProperty("needs")[0].GetProperty("mode").GetString());
        (await keeper.Post($"/api/v1/holds/{hold}/confirm", new { yes = false })).Is(409, "already_booked");
        var expected = host.Clock.GetUtcNow().AddHours(2);
        var told = (await taker.Post($"/api/v1/holds/{hold}/confirm", new { yes = true, expectedAt = expected })).Is(200);
        Assert.Equal(expected, told.Json.GetProperty("hold").GetProperty("expectedAt").GetDateTimeOffset(), TimeSpan.FromSeconds(1));
        (await taker.Post($"/api/v1/holds/{hold}/arrive")).Is(403, "not_allowed");

        (await keeper.Post($"/api/v1/holds/{hold}/arrive")).Is(200);
        await Eventually.Get(() => phone.Look(), a => a.Is(200).Text("status") == "ended");
        (await keeper.Post($"/api/v1/holds/{hold}/leave")).Is(200);
        (await keeper.Post($"/api/v1/holds/{hold}/correct", new { to = "occupied", reason = "wrongHold" })).Is(200);
        (await keeper.Post($"/api/v1/holds/{hold}/release", new { })).Is(409, "still_there");
        (await keeper.Post($"/api/v1/holds/{hold}/leave")).Is(200);

        string[] acts = ["hold.renew", "hold.yes", "hold.arrive", "hold.leave", "hold.correct", "hold.release"];
        var audit = await host.App.Services.GetRequiredService<IRows>().All<AuditRow>(Tables.Audit, $"TT/{host.Clock.GetUtcNow():yyyyMMdd}");
        Assert.Subset(audit.Where(row => row.Alert == phone.Id).Select(row => row.Action).ToHashSet(), acts.ToHashSet());
        // Who read for whom it is stands there as well, and once however often her page asked.
        var me = (await keeper.Get("/api/v1/me")).Is(200).Text("accountId");
        Assert.Equal(me, Assert.Single(audit, row => row.Action == "hold.read" && row.Subject == hold).By);
    }

    [Fact]
    public async Task Who_comes_with_her_is_said_after_the_press_and_the_house_sees_it_and_the_line_is_called_once()
    {
        var (keeper, taker) = (await host.SignIn("keeper"), await host.SignIn("taker"));
        await Count(keeper, "home-1", 9);
        var phone = await host.Anybody().Raised(new { needs = new[] { "shelter" } });
        var hold = (await HoldOf(keeper, "home-1", phone.Id, "held")).GetProperty("holdId").GetString();
        (await phone.Add(new { party = new { adults = 0, children = new[] { 3, 5 } } })).Is(200);
        var seen = await HoldOf(keeper, "home-1", phone.Id, "held");
        Assert.Equal((hold, 2), (seen.GetProperty("holdId").GetString(), seen.GetProperty("party").GetProperty("children").GetArrayLength()));
        var rings = (await Eventually.Get(() => taker.Get("/api/v1/hotline/one/queue"), q => Rings(q, phone.Id))).Json;
        Assert.Single(rings.GetProperty("items").EnumerateArray(), i => i.GetProperty("itemId").GetString()!.StartsWith($"{phone.Id}:partyChanged", StringComparison.Ordinal));

        // Whoever takes it asks her: the house is asked anew for those who really come.
        (await taker.Post($"/api/v1/alerts/{phone.Id}/staff-additions", new { party = new { adults = 0, children = new[] { 3, 5, 8 } } })).Is(200);
        var anew = await Eventually.Get(() => keeper.Get("/api/v1/shelters/home-1/beds"), b => Holds(b.Is(200).Json, "holds", phone.Id) is [var one] && one.GetProperty("holdId").GetString() != hold);
        var party = Holds(anew.Json, "holds", phone.Id).Single().GetProperty("party");
        Assert.Equal(3, party.GetProperty("children").GetArrayLength());
        await Eventually.Get(() => taker.Get("/api/v1/hotline/one/queue"), q => !q.Is(200).Body.Contains("partyChanged", StringComparison.Ordinal));

        static bool Rings(Answer queue, string alert) => queue.Is(200).Body.Contains($"{alert}:partyChanged", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_taker_holds_a_bed_in_the_house_that_she_names_and_gives_it_back()
    {
        var (taker, warden, elsewhere) = (await host.SignIn("taker"), await host.SignIn("warden"), await host.SignIn("elsewhere"));
        await Count(warden, "home-2", 2);
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
        var key = ("Idempotency-Key", Guid.NewGuid().ToString("D"));
        var body = new { shelterId = "home-2", party = new { adults = 1, children = new[] { new { age = 4, boy = true } } } };

        (await elsewhere.Post($"/api/v1/alerts/{phone.Id}/holds", body, key)).Is(404, "not_found");
        (await taker.Post($"/api/v1/alerts/{phone.Id}/holds", body)).Is(400, "invalid_key");
        (await taker.Post($"/api/v1/alerts/{phone.Id}/holds", new { shelterId = "home-2", party = new { children = new object?[] { null } } }, key)).Is(400, "invalid_body");
        var held = (await taker.Post($"/api/v1/alerts/{phone.Id}/holds", body, key)).Is(201);
        Assert.Equal(("home-2", "held"), (held.Text("shelterId"), held.Text("state")));
        Assert.True(held.Json.TryGetProperty("expiresAt", out _));
        Assert.Equal(held.Body, (await taker.Post($"/api/v1/alerts/{phone.Id}/holds", body, key)).Is(201).Body);
        (await taker.Post($"/api/v1/alerts/{phone.Id}/holds", new { shelterId = "home-3" }, key)).Is(422, "key_reused");
        (await taker.Post($"/api/v1/alerts/{phone.Id}/holds", body, ("Idempotency-Key", Guid.NewGuid().ToString("D")))).Is(409, "held_already");
        var shown = (await taker.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json.GetProperty("holds").EnumerateArray();
        Assert.Contains(shown, h => h.GetProperty("holdId").GetString() == held.Text("holdId"));
        Assert.Equal(2, (await HoldOf(warden, "home-2", phone.Id, "held")).GetProperty("beds").EnumerateArray().Sum(b => b.GetProperty("count").GetInt32()));

        var overflow = (await taker.Get($"/api/v1/alerts/{phone.Id}/overflow")).Is(200).Json.GetProperty("places");
        Assert.Equal("inn", Assert.Single(overflow.EnumerateArray()).GetProperty("id").GetString());
        (await elsewhere.Get($"/api/v1/alerts/{phone.Id}/overflow")).Is(404, "not_found");
        (await elsewhere.Post($"/api/v1/holds/{held.Text("holdId")}/release", new { })).Is(404, "not_found");
        (await taker.Post($"/api/v1/holds/{phone.Id}.0.home-1/release", new { })).Is(404, "not_found");
        (await taker.Post($"/api/v1/holds/{held.Text("holdId")}/release", new { })).Is(200);
        await Eventually.Get(() => warden.Get("/api/v1/shelters/home-2/beds"), b => Holds(b.Is(200).Json, "holds", phone.Id) is []);
    }

    [Fact]
    public async Task The_address_is_opened_for_one_driver_and_one_booking_and_every_look_is_on_record()
    {
        var (taker, warden, keeper, driver, other) = (await host.SignIn("taker"), await host.SignIn("warden"), await host.SignIn("keeper"), await host.SignIn("nurse1"), await host.SignIn("nurse2"));
        await Count(warden, "home-3", 6);
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
        var key = ("Idempotency-Key", Guid.NewGuid().ToString("D"));
        var hold = (await taker.Post($"/api/v1/alerts/{phone.Id}/holds", new { shelterId = "home-3" }, key)).Is(201).Text("holdId");
        var give = new { holdId = hold, driver = "nurse1", reason = "cannotWalk" };
        (await warden.Post("/api/v1/shelters/home-3/address-releases", give, key)).Is(409, "no_address");
        (await taker.Put("/api/v1/shelters/home-3/address", new { text = "blue door" })).Is(403, "not_allowed");
        (await warden.Put("/api/v1/shelters/home-3/address", new { text = "blue door", latitude = 12.6, longitude = -8.0 })).Is(204);
        (await warden.Post("/api/v1/shelters/home-3/address-releases", give, key)).Is(409, "not_booked");
        (await warden.Post($"/api/v1/holds/{hold}/confirm", new { yes = true })).Is(200);

        var release = (await warden.Post("/api/v1/shelters/home-3/address-releases", give, key)).Is(201);
        Assert.Equal(release.Text("releaseId"), (await warden.Post("/api/v1/shelters/home-3/address-releases", give, key)).Is(201).Text("releaseId"));
        var look = $"/api/v1/shelters/home-3/address-releases/{release.Text("releaseId")}/look";
        (await keeper.Delete($"/api/v1/shelters/home-3/address-releases/{release.Text("releaseId")}")).Is(404, "not_found");
        // The same address once more is no other one: whoever was let in on it is on his way.
        (await warden.Put("/api/v1/shelters/home-3/address", new { text = "blue door", latitude = 12.6, longitude = -8.0 })).Is(204);
        Assert.Equal("blue door", (await driver.Post(look)).Is(200).Text("text"));
        (await other.Post(look)).Is(403, "not_released");
        Assert.Equal(1, (await warden.Get("/api/v1/shelters/home-3/address-releases")).Is(200).Json.GetProperty("releases")[0].GetProperty("looks").GetInt32());
        (await warden.Delete($"/api/v1/shelters/home-3/address-releases/{release.Text("releaseId")}")).Is(200);
        (await driver.Post(look)).Is(403, "not_released");

        var rows = host.App.Services.GetRequiredService<IRows>();
        var audit = await rows.All<AuditRow>(Tables.Audit, $"TT/{host.Clock.GetUtcNow():yyyyMMdd}");
        Assert.Equal(3, audit.Count(row => row.Action == "address.look" && row.Detail == release.Text("releaseId")));
        string[] acts = ["address.set", "address.give", "address.withdraw", "beds.count"];
        Assert.Subset(audit.Select(row => row.Action).ToHashSet(), acts.ToHashSet());
    }

    [Fact]
    public async Task Others_read_sums_over_three_houses_and_no_house_by_itself()
    {
        var (planner, keeper) = (await host.SignIn("planner"), await host.SignIn("keeper"));
        var sums = (await planner.Get("/api/v1/areas/TT%2Fone/beds")).Is(200);
        Assert.True(sums.Json.TryGetProperty("free", out _));
        Assert.DoesNotContain("home-", sums.Body, StringComparison.Ordinal);
        (await planner.Get("/api/v1/areas/TT%2Friver/beds")).Is(404, "not_found");
        (await keeper.Get("/api/v1/areas/TT%2Fone/beds")).Is(403, "not_allowed");
    }

    private static object Counts(long version, int beds, int occupied = 0) => new { version, beds = new[] { new { kind = "bed", capacity = beds, occupied, outOfService = 0 } } };

    private static async Task<JsonElement> Count(Caller staff, string house, int beds)
    {
        var board = (await staff.Get($"/api/v1/shelters/{house}/beds")).Is(200).Json;
        var occupied = board.GetProperty("beds").EnumerateArray().Sum(b => b.GetProperty("occupied").GetInt32());
        return (await staff.Put($"/api/v1/shelters/{house}/beds", Counts(board.GetProperty("version").GetInt64(), beds, occupied))).Is(200).Json;
    }

    private static async Task<JsonElement> HoldOf(Caller staff, string house, string alert, string state)
    {
        var board = await Eventually.Get(() => staff.Get($"/api/v1/shelters/{house}/beds"), b => Holds(b.Is(200).Json, "holds", alert).Any(h => h.GetProperty("state").GetString() == state));
        return Holds(board.Json, "holds", alert).Single();
    }

    private static JsonElement[] Holds(JsonElement board, string list, string alert) =>
        [.. board.GetProperty(list).EnumerateArray().Where(h => h.GetProperty("holdId").GetString()!.StartsWith(alert, StringComparison.Ordinal))];
}
