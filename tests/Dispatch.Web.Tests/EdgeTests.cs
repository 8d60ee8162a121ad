using Dispatch.Grains.Hosting;
using Dispatch.Web.Problems;
using Dispatch.Web.Responders;
using Dispatch.Web.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatch.Web.Tests;

/// <summary>The host's behaviour around any endpoint: outages, limits, stopping, standing behind a proxy.</summary>
public sealed class EdgeTests(RunningHost host) : IClassFixture<RunningHost>
{
    public static TheoryData<Exception, int, string, bool> Failures => new()
    {
        { new TimeoutException("outcome unknown"), 503, "unavailable", true },
        { new IOException("an outage, says the engine"), 503, "unavailable", true },
        { new ReceiptsFullException(), 503, "busy", true },
        { new InvalidOperationException("a defect that names somebody"), 500, "internal_error", false },
        { new BadHttpRequestException("words of the framework", 413), 413, "payload_too_large", false },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task An_outage_may_be_repeated_and_a_defect_says_nothing(Exception failure, int status, string code, bool repeat)
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { Response = { Body = body } };
        Assert.True(await new FailureAnswers(new Engine(), NullLogger<FailureAnswers>.Instance).TryHandleAsync(http, failure, default));
        Assert.Equal(status, http.Response.StatusCode);
        Assert.Equal(repeat, http.Response.Headers.RetryAfter.Count > 0);
        var text = System.Text.Encoding.UTF8.GetString(body.ToArray());
        Assert.Contains($"\"code\":\"{code}\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain(failure.Message, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_session_cannot_take_the_host_from_the_others()
    {
        var (busy, other) = (await host.SignIn("nurse0"), await host.SignIn("nurse1"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 600).Select(_ => busy.Get("/api/v1/me")));
        Assert.Contains(answers, a => a.Status == 429 && a.Text("code") == "too_many_requests" && a.Headers.ContainsKey("Retry-After"));
        Assert.True(answers.Count(a => a.Status == 200) >= 300);
        (await other.Get("/api/v1/me")).Is(200);
    }

    [Fact]
    public async Task Behind_a_proxy_that_speaks_https_the_browser_is_told_to_stay_there()
    {
        var https = ("X-Forwarded-Proto", "https");
        Assert.True((await host.Anybody().Get("/", https)).Headers.ContainsKey("Strict-Transport-Security"));
        Assert.False((await host.Anybody().Get("/")).Headers.ContainsKey("Strict-Transport-Security"));
        var signIn = (await host.Anybody().Post("/api/v1/sign-in", new { userName = "nurse2", password = Programme.Password }, https)).Is(200);
        Assert.Contains("; secure", signIn.Headers["Set-Cookie"], StringComparison.Ordinal);
        Assert.Contains("; secure", (await host.Anybody().Form("/api/v1/alerts", "key=", https)).Is(303).Headers["Set-Cookie"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/sign-in", 8)]
    [InlineData("/api/v1/alerts", 300)]
    public async Task Bodies_that_trickle_in_keep_nobody_waiting(string path, int slow)
    {
        var connections = Enumerable.Range(0, slow).Select(_ => new System.Net.Sockets.TcpClient(host.Address.Host, host.Address.Port)).ToArray();
        try
        {
            var head = System.Text.Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nIdempotency-Key: {Guid.NewGuid():D}\r\nContent-Length: 4000\r\n\r\n{{");
            foreach (var connection in connections) await connection.GetStream().WriteAsync(head);
            await Task.Delay(200);
            await host.SignIn("nurse3").WaitAsync(TimeSpan.FromSeconds(4));
            (await host.Anybody().Raise(new { }).WaitAsync(TimeSpan.FromSeconds(4))).Is(202);
        }
        finally
        {
            foreach (var connection in connections) connection.Dispose();
        }
    }

    [Fact]
    public async Task An_answer_that_an_exception_made_carries_the_headers_too()
    {
        var answer = (await host.Anybody().Raise(new { note = new string('x', 20_000) })).Is(413, "payload_too_large");
        Assert.Contains("default-src 'none'", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
    }

    [Fact]
    public async Task What_is_under_way_when_the_host_stops_is_answered()
    {
        var phone = await host.Anybody().Raised(new { });
        var cancelling = phone.Cancel(new { });
        await Task.Delay(100);
        await host.Stop();
        (await cancelling).Is(200);
        await host.Start();
        Assert.Equal("cancelled", (await new Phone(phone.Id, host.Anybody().With(phone.Caller.Token!)).Look()).Is(200).Text("status"));
    }

    private sealed class Engine : IEngineReadiness
    {
        public bool Ready => true;
        public string? Fault => null;
        public bool IsOutage(Exception failure) => failure is IOException;
    }
}
