using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways;

/// <summary>Her roster names her and she signed out: her page is closed and her browser forgotten. A text is all that reaches her, and it waits for nothing.</summary>
public sealed class SignedOutTests(TextingHost host) : IClassFixture<TextingHost>
{
    private static readonly string[] EveryDay = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    [Fact]
    public async Task Whom_the_roster_names_and_who_signed_out_is_texted_at_once()
    {
        var nurse = await Nurse.OnDuty(host, "nurse15", "+22370100015");
        (await nurse.Caller.Put("/api/v1/me/devices/pocket", Subscription.At("https://push.example.org/x"))).Is(200);
        var shift = new { person = "nurse15", days = EveryDay, from = "00:00", until = "00:00" };
        (await (await host.SignIn("planner")).Put("/api/v1/areas/TT%2Fone/roster", new { version = 0, shifts = new[] { shift } })).Is(200);
        await using (var page = await LivePage.Open(host, nurse.Caller.Token!))
        {
            (await nurse.Caller.Post("/api/v1/sign-out")).Is(204);
            await page.Closed;
        }

        var phone = await host.Raised(new { needs = new[] { "health" } });

        var offer = $"{phone.Id}.0";
        await Eventually.Get(() => Task.FromResult(host.Texts(nurse.Number)), texts => texts.Any(text => text.StartsWith("Message", StringComparison.Ordinal)));
        var told = await Eventually.Get(() => host.OnTheLine(offer), line => line.TryGetProperty("sentAt", out _));
        // Not after the eight seconds that a text waits for an open page or a browser, nor when a sweep looks at what is still owed, after three.
        Assert.InRange(told.GetProperty("sentAt").GetDateTimeOffset() - told.GetProperty("plannedAt").GetDateTimeOffset(), TimeSpan.Zero, TimeSpan.FromSeconds(2.9));
        Assert.Equal(
            [("live", "notConnected"), ("webPush", "noDevice"), ("sms", null)],
            told.GetProperty("channels").EnumerateArray().Select(c => (c.GetProperty("channel").GetString()!, c.TryGetProperty("gaveUp", out var why) ? why.GetString() : null)));
    }
}
