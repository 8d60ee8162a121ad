using System.Diagnostics;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests;

public sealed class CancelTests(RunningHost host) : IClassFixture<RunningHost>
{
    public static TheoryData<string?, bool> Pins => new() { { "1234", false }, { "9999", true }, { "0000", true }, { null, true }, { new string('7', 40), true } };

    [Theory]
    [MemberData(nameof(Pins))]
    public async Task Every_pin_gives_the_same_bytes_and_only_the_right_one_cancels(string? pin, bool duress)
    {
        var phone = await host.Anybody().Raised(new { pin = "1234", duressPin = "9999", safeContact = new { channel = "call", number = "70" } });
        var answer = (await phone.Cancel(new { pin })).Is(200);
        Assert.Equal("""{"status":"cancelled"}""", answer.Body);
        Assert.Equal("""{"status":"cancelled"}""", (await phone.Look()).Is(200).Body);
        Assert.False((await phone.Look()).Headers.ContainsKey("ETag"));
        var seen = (await (await host.SignIn("boss")).Get($"/api/v1/alerts/{phone.Id}")).Is(200);
        Assert.Equal(duress, seen.Json.GetProperty("duress").GetBoolean());
        Assert.Equal(!duress, seen.Text("status") == "cancelled");
    }

    [Fact]
    public async Task Every_pin_takes_the_same_time()
    {
        (await (await host.Anybody().Raised(new { })).Cancel(new { })).Is(200);
        foreach (var pin in new[] { "1234", "9999", "0000" })
        {
            // The quickest of four: a busy machine can only add to a time.
            var quickest = long.MaxValue;
            for (var i = 0; i < 4; i++)
            {
                var phone = await host.Anybody().Raised(new { pin = "1234", duressPin = "9999" });
                var watch = Stopwatch.StartNew();
                await phone.Cancel(new { pin });
                quickest = Math.Min(quickest, watch.ElapsedMilliseconds);
            }

            Assert.InRange(quickest, 300, 450);
        }
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(null, "9999")]
    [InlineData("9999", "9999")]
    public async Task A_duress_pin_alone_or_the_same_twice_never_cancels_by_itself(string? pin, string? given)
    {
        var phone = await host.Anybody().Raised(new { pin, duressPin = "9999" });
        (await phone.Cancel(new { pin = given })).Is(200);
        Assert.True((await (await host.SignIn("boss")).Get($"/api/v1/alerts/{phone.Id}")).Json.GetProperty("duress").GetBoolean());
    }

    [Fact]
    public async Task After_either_cancel_nothing_can_be_added_and_nothing_tells_them_apart()
    {
        var (real, forced) = (await host.Anybody().Raised(new { pin = "1234" }), await host.Anybody().Raised(new { pin = "1234" }));
        await real.Cancel(new { pin = "1234" });
        await forced.Cancel(new { pin = "4321" });
        var (a, b) = ((await real.Add(new { note = "x" })).Is(409, "ended"), (await forced.Add(new { note = "x" })).Is(409, "ended"));
        Assert.Equal(a.Body, b.Body);
    }
}
