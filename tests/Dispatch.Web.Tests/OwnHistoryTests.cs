using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests;

public sealed class OwnHistoryTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Path = "/api/v1/me/history";

    [Fact]
    public async Task She_finds_what_she_did_and_nothing_about_whom()
    {
        var nurse = await host.OnDuty("nurse20");
        Assert.Equal(0, (await nurse.Get(Path)).Is(200).Json.GetProperty("items").GetArrayLength());
        List<string> alerts = [];
        foreach (var last in (string[])["done", "released"])
        {
            var phone = await host.Anybody().Raised(new { needs = new[] { "health" }, location = new { landmark = "behind the mill" } });
            alerts.Add(phone.Id);
            var offer = await Eventually.Offer(nurse, phone.Id);
            (await nurse.Post($"/api/v1/offers/{offer}/accept")).Is(200);
            foreach (var state in (string[])["noConflict", "arrived", last]) (await nurse.Post($"/api/v1/assignments/{offer}/progress", new { state })).Is(200);
            (await phone.Cancel(new { })).Is(200);
        }

        var mine = await Eventually.Get(() => nurse.Get(Path), a => a.Json.GetProperty("items").GetArrayLength() == 2);
        Assert.Equal([("health", "released"), ("health", "done")], mine.Json.GetProperty("items").EnumerateArray().Select(i => (i.GetProperty("need").GetString()!, i.GetProperty("state").GetString()!)));
        Assert.DoesNotContain("mill", mine.Body, StringComparison.Ordinal);
        Assert.All(alerts, alert => Assert.DoesNotContain(alert, mine.Body, StringComparison.Ordinal));
        Assert.Equal(0, (await (await host.SignIn("nurse19")).Get(Path)).Is(200).Json.GetProperty("items").GetArrayLength());
        (await nurse.Put("/api/v1/me/duty", new { onDuty = false })).Is(200);
    }

    [Fact]
    public async Task It_is_for_those_who_help_and_takes_no_endless_cursor()
    {
        (await (await host.SignIn("boss")).Get(Path)).Is(403, "not_allowed");
        (await (await host.SignIn("nurse18")).Get($"{Path}?after={new string('1', 65)}")).Is(400, "invalid_body");
    }
}
