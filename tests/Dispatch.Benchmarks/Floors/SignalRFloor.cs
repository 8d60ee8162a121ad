using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatch.Benchmarks.Floors;

/// <summary>
/// The least that can be done for B1, B2 and B8: a bare hub. A raise is appended and fsynced, then sent to each connection by itself; each receipt is appended, and its
/// invocation completes after the fsync that it shared. For B2 a push and a text go with each of these sends. No sign-in, no rules, no queue, no consoles.
/// </summary>
internal static class SignalRFloor
{
    /// <param name="far">What else a raise sends; null for nothing.</param>
    public static async Task Serve(string port, string log, BareSends? far)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:" + port);
        builder.Services.AddRoutingCore();
        builder.Services.AddSignalR();
        builder.Services.AddSingleton<Connected>();
        builder.Services.AddSingleton(new GroupSync(log));
        if (far is not null) builder.Services.AddSingleton(far);
        var app = builder.Build();
        app.UseWebSockets();
        app.MapHub<FloorHub>("/live");
        app.MapGet("/ready", () => "ready");
        app.MapPost("/api/v1/alerts", Raise);
        await app.RunAsync();
    }

    private static async Task<IResult> Raise(HttpContext http, GroupSync log, Connected connected, IHubContext<FloorHub> hub, [FromServices] BareSends? far = null)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        var id = http.Request.Headers["Idempotency-Key"].ToString();
        await log.Append(Encoding.UTF8.GetBytes(id + body));
        _ = Send(id, connected, hub, far);
        return Results.Accepted();
    }

    private static Task Send(string id, Connected connected, IHubContext<FloorHub> hub, BareSends? far) =>
        Task.WhenAll(connected.Ids.Select((to, i) => Task.WhenAll(hub.Clients.Client(to.Key).SendAsync("offer", FloorOffer.Of(id, i)), far?.Start(i, id) ?? Task.CompletedTask)));
}

/// <summary>As many bytes as the host's own offer.</summary>
internal sealed record FloorOffer(string OfferId, string Need, string Mode, string[] Modes, string ReplyCode, string RaisedAt, string OfferedAt, int Version, bool Exercise)
{
    private static readonly string[] BothModes = ["callsHer", "receivesHer"];

    public static FloorOffer Of(string alert, int number) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{alert}.{number}"), "health", "callsHer", BothModes, "42", "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z", 2, false);
}

internal sealed class Connected
{
    public ConcurrentDictionary<string, bool> Ids { get; } = new();
}

internal sealed class FloorHub(Connected connected, GroupSync log) : Hub
{
    public override Task OnConnectedAsync()
    {
        connected.Ids[Context.ConnectionId] = true;
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        connected.Ids.TryRemove(Context.ConnectionId, out _);
        return Task.CompletedTask;
    }

    public Task Receipt(string offerId, string state) => log.Append(Encoding.UTF8.GetBytes($"{offerId} {state}\n"));
}
