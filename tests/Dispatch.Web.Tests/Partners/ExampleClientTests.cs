using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Partners;

/// <summary>The documented example, as somebody would run it, against the real host.</summary>
public sealed class ExampleClientTests(PartnerHost host) : IClassFixture<PartnerHost>
{
    [Fact]
    public async Task The_example_opens_an_alert_and_follows_it_to_its_end()
    {
        var (app, nurse) = (await host.Partner(), await host.OnDuty("nurse3"));
        using var client = Run(app.Text, "health");
        var lines = new List<JsonElement>();
        async Task Reads(string status)
        {
            while (lines.Count == 0 || lines[^1].GetProperty("status").GetString() != status)
            {
                var line = await client.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
                if (line is null) Assert.Fail($"it ended before {status}: {await client.StandardError.ReadToEndAsync()}");
                lines.Add(JsonSerializer.Deserialize<JsonElement>(line));
            }
        }

        var offer = await Eventually.Offer(nurse);
        (await nurse.Post($"/api/v1/offers/{offer}/accept", new { mode = "callsHer", etaMinutes = 7 })).Is(200);
        await Reads("accepted");
        Assert.Equal(7, lines[^1].GetProperty("needs")[0].GetProperty("etaMinutes").GetInt32());
        foreach (var state in new[] { "noConflict", "done" }) (await nurse.Post($"/api/v1/assignments/{offer}/progress", new { state })).Is(200);
        await Reads("ended");
        await client.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, client.ExitCode);
        Assert.Equal(["stored", "received"], lines.Take(2).Select(line => line.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task With_a_key_that_opens_nothing_it_says_so()
    {
        using var client = Run("dpk.x.y.z", "health");
        await client.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(1, client.ExitCode);
        Assert.Equal("refused: not_signed_in", (await client.StandardError.ReadToEndAsync()).Trim());
    }

    [Fact]
    public async Task Its_check_of_a_webhook_knows_a_genuine_call_from_a_forged_and_an_old_one()
    {
        var app = await host.Partner(webhook: true);
        (await app.Raise(new { needs = new[] { "psychosocial" } })).Is(202);
        var call = await Eventually.Get(() => Task.FromResult(host.Far.All.FirstOrDefault(a => a.Path == $"/{app.Id}")), c => c is not null);
        var headers = call!.Headers.Where(h => h.Key.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase)).ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value);
        var later = DateTimeOffset.FromUnixTimeSeconds(long.Parse(headers["webhook-timestamp"], System.Globalization.CultureInfo.InvariantCulture)).AddSeconds(301).ToUnixTimeMilliseconds();
        var given = JsonSerializer.Serialize(new { secret = app.Secret, headers, text = call.Body, later, now = later - 300_000 });
        const string script = """
            const { isGenuine } = await import(process.argv[1]);
            const { secret, headers, text, now, later } = JSON.parse(process.argv[2]);
            const forged = { ...headers, "webhook-signature": `v1,${"A".repeat(44)}` };
            console.log([isGenuine(secret, headers, text, now), isGenuine(secret, headers, text + " ", now), isGenuine(secret, forged, text, now), isGenuine("whsec_AAAA", headers, text, now), isGenuine(secret, headers, text, later)].join());
            """;
        using var node = Process.Start(new ProcessStartInfo("node", ["--input-type=module", "-e", script, new Uri(Client()).AbsoluteUri, given]) { RedirectStandardOutput = true })!;
        Assert.Equal("true,false,false,false,false", (await node.StandardOutput.ReadToEndAsync()).Trim());
    }

    private Process Run(string key, params string[] needs)
    {
        var start = new ProcessStartInfo("node", [Client(), .. needs]) { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["DISPATCH_URL"], start.Environment["DISPATCH_KEY"], start.Environment["DISPATCH_EVERY_MS"]) = (host.Address.ToString(), key, "50");
        return Process.Start(start)!;
    }

    private static string Client([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../../examples/partner/client.mjs"));
}
