using Dispatch.Grains.Rows;
using Dispatch.Web.Tests.Gateways.Texts;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests;

/// <summary>What a call-taker writes down while she talks: a request, or one call for advice.</summary>
public sealed class TalkingTests(RunningHost host) : IClassFixture<RunningHost>
{
    private static (string, string) Key() => ("Idempotency-Key", Guid.NewGuid().ToString("D"));

    [Fact]
    public async Task All_that_she_says_is_kept_and_read_by_the_line()
    {
        var taker = await Taker();
        var call = (await taker.Post("/api/v1/hotline/one/calls", new
        {
            channel = "walkIn",
            needs = new[] { "health" },
            agreed = new { wordingVersion = "2026-11", language = "fr" },
            area = "ba da",
            location = new { landmark = "behind the pharmacy" },
            ageBand = "15to17",
            limitsWording = "2026-11",
            party = new { adults = 1, children = new[] { 4 } },
            safeContact = new { channel = "call", number = "76543210", hoursFrom = "08:00", codeWord = "mango", ifDropped = "neverRing" },
            language = "bm",
            note = "rings again tonight",
        }, Key())).Is(201);
        var alert = (await taker.Get($"/api/v1/alerts/{call.Text("alertId")}")).Is(200);
        Assert.Equal(("walkIn", "inPerson", "bm", "15to17"), (alert.Text("channel"), alert.Text("verification"), alert.Text("language"), alert.Text("ageBand")));
        Assert.Equal("River", alert.Json.GetProperty("area").GetProperty("name").GetString());
        Assert.Equal(("Taker", "2026-11", "fr"), (Of(alert, "agreed", "by"), Of(alert, "agreed", "wordingVersion"), Of(alert, "agreed", "language")));
        Assert.Equal(("neverRing", "mango"), (Of(alert, "safeContact", "ifDropped"), Of(alert, "safeContact", "codeWord")));
        // That she agreed to be helped says nothing about police.
        Assert.Empty(alert.Json.GetProperty("disclosures").EnumerateArray());
    }

    [Theory]
    [InlineData("call", "voice")]
    [InlineData("walkIn", "inPerson")]
    [InlineData("text", "none")]
    [InlineData("other", "none")]
    public async Task Nothing_is_required_but_how_she_came_and_that_says_how_sure_one_may_be(string channel, string verification)
    {
        var taker = await Taker();
        var call = (await taker.Post("/api/v1/hotline/one/calls", new { channel }, Key())).Is(201);
        var alert = (await taker.Get($"/api/v1/alerts/{call.Text("alertId")}")).Is(200);
        Assert.Equal((channel, verification), (alert.Text("channel"), alert.Text("verification")));
    }

    [Fact]
    public async Task What_a_phone_says_of_a_channel_or_of_a_consent_that_a_call_taker_heard_means_nothing()
    {
        var phone = await host.Anybody().Raised(new { channel = "walkIn", agreed = new { wordingVersion = "x", language = "fr" } });
        var alert = (await (await Taker()).Get($"/api/v1/alerts/{phone.Id}")).Is(200);
        Assert.Equal("none", alert.Text("verification"));
        Assert.False(alert.Json.TryGetProperty("channel", out _) || alert.Json.TryGetProperty("agreed", out _));
    }

    [Theory]
    [InlineData("riviere", "Rivière", "River")]
    [InlineData("RIVIÉ", "Rivière", "River")]
    [InlineData("rivire", "Rivière", "River")]
    [InlineData("bada", "La Grande-Rive", "River")]
    [InlineData("tombouctou", "", "")]
    [InlineData("ba d", "La Grande-Rive", "River")]
    [InlineData("rive", "River", "River")]
    [InlineData("One", "One", "One")]
    public async Task A_place_is_found_by_any_name_it_is_known_by(string typed, string name, string area)
    {
        var found = (await (await Taker()).Get($"/api/v1/hotline/one/places?name={Uri.EscapeDataString(typed)}")).Is(200).Json.GetProperty("items").EnumerateArray().ToArray();
        if (name.Length == 0) Assert.Empty(found);
        else Assert.Equal((name, area), (found[0].GetProperty("name").GetString(), found[0].GetProperty("area").GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Places_are_for_those_of_the_line_and_a_name_is_needed()
    {
        (await (await host.SignIn("elsewhere")).Get("/api/v1/hotline/one/places?name=rive")).Is(404, "not_found");
        var taker = await Taker();
        (await taker.Get("/api/v1/hotline/one/places")).Is(400, "invalid_body");
        (await taker.Get($"/api/v1/hotline/one/places?name={new string('x', 101)}")).Is(400, "invalid_body");
    }

    [Fact]
    public async Task Advice_is_counted_once_by_day_and_reason_and_nothing_is_kept_of_who_called()
    {
        var taker = await Taker();
        var key = Key();
        (await taker.Post("/api/v1/hotline/one/advice", new { reason = "rights" }, key)).Is(200);
        (await taker.Post("/api/v1/hotline/one/advice", new { reason = "rights" }, key)).Is(200);
        (await taker.Post("/api/v1/hotline/one/advice", new { reason = "health" }, key)).Is(422, "key_reused");
        (await taker.Post("/api/v1/hotline/one/advice", new { reason = "rights" })).Is(400, "invalid_key");
        (await taker.Post("/api/v1/hotline/one/advice", new { reason = "her name" }, Key())).Is(400, "invalid_body");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => (await taker.Post("/api/v1/hotline/one/advice", new { reason = "health" }, Key())).Is(200)));
        var today = (await taker.Get("/api/v1/hotline/one/advice")).Is(200);
        Assert.Equal(5, today.Json.GetProperty("total").GetInt32());
        Assert.Equal(["health 4", "rights 1"], today.Json.GetProperty("counts").EnumerateArray().Select(c => $"{c.GetProperty("reason").GetString()} {c.GetProperty("count").GetInt32()}").Order());
        (await (await host.SignIn("elsewhere")).Post("/api/v1/hotline/one/advice", new { reason = "rights" }, Key())).Is(404, "not_found");

        var day = host.Clock.GetUtcNow().ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        var rows = await host.App.Services.GetRequiredService<IRows>().All<System.Text.Json.Nodes.JsonObject>(Tables.Advice, $"one/{day}");
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.Equal(["count", "keys", "schemaVersion"], row.Select(member => member.Key).Order()));
        // Beside the hour in which it was served stands no reason, and nothing that leads to one.
        var served = (await host.App.Services.GetRequiredService<IRows>().All<System.Text.Json.Nodes.JsonObject>(Tables.LineFigures, "one")).Where(row => row["itemId"]!.GetValue<string>().StartsWith("advice:", StringComparison.Ordinal)).ToArray();
        Assert.Equal(5, served.Length);
        Assert.All(served, row => Assert.DoesNotContain(row["itemId"]!.GetValue<string>()["advice:".Length..], string.Join(' ', rows.Select(r => r.ToJsonString())), StringComparison.Ordinal));
        Assert.All(served, row => Assert.Equal((0, 0), (row["at"]!.GetValue<DateTimeOffset>().Minute, row["at"]!.GetValue<DateTimeOffset>().Second)));
    }

    /// <summary>Signed in once: a host takes only so many sign-ins in a minute.</summary>
    private async Task<Caller> Taker() => (await Line.Of(host)).Taker;

    private static string? Of(Answer alert, string part, string member) => alert.Json.GetProperty(part).GetProperty(member).GetString();
}
