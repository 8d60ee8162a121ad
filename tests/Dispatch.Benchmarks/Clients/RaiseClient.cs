using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dispatch.Benchmarks.Clients;

/// <summary>
/// One phone that presses the button again and again over one kept connection. Blocking, with its request made once: it takes as little as can be from the cores that it
/// shares with the host.
/// </summary>
internal sealed class RaiseClient : IDisposable
{
    private const string NoKey = "00000000-0000-0000-0000-000000000000";
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly (byte[] Bytes, int KeyAt)[] _requests;
    private readonly byte[] _answer = new byte[16 * 1024];
    private int _length;
    private int _turn;

    /// <param name="host">Where it is.</param>
    /// <param name="bodies">Sent in turn.</param>
    public RaiseClient(IPEndPoint host, params IReadOnlyList<string> bodies)
    {
        _requests = [.. bodies.Select(body => Request(host, body))];
        _socket.Connect(host);
    }

    /// <summary>A press as the page sends it: where, what, in which language.</summary>
    public static string Body(string area, params string[] needs) =>
        $$$"""{"area":"{{{area}}}","needs":["{{{string.Join("\",\"", needs)}}}"],"language":"fr","location":{"landmark":"derrière le marché"}}""";

    /// <summary>The token that follows the last alert.</summary>
    public string Token()
    {
        var text = Encoding.UTF8.GetString(_answer, 0, _length);
        var from = text.IndexOf("\"survivorToken\":\"", StringComparison.Ordinal) + 17;
        return text[from..text.IndexOf('"', from)];
    }

    /// <summary>Presses once and waits for the whole answer.</summary>
    public void Raise(Guid key)
    {
        var (request, keyAt) = _requests[_turn++ % _requests.Length];
        Utf8Formatter.TryFormat(key, request.AsSpan(keyAt), out _);
        for (var sent = 0; sent < request.Length;) sent += _socket.Send(request.AsSpan(sent));
        _length = 0;
        do
        {
            var got = _socket.Receive(_answer.AsSpan(_length));
            if (got == 0) throw new IOException("The host hung up.");
            _length += got;
        }
        while (!Complete());

        if (!_answer.AsSpan(0, _length).StartsWith("HTTP/1.1 202 "u8)) throw new IOException(Encoding.UTF8.GetString(_answer, 0, _length));
    }

    public void Dispose() => _socket.Dispose();

    private static (byte[] Bytes, int KeyAt) Request(IPEndPoint host, string body)
    {
        var head = $"POST /api/v1/alerts HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nIdempotency-Key: ";
        return (Encoding.UTF8.GetBytes($"{head}{NoKey}\r\n\r\n{body}"), Encoding.UTF8.GetByteCount(head));
    }

    private bool Complete()
    {
        var answer = _answer.AsSpan(0, _length);
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        var length = answer[..head].IndexOf("Content-Length: "u8);
        if (length < 0) return answer.EndsWith("0\r\n\r\n"u8);
        return Utf8Parser.TryParse(answer[(length + 16)..], out int body, out _) && _length >= head + 4 + body;
    }
}
