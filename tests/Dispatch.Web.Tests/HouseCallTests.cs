using System.Text.Json;
using Dispatch.Grains.Rows;
using Dispatch.Web.Audit;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests;

/// <summary>What the line asks by telephone, and who hears what came of it.</summary>
public sealed class HouseCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task Houses_to_ring_are_listed_and_a_yes_on_the_telephone_holds_a_bed()
    {
        var (taker, keeper, elsewhere) = (await host.SignIn("taker"), await host.SignIn("keeper"), await host.SignIn("elsewhere"));
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
        var list = (await taker.Get($"/api/v1/alerts/{phone.Id}/houses")).Is(200).Json;
        Assert.True(list.GetProperty("complete").GetBoolean());
        // Nobody ever counted here: only their telephones know.
        var house = list.GetProperty("houses").EnumerateArray().Single(h => h.GetProperty("shelterId").GetString() == "home-1");
        Assert.Equal(("ringFirst", "+223 20 00 00 01", "Homes", false), (house.GetProperty("freshness").GetString(), house.GetProperty("telephone").GetString(), house.GetProperty("organisation").GetString(), house.GetProperty("askable").GetBoolean()));
        Assert.Equal(["ringFirst", "askBoysAge", "noBedKnown"], Notes(await With(taker, new[] { 13 }, null), "home-1"));
        Assert.Equal(["ringFirst", "noBedKnown"], Notes(await With(taker, new[] { 13 }, []), "home-1"));
        var left = (await With(taker, new[] { 13 }, new[] { 13 })).GetProperty("leftOut").EnumerateArray().First();
        Assert.Equal(("doesNotFit", "boyTooOld"), (left.GetProperty("reason").GetString(), left.GetProperty("misfits")[0].GetString()));
        (await elsewhere.Get($"/api/v1/alerts/{phone.Id}/houses")).Is(404, "not_found");
        (await keeper.Get($"/api/v1/alerts/{phone.Id}/houses")).Is(403, "not_allowed");

        var said = $"/api/v1/alerts/{phone.Id}/houses/home-1/said";
        var yes = new { answer = "yes", party = new { adults = 1, children = new[] { new { age = 14 } } } };
        (await taker.Post(said, yes)).Is(400, "invalid_key");
        (await elsewhere.Post(said, yes, Key())).Is(404, "not_found");
        (await taker.Post(said, new { answer = "no" }, Key())).Is(422, "reason_required");
        (await taker.Post($"/api/v1/alerts/{phone.Id}/houses/nowhere/said", yes, Key())).Is(404, "not_found");
        var key = Key();
        var held = (await taker.Post(said, yes, key)).Is(201);
        Assert.Equal(("home-1", "held", true), (held.Text("shelterId"), held.Text("state"), held.Json.GetProperty("byTelephone").GetBoolean()));
        Assert.Equal(held.Body, (await taker.Post(said, yes, key)).Is(201).Body);
        (await taker.Post(said, new { answer = "no", reason = "full" }, Key())).Is(409, "held_already");
        (await taker.Post($"/api/v1/holds/{held.Text("holdId")}/confirm", new { yes = true })).Is(200);

        // The list is read for whom she said, also once the bed is hers and nothing stands in the clear.
        var booked = await Eventually.Get(() => taker.Get($"/api/v1/alerts/{phone.Id}/houses"), a => Asked(a.Is(200).Json, "home-1") == "booked");
        Assert.Contains("askBoysAge", Notes(booked.Json, "home-2"));
        (await host.Anybody().Post("/api/v1/alerts", new { needs = new[] { "health" }, party = new { boys = new[] { 18 } } }, Key())).Is(400, "invalid_body");
        (await taker.Post($"/api/v1/alerts/{phone.Id}/houses/home-2/said", new { answer = "no", reason = "noReply" }, Key())).Is(200);
        var passed = (await taker.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json.GetProperty("holds").EnumerateArray().Last();
        Assert.Equal(("home-2", "over", "passedOver", "noReply"), (passed.GetProperty("shelterId").GetString(), passed.GetProperty("state").GetString(), passed.GetProperty("over").GetString(), passed.GetProperty("passedOver").GetString()));
        string[] acts = ["beds.houses", "house.yes", "house.no"];
        Assert.Subset((await Audit(phone.Id)).ToHashSet(), acts.ToHashSet());
    }

    [Fact]
    public async Task Why_a_house_says_no_is_seen_on_the_line()
    {
        var (taker, warden) = (await host.SignIn("taker"), await host.SignIn("warden"));
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
        var hold = (await taker.Post($"/api/v1/alerts/{phone.Id}/houses/home-3/said", new { answer = "yes" }, Key())).Is(201).Text("holdId");

        (await warden.Post($"/api/v1/holds/{hold}/confirm", new { yes = false, reason = "closed" })).Is(200);

        await Eventually.Get(() => taker.Get($"/api/v1/alerts/{phone.Id}"), a => a.Is(200).Json.GetProperty("holds").EnumerateArray().Last().TryGetProperty("passedOver", out var why) && why.GetString() == "closed");
    }

    [Fact]
    public async Task A_hotel_says_yes_and_is_given_back()
    {
        var (taker, elsewhere) = (await host.SignIn("taker"), await host.SignIn("elsewhere"));
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
        var inn = $"/api/v1/alerts/{phone.Id}/overflow/inn";
        (await elsewhere.Post(inn, new { answer = "asked" })).Is(404, "not_found");
        (await taker.Post(inn, new { answer = "no" })).Is(422, "reason_required");
        (await taker.Post(inn, new { answer = "yes", until = host.Clock.GetUtcNow().AddHours(-1) })).Is(400, "invalid_body");
        (await taker.Post(inn, new { answer = "yes", until = host.Clock.GetUtcNow().AddDays(61) })).Is(400, "invalid_body");
        (await taker.Post($"{inn}/release")).Is(404, "not_found");
        Assert.Equal("asked", (await taker.Post(inn, new { answer = "asked" })).Is(200).Text("state"));
        var until = host.Clock.GetUtcNow().AddHours(9);
        var yes = (await taker.Post(inn, new { answer = "yes", until })).Is(200);
        Assert.Equal(("yes", "+223 20 00 00 09", "Taker"), (yes.Text("state"), yes.Text("telephone"), yes.Json.GetProperty("by").GetProperty("displayName").GetString()));
        Assert.Equal(until, yes.Json.GetProperty("until").GetDateTimeOffset(), TimeSpan.FromSeconds(1));
        Assert.Equal("accepted", Need(await phone.Look()));
        var shown = Assert.Single((await taker.Get($"/api/v1/alerts/{phone.Id}/overflow")).Is(200).Json.GetProperty("places").EnumerateArray());
        Assert.Equal("yes", shown.GetProperty("state").GetString());
        Assert.True(shown.TryGetProperty("departAt", out _));

        Assert.Equal("over", (await taker.Post($"{inn}/release")).Is(200).Text("state"));
        Assert.Equal("asking", Need(await phone.Look()));
        var full = (await taker.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json;
        Assert.Equal("over", Assert.Single(full.GetProperty("places").EnumerateArray()).GetProperty("state").GetString());
        var lines = full.GetProperty("timeline").EnumerateArray().Where(l => l.TryGetProperty("placeId", out var place) && place.GetString() == "inn").Select(l => l.GetProperty("kind").GetString());
        Assert.Equal(["placeAsked", "placeYes", "placeReleased"], lines);
        string[] acts = ["beds.overflow", "place.asked", "place.yes", "place.release"];
        Assert.Subset((await Audit(phone.Id)).ToHashSet(), acts.ToHashSet());
    }

    [Fact]
    public async Task Staff_and_line_say_where_she_is_met_and_the_driver_hears_that_there_is_a_bed_and_never_where()
    {
        var (taker, keeper, warden, driver) = (await host.SignIn("taker"), await host.SignIn("keeper"), await host.SignIn("warden"), await host.SignIn("driver"));
        (await driver.Put("/api/v1/me/duty", new { onDuty = true })).Is(200);
        var phone = await host.Anybody().Raised(new { needs = new[] { "transport" } });
        var offer = (await Eventually.Get(() => driver.Get("/api/v1/me/offers"), a => a.Is(200).Body.Contains(phone.Id, StringComparison.Ordinal))).Json.GetProperty("offers").EnumerateArray().Single(o => o.GetProperty("offerId").GetString()!.StartsWith(phone.Id, StringComparison.Ordinal)).GetProperty("offerId").GetString();
        (await driver.Post($"/api/v1/offers/{offer}/accept", new { etaMinutes = 20 })).Is(200);
        Assert.False((await driver.Post($"/api/v1/assignments/{offer}/progress", new { state = "noConflict" })).Is(200).Json.TryGetProperty("bed", out _));
        var hold = (await taker.Post($"/api/v1/alerts/{phone.Id}/houses/home-3/said", new { answer = "yes" }, Key())).Is(201).Text("holdId");

        (await warden.Put($"/api/v1/holds/{hold}/meeting-point", new { landmark = "under the tree" })).Is(200);
        (await keeper.Put($"/api/v1/holds/{hold}/meeting-point", new { landmark = "here" })).Is(404, "not_found");
        (await warden.Put($"/api/v1/holds/{hold}/meeting-point", new { })).Is(400, "invalid_body");
        (await warden.Put($"/api/v1/holds/{hold}/meeting-point", new { landmark = new string('x', 121) })).Is(400, "invalid_body");
        (await warden.Put("/api/v1/holds/none/meeting-point", new { landmark = "here" })).Is(404, "not_found");
        var confirmed = (await warden.Post($"/api/v1/holds/{hold}/confirm", new { yes = true })).Is(200).Json.GetProperty("hold");
        Assert.Equal("under the tree", confirmed.GetProperty("meetAt").GetProperty("landmark").GetString());
        (await taker.Put($"/api/v1/holds/{hold}/meeting-point", new { landmark = "by the well" })).Is(200);
        Assert.Contains("by the well", (await warden.Get("/api/v1/shelters/home-3/beds")).Is(200).Body, StringComparison.Ordinal);

        var told = await Eventually.Get(() => driver.Get("/api/v1/me/assignments"), a => a.Is(200).Body.Contains("\"bed\":", StringComparison.Ordinal));
        Assert.Equal("booked", told.Json.GetProperty("assignments").EnumerateArray().Single(a => a.GetProperty("offerId").GetString() == offer).GetProperty("bed").GetProperty("state").GetString());
        Assert.DoesNotContain("home-3", told.Body, StringComparison.Ordinal);
    }

    /// <summary>Everybody of the house sees who was let in and may end it; only its guardian lets somebody in, and says where it is.</summary>
    [Fact]
    public async Task Only_the_guardian_of_a_house_lets_a_driver_learn_where_it_is()
    {
        var (keeper, warden) = (await host.SignIn("keeper"), await host.SignIn("warden"));
        (await keeper.Put("/api/v1/shelters/home-1/address", new { text = "blue door" })).Is(403, "not_allowed");
        (await keeper.Post("/api/v1/shelters/home-1/address-releases", new { holdId = "a.0.home-1", driver = "driver", reason = "danger" }, Key())).Is(403, "not_allowed");
        (await keeper.Get("/api/v1/shelters/home-1/address-releases")).Is(200);
        (await warden.Get("/api/v1/shelters/home-1/address-releases")).Is(404, "not_found");
        (await keeper.Delete("/api/v1/shelters/home-1/address-releases/none")).Is(404, "not_found");
        (await warden.Put("/api/v1/shelters/home-1/address", new { text = "blue door" })).Is(404, "not_found");
        (await warden.Post("/api/v1/shelters/home-1/address-releases", new { holdId = "a.0.home-1", driver = "driver", reason = "danger" }, Key())).Is(404, "not_found");
        (await warden.Put("/api/v1/shelters/home-2/address", new { text = "blue door" })).Is(204);
    }

    private static (string, string) Key() => ("Idempotency-Key", Guid.NewGuid().ToString("D"));

    private async Task<JsonElement> With(Caller taker, int[] children, int[]? boys)
    {
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" }, party = boys is null ? (object)new { children } : new { children, boys } });
        return (await taker.Get($"/api/v1/alerts/{phone.Id}/houses")).Is(200).Json;
    }

    private static string[] Notes(JsonElement list, string house) =>
        [.. list.GetProperty("houses").EnumerateArray().Single(h => h.GetProperty("shelterId").GetString() == house).GetProperty("notes").EnumerateArray().Select(n => n.GetString()!)];

    private static string? Asked(JsonElement list, string house) =>
        list.GetProperty("houses").EnumerateArray().Where(h => h.GetProperty("shelterId").GetString() == house && h.TryGetProperty("asked", out _)).Select(h => h.GetProperty("asked").GetProperty("state").GetString()).SingleOrDefault();

    private static string? Need(Answer seen) => seen.Is(200).Json.GetProperty("needs").EnumerateArray().Single(n => n.GetProperty("need").GetString() == "shelter").GetProperty("state").GetString();

    private async Task<IEnumerable<string>> Audit(string alert) =>
        (await host.App.Services.GetRequiredService<IRows>().All<AuditRow>(Tables.Audit, $"TT/{host.Clock.GetUtcNow():yyyyMMdd}")).Where(row => row.Alert == alert).Select(row => row.Action);
}
