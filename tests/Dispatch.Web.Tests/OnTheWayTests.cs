using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests;

public sealed class OnTheWayTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task A_panic_is_in_the_queue_at_once_and_says_no_place()
    {
        var (nurse, taker) = (await host.OnDuty("nurse21"), await host.SignIn("taker"));
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" }, location = new { landmark = "behind the mill" } });
        var offer = await Eventually.Offer(nurse, phone.Id);
        (await nurse.Post($"/api/v1/assignments/{offer}/panic")).Is(404, "not_found");
        (await nurse.Post($"/api/v1/offers/{offer}/accept")).Is(200);
        (await nurse.Post($"/api/v1/assignments/{offer}/check-in")).Is(200);
        for (var i = 0; i < 2; i++) (await nurse.Post($"/api/v1/assignments/{offer}/panic")).Is(200);

        var queue = (await taker.Get("/api/v1/hotline/one/queue")).Is(200);
        var item = Assert.Single(queue.Json.GetProperty("items").EnumerateArray(), i => i.GetProperty("alertId").GetString() == phone.Id && i.GetProperty("reason").GetString() == "responderInDanger");
        Assert.Equal((offer, "ringing"), (item.GetProperty("offerId").GetString(), item.GetProperty("state").GetString()));
        Assert.DoesNotContain("mill", queue.Body, StringComparison.Ordinal);
        var id = item.GetProperty("itemId").GetString();
        (await taker.Post($"/api/v1/hotline/items/{id}/take")).Is(200);
        Assert.True((await taker.Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json.GetProperty("offers")[0].TryGetProperty("panicAt", out _));
        (await taker.Post($"/api/v1/hotline/items/{id}/close", new { outcome = "other" })).Is(200);
        Assert.Equal("accepted", (await phone.Look()).Is(200).Text("status"));
        (await nurse.Put("/api/v1/me/duty", new { onDuty = false })).Is(200);
    }

    [Fact]
    public async Task Nobody_calls_for_help_in_the_name_of_another()
    {
        var nurse = await host.SignIn("nurse22");
        var phone = await host.Anybody().Raised(new { });
        foreach (var act in new[] { "check-in", "panic" }) (await nurse.Post($"/api/v1/assignments/{phone.Id}.0/{act}")).Is(404, "not_found");
        foreach (var act in new[] { "check-in", "panic" }) (await nurse.Post($"/api/v1/assignments/nothing/{act}")).Is(404, "not_found");
    }
}
