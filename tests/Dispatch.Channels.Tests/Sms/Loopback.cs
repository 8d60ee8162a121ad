using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatch.Channels.Tests.Sms;

/// <summary>A gateway's far end on loopback: keeps what came in and answers as a test says.</summary>
internal sealed class Loopback : IAsyncDisposable
{
    private readonly ConcurrentQueue<Asked> _asked = new();
    private readonly SemaphoreSlim _came = new(0);
    private WebApplication _app = null!;

    public Uri Address { get; private set; } = null!;

    /// <summary>Everything that came in, in order.</summary>
    public IReadOnlyList<Asked> All => [.. _asked];

    /// <summary>What it answers; a test may change it at any time.</summary>
    public Func<HttpContext, Task> Answers { get; set; } = http => Task.CompletedTask;

    public static async Task<Loopback> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var loopback = new Loopback { _app = builder.Build() };
        loopback._app.Run(loopback.Take);
        await loopback._app.StartAsync();
        loopback.Address = new Uri(loopback._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return loopback;
    }

    public static Func<HttpContext, Task> Says(int status, string body, string? retryAfter = null) => http =>
    {
        http.Response.StatusCode = status;
        if (retryAfter is not null) http.Response.Headers.RetryAfter = retryAfter;
        return http.Response.WriteAsync(body);
    };

    public static Task Hangs(HttpContext http) => Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted);

    public static Task CutsOff(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Ends when one more came in than was waited for so far.</summary>
    public Task Came() => _came.WaitAsync().WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(true));
        await _app.DisposeAsync();
        _came.Dispose();
    }

    private async Task Take(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var headers = http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var asked = new Asked(http.Request.Method, http.Request.Path, http.Request.QueryString.Value ?? "", await reader.ReadToEndAsync(), headers);
        http.Items[nameof(Asked)] = asked;
        _asked.Enqueue(asked);
        _came.Release();
        await Answers(http);
    }
}

internal sealed record Asked(string Method, string Path, string Query, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public IReadOnlyDictionary<string, string> Fields => QueryHelpers.ParseQuery(Body.Length > 0 ? Body : Query).ToDictionary(f => f.Key, f => f.Value.ToString());
}
