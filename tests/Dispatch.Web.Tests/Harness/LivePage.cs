using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Dispatch.Web.Tests.Harness;

/// <summary>An open page: the live connection's JSON protocol over a plain WebSocket.</summary>
public sealed class LivePage : IAsyncDisposable
{
    private const char Separator = '\u001e';
    private readonly ClientWebSocket _socket = new();
    private readonly Channel<JsonElement> _events = Channel.CreateUnbounded<JsonElement>();
    private readonly Channel<JsonElement> _results = Channel.CreateUnbounded<JsonElement>();
    private Task _reading = Task.CompletedTask;

    public Task Closed => _reading;

    public static Task<LivePage> Open(RunningHost host, string token, params (string Name, string Value)[] headers) => Open(host.Address, token, headers);

    public static async Task<LivePage> Open(Uri host, string token, params (string Name, string Value)[] headers)
    {
        var page = new LivePage();
        foreach (var (name, value) in headers) page._socket.Options.SetRequestHeader(name, value);
        await page._socket.ConnectAsync(new Uri($"ws://{host.Authority}/live?access_token={token}"), CancellationToken.None);
        await page.Write("""{"protocol":"json","version":1}""");
        page._reading = page.Read();
        // The handshake's own answer is the empty object.
        Assert.Equal("{}", (await page._results.Reader.ReadAsync(Timeout())).GetRawText());
        // The host answers the handshake first and counts the page among the open ones then; what it is asked it hears after that. A hint sent in between would never come.
        Assert.NotNull(await page.Call("isOpen"));
        return page;
    }

    public async Task<JsonElement> Next(string target)
    {
        while (true)
        {
            var message = await _events.Reader.ReadAsync(Timeout());
            if (message.GetProperty("target").GetString() == target) return message.GetProperty("arguments");
        }
    }

    /// <summary>Calls and waits for the completion; the error's text, or null.</summary>
    public async Task<string?> Call(string target, params object[] arguments)
    {
        await Write(JsonSerializer.Serialize(new { type = 1, invocationId = "1", target, arguments }));
        var completion = await _results.Reader.ReadAsync(Timeout());
        return completion.TryGetProperty("error", out var error) ? error.GetString() : null;
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
    }

    private Task Write(string message) => _socket.SendAsync(Encoding.UTF8.GetBytes(message + Separator), WebSocketMessageType.Text, true, Timeout());

    private async Task Read()
    {
        var buffer = new byte[16 * 1024];
        var text = new StringBuilder();
        try
        {
            while (true)
            {
                var got = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (got.MessageType is WebSocketMessageType.Close) return;
                text.Append(Encoding.UTF8.GetString(buffer, 0, got.Count));
                while (text.ToString().IndexOf(Separator, StringComparison.Ordinal) is var end and >= 0)
                {
                    Sort(JsonSerializer.Deserialize<JsonElement>(text.ToString(0, end)));
                    text.Remove(0, end + 1);
                }
            }
        }
        catch (Exception cut) when (cut is WebSocketException or OperationCanceledException)
        {
            // Cut off.
        }
    }

    private void Sort(JsonElement message)
    {
        var type = message.TryGetProperty("type", out var number) ? number.GetInt32() : 0;
        if (type is 1) _events.Writer.TryWrite(message);
        else if (type is 0 or 3) _results.Writer.TryWrite(message);
    }

    private static CancellationToken Timeout() => new CancellationTokenSource(TimeSpan.FromSeconds(15)).Token;
}
