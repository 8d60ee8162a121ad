using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests;

/// <summary>A tenant that asks twenty people at once.</summary>
public sealed class TwentyAtOnce() : RunningHost(Programme.Settings(askedAtOnce: 20));

public sealed class AcceptanceTests(TwentyAtOnce host) : IClassFixture<TwentyAtOnce>
{
    [Fact]
    public async Task Of_twenty_who_accept_at_once_one_has_it_and_nineteen_are_told_so()
    {
        var nurses = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => host.OnDuty($"nurse{n}")));
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" }, location = new { landmark = "the mill" }, party = new { adults = 37 }, note = "no dogs" });
        var offers = await Task.WhenAll(nurses.Select(Eventually.Offer));

        var answers = await Task.WhenAll(nurses.Zip(offers, (nurse, offer) => nurse.Post($"/api/v1/offers/{offer}/accept", new { etaMinutes = 10, mode = "receivesHer" })));

        var winner = Assert.Single(answers, a => a.Status == 200);
        Assert.All(answers.Where(a => a != winner), a => a.Is(409, "already_filled"));
        Assert.Equal("accepted", (await phone.Look()).Is(200).Text("status"));

        var index = Array.IndexOf(answers, winner);
        Assert.Equal(winner.Body, (await nurses[index].Post($"/api/v1/offers/{offers[index]}/accept", new { etaMinutes = 10, mode = "receivesHer" })).Is(200).Body);
        await OnlyAfterTheConflictQuestion(nurses[index], offers[index]);
        await EverybodyElseSeesNothing(nurses.Where((_, n) => n != index));
    }

    private static async Task OnlyAfterTheConflictQuestion(Caller winner, string offer)
    {
        var before = (await winner.Get("/api/v1/me/assignments")).Is(200);
        Assert.Contains("\"area\":", before.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"adults\":", before.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("no dogs", before.Body, StringComparison.Ordinal);
        (await winner.Post($"/api/v1/assignments/{offer}/progress", new { state = "enRoute" })).Is(409, "wrong_progress");
        var after = (await winner.Post($"/api/v1/assignments/{offer}/progress", new { state = "noConflict" })).Is(200);
        Assert.Equal((37, "no dogs"), (after.Json.GetProperty("party").GetProperty("adults").GetInt32(), after.Text("note")));
        // She comes to the nurse: nobody needs to know where she is now.
        Assert.DoesNotContain("the mill", (await winner.Get("/api/v1/me/assignments")).Is(200).Body, StringComparison.Ordinal);
        var gone = (await winner.Post($"/api/v1/assignments/{offer}/progress", new { state = "conflict" })).Is(200);
        Assert.Equal("released", gone.Text("state"));
        Assert.DoesNotContain("no dogs", (await winner.Get("/api/v1/me/assignments")).Is(200).Body, StringComparison.Ordinal);
    }

    private static async Task EverybodyElseSeesNothing(IEnumerable<Caller> others)
    {
        foreach (var other in others)
        {
            Assert.Equal("""{"assignments":[]}""", (await other.Get("/api/v1/me/assignments")).Is(200).Body);
        }
    }
}
