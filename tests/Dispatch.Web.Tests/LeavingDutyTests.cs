using System.Text.Json;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests;

/// <summary>
/// Who leaves while she is asked: the alert hears of it at once and not at its next look, up to fifteen seconds later, and the supervisor reads it. The bound is this machine's; the
/// promise is less than a second.
/// </summary>
public sealed class LeavingDutyTests(RunningHost host) : IClassFixture<RunningHost>
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("nurse0", "she says that she is off")]
    [InlineData("nurse1", "she signs out")]
    [InlineData("nurse2", "her sessions are ended")]
    public async Task Nothing_rings_for_her_any_more_and_the_supervisor_reads_why(string user, string how)
    {
        var (nurse, boss) = (await host.OnDuty(user), await host.SignIn("boss"));
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
        var offer = await Eventually.Offer(nurse, phone.Id);
        await NothingIsOwed(boss, nurse, offer);
        await using var console = await LivePage.Open(host, boss.Token!);

        var left = host.Clock.GetUtcNow();
        _ = how switch
        {
            "she signs out" => (await nurse.Post("/api/v1/sign-out")).Is(204),
            "her sessions are ended" => (await (await host.SignIn("admin")).Post("/api/v1/accounts/password-reset", new { userName = user })).Is(200),
            _ => (await nurse.Put("/api/v1/me/duty", new { onDuty = false })).Is(200),
        };

        var told = await Withdrawn(console, boss, offer);
        Assert.Equal("offDuty", told.GetProperty("reason").GetString());
        var line = Assert.Single((await Read(boss, phone.Id)).GetProperty("timeline").EnumerateArray(), l => l.GetProperty("kind").GetString() == "withdrawn");
        Assert.InRange(line.GetProperty("at").GetDateTimeOffset() - left, TimeSpan.Zero, AtOnce);
        JsonElement hint;
        do hint = await console.Next("alert");
        while (hint[0].GetString() != phone.Id || hint[1].GetInt64() < (await Read(boss, phone.Id)).GetProperty("version").GetInt64());
    }

    /// <summary>People and their roles are settings: what changed in them counts from the start on.</summary>
    [Fact]
    public async Task Whoever_is_no_longer_in_the_programme_after_a_restart_is_let_go()
    {
        var other = new RunningHost();
        await other.InitializeAsync();
        try
        {
            var (gone, _) = (await other.OnDuty("nurse0"), await other.OnDuty("nurse1"));
            var phone = await other.Anybody().Raised(new { needs = new[] { "health" } });
            var offer = await Eventually.Offer(gone, phone.Id);
            await NothingIsOwed(await other.SignIn("boss"), gone, offer);
            await other.Stop();
            other.Settings = Programme.Settings(firstNurse: 1);
            await other.Start();
            var back = other.Clock.GetUtcNow();

            var boss = await other.SignIn("boss");
            await using var console = await LivePage.Open(other, boss.Token!);
            await Withdrawn(console, boss, offer);
            var line = Assert.Single((await Read(boss, phone.Id)).GetProperty("timeline").EnumerateArray(), l => l.GetProperty("kind").GetString() == "withdrawn");
            Assert.True(line.GetProperty("at").GetDateTimeOffset() - back < AtOnce);
        }
        finally
        {
            await other.DisposeAsync();
        }
    }

    /// <summary>As the supervisor reads it: her page looks again at each hint.</summary>
    private static async Task<JsonElement> Withdrawn(LivePage console, Caller boss, string offer)
    {
        while (true)
        {
            var told = Offer(await Read(boss, offer[..offer.LastIndexOf('.')]), offer);
            if (told.GetProperty("state").GetString() == "withdrawn") return told;
            await console.Next("alert");
        }
    }

    /// <summary>Everybody was told and a phone has confirmed: until its next look nothing else wakes the alert, as a debt would.</summary>
    private static async Task NothingIsOwed(Caller boss, Caller nurse, string offer)
    {
        await Eventually.Get(() => Read(boss, offer[..offer.LastIndexOf('.')]), alert => alert.GetProperty("offers").EnumerateArray().All(o => o.GetProperty("channels").GetArrayLength() > 0));
        (await nurse.Post($"/api/v1/offers/{offer}/receipt", new { state = "delivered" })).Is(204);
    }

    private static async Task<JsonElement> Read(Caller boss, string alert) => (await boss.Get($"/api/v1/alerts/{alert}")).Is(200).Json;

    private static JsonElement Offer(JsonElement alert, string offer) => alert.GetProperty("offers").EnumerateArray().Single(o => o.GetProperty("offerId").GetString() == offer);
}
