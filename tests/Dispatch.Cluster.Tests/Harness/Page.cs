using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Dispatch.Cluster.Tests.Harness;

/// <param name="At">When it arrived, by <see cref="Stopwatch.GetTimestamp"/>.</param>
internal sealed record Heard(string Target, JsonElement Arguments, long At);

/// <summary>A responder's open page: the hub's JSON protocol over a WebSocket. It confirms every offer, and goes to the next host when its own hangs up.</summary>
internal sealed class Page : IAsyncDisposable
{
    private const char Separator = '\u001e';
    private static readonly TimeSpan ConnectsWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(8);

    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<Heard> _heard = Channel.CreateUnbounded<Heard>();
    private readonly IReadOnlyList<Uri> _hosts;
    private readonly string _token;
    private readonly Action<string>? _offered;
    private readonly Task _running;
    private int _host;
    private int _call;

    /// <param name="hosts">Tried in turn.</param>
    /// <param name="first">Which of them at first.</param>
    /// <param name="token">Who opens it.</param>
    /// <param name="offered">Told of each offer that is shown, by its id; perhaps more than once.</param>
    public Page(IReadOnlyList<Uri> hosts, int first, string token, Action<string>? offered = null)
    {
        (_hosts, _host, _token, _offered) = (hosts, first, token, offered);
        _running = Run();
    }

    /// <summary>Ends when it is connected for the first time.</summary>
    public Task Opened => _open.Task;

    public int Connections { get; private set; }

    /// <summary>The next message of that kind about that alert or offer; an offer that the page fetched counts as well.</summary>
    public async Task<Heard> Next(string target, string about, TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        List<string> others = [];
        try
        {
            while (true)
            {
                var heard = await _heard.Reader.ReadAsync(limit.Token);
                if (heard.Target == target && heard.Arguments.GetRawText().Contains(about, StringComparison.Ordinal)) return heard;
                others.Add(heard.Target);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"no {target} about {about} within {within}; heard: {string.Join(", ", others)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _running;
        _closing.Dispose();
    }

    private async Task Run()
    {
        while (!_closing.IsCancellationRequested)
        {
            using var socket = new ClientWebSocket();
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
            var beating = Task.CompletedTask;
            try
            {
                await Connect(socket);
                Connections++;
                beating = KeepAlive(socket, ended.Token);
                _ = Fetch();
                await Read(socket);
            }
            catch (Exception cut) when (cut is WebSocketException or OperationCanceledException or HttpRequestException or IOException)
            {
                // Hung up; the next host, after a breath.
            }

            await ended.CancelAsync();
            await beating;
            _host++;
            await Task.Delay(Pause);
        }
    }

    private async Task Connect(ClientWebSocket socket)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        limit.CancelAfter(ConnectsWithin);
        await socket.ConnectAsync(new Uri($"ws://{_hosts[_host % _hosts.Count].Authority}/live?access_token={_token}"), limit.Token);
        await Write(socket, """{"protocol":"json","version":1}""", limit.Token);
    }

    private static async Task KeepAlive(ClientWebSocket socket, CancellationToken ended)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Beat, ended);
                await Write(socket, """{"type":6}""", ended);
            }
        }
        catch (Exception cut) when (cut is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The reader sees it too.
        }
    }

    /// <summary>What a page shows when it comes back: what it may have missed.</summary>
    private async Task Fetch()
    {
        var answer = await new Caller(_hosts, _host, _token).Until(TimeSpan.FromSeconds(30), HttpMethod.Get, "/api/v1/me/offers");
        if (answer is null || !answer.Body.TryGetProperty("offers", out var offers)) return;
        foreach (var offer in offers.EnumerateArray())
        {
            _heard.Writer.TryWrite(new Heard("offer", JsonSerializer.SerializeToElement(new[] { offer }), Stopwatch.GetTimestamp()));
            _offered?.Invoke(offer.GetProperty("offerId").GetString()!);
        }
    }

    private async Task Read(ClientWebSocket socket)
    {
        var (buffer, text) = (new byte[16 * 1024], new StringBuilder());
        while (true)
        {
            var got = await socket.ReceiveAsync(buffer.AsMemory(), _closing.Token);
            if (got.MessageType is WebSocketMessageType.Close) return;
            text.Append(Encoding.UTF8.GetString(buffer, 0, got.Count));
            while (text.ToString().IndexOf(Separator, StringComparison.Ordinal) is var end and >= 0)
            {
                await Take(socket, JsonSerializer.Deserialize<JsonElement>(text.ToString(0, end)));
                text.Remove(0, end + 1);
            }
        }
    }

    private async Task Take(ClientWebSocket socket, JsonElement message)
    {
        var type = message.TryGetProperty("type", out var number) ? number.GetInt32() : 0;
        if (type is 0) _open.TrySetResult();
        if (type is not 1) return;
        var heard = new Heard(message.GetProperty("target").GetString()!, message.GetProperty("arguments"), Stopwatch.GetTimestamp());
        _heard.Writer.TryWrite(heard);
        // A hint says that something may have been missed, and the page fetches.
        if (heard.Target is "alert") _ = Fetch();
        if (heard.Target is not "offer") return;
        var offer = heard.Arguments[0].GetProperty("offerId").GetString()!;
        await Write(socket, JsonSerializer.Serialize(new { type = 1, invocationId = $"{++_call}", target = "Receipt", arguments = new object[] { offer, "delivered" } }), _closing.Token);
        _offered?.Invoke(offer);
    }

    private static Task Write(ClientWebSocket socket, string message, CancellationToken stopping) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + Separator), WebSocketMessageType.Text, true, stopping);
}
