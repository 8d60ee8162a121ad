using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dispatch.TestHosts;
using Xunit.Abstractions;

namespace Dispatch.Web.Tests.Crash;

/// <summary>The minute after which a human must be rung, on the real clock and across a kill of the real process.</summary>
public sealed class RingTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Silence_rings_at_sixty_seconds_of_real_time_although_the_process_was_killed_meanwhile()
    {
        await using var host = new HostProcess();
        await host.Start(Patience);
        using var http = new HttpClient { BaseAddress = host.Address };
        using var press = new HttpRequestMessage(HttpMethod.Post, "/api/v1/alerts") { Content = JsonContent.Create(new { id = Guid.NewGuid().ToString() }) };
        press.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var raised = await http.SendAsync(press);
        var receivedAt = (await raised.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("receivedAt").GetDateTimeOffset();

        await Task.Delay(TimeSpan.FromSeconds(20));
        await host.Kill();
        await host.Start(Patience);
        using var signedIn = await http.PostAsJsonAsync("/api/v1/sign-in", new { userName = "supervisor1", password = HostProcess.Password });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await signedIn.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString());

        var last = receivedAt;
        while (true)
        {
            var queue = await http.GetFromJsonAsync<JsonElement>("/api/v1/hotline/demo/queue");
            var (item, now) = (queue.GetProperty("items")[0], queue.GetProperty("now").GetDateTimeOffset());
            if (item.GetProperty("state").GetString() is "ringing")
            {
                output.WriteLine($"waiting at {(last - receivedAt).TotalSeconds:F3} s, ringing at {(now - receivedAt).TotalSeconds:F3} s");
                Assert.InRange((now - receivedAt).TotalSeconds, 60, 61);
                Assert.True(last - receivedAt < TimeSpan.FromSeconds(60), "it was still waiting after its time");
                return;
            }

            last = now;
            Assert.True(now - receivedAt < TimeSpan.FromSeconds(65), "it never rang");
            await Task.Delay(100);
        }
    }
}
