using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dispatch.Benchmarks.Clients;

/// <summary>Told of what arrives; spans are valid during the call only.</summary>
internal interface IPhoneListener
{
    void Offered(LivePhone phone, ReadOnlySpan<byte> offerId);

    /// <param name="sentAt">When the phone sent the receipt that is durable now.</param>
    void Recorded(LivePhone phone, long sentAt, bool refused);

    void Told(LivePhone phone, ReadOnlySpan<byte> message);
}

/// <summary>
/// A page that is open: the hub's JSON protocol over one raw WebSocket. Answers every offer with a receipt at once, by an invocation whose completion says that it is
/// durable. Lean, because thousands of them share the cores with the host.
/// </summary>
internal sealed class LivePhone(int number, IPhoneListener listener) : IDisposable
{
    private const byte Separator = 0x1e;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly TaskCompletionSource _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _sending = new();
    private readonly long[] _sentAt = new long[16];
    private byte[] _got = new byte[1024];
    private byte[] _text = [];
    private int _gotLength;
    private int _textLength;
    private int _invocation;

    public int Number => number;

    /// <summary>The socket stays open and nobody reads it any more: a phone in a tunnel, or a page that hangs.</summary>
    public bool Stalled { get; set; }

    /// <summary>The host hung up, also on a page that does not read and so has not seen it.</summary>
    public bool CutOff
    {
        get
        {
            if (Closed.IsCompleted) return true;
            // tcp(7): the first byte of TCP_INFO is the connection's state, 1 while it is established.
            Span<byte> info = stackalloc byte[8];
            return _socket.GetRawSocketOption(6, 11, info) > 0 && info[0] != 1;
        }
    }

    /// <summary>What the system may hold for a page that does not read, in bytes; 0 leaves it to the system. Small, so that a stall is felt at the host soon.</summary>
    public int ReceiveBuffer { get; init; }

    /// <summary>Offers that arrived.</summary>
    public int Offers { get; private set; }

    /// <summary>Nothing has ended this connection yet.</summary>
    public bool Open => !Closed.IsCompleted;

    /// <summary>Ends when the connection does.</summary>
    public Task Closed { get; private set; } = Task.CompletedTask;

    public async Task Connect(IPEndPoint host, string token)
    {
        if (ReceiveBuffer > 0) _socket.ReceiveBufferSize = ReceiveBuffer;
        await _socket.ConnectAsync(host);
        await _socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /live?access_token={token} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"));
        int head;
        while ((head = _got.AsSpan(0, _gotLength).IndexOf("\r\n\r\n"u8)) < 0) await Fill();
        if (!_got.AsSpan(0, head).StartsWith("HTTP/1.1 101 "u8)) throw new IOException("No upgrade: " + Encoding.ASCII.GetString(_got, 0, Math.Min(head, 60)));
        Consume(head + 4);
        Write("{\"protocol\":\"json\",\"version\":1}\u001e"u8);
        Closed = Read();
        await _greeted.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>The host hangs up on a page that says nothing for half a minute.</summary>
    public void Ping() => Write("{\"type\":6}\u001e"u8);

    /// <summary>Without the minute that a connection's end is remembered for: thousands of them would use up the ports.</summary>
    public void Dispose()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    private async Task Read()
    {
        try
        {
            while (true)
            {
                while (Stalled) await Task.Delay(100);
                await Fill();
                int used;
                while ((used = Frame()) > 0) Consume(used);
            }
        }
        catch (Exception cut) when (cut is SocketException or IOException or ObjectDisposedException)
        {
            _greeted.TrySetException(cut);
        }
    }

    private async ValueTask Fill()
    {
        if (_gotLength == _got.Length) Array.Resize(ref _got, _got.Length * 2);
        var got = await _socket.ReceiveAsync(_got.AsMemory(_gotLength));
        if (got == 0) throw new IOException("The host hung up.");
        _gotLength += got;
    }

    private void Consume(int used)
    {
        _gotLength -= used;
        if (_gotLength > 0) Buffer.BlockCopy(_got, used, _got, 0, _gotLength);
    }

    /// <summary>The bytes of one whole frame, handled; 0 when more must come.</summary>
    private int Frame()
    {
        if (_gotLength < 2) return 0;
        var (length, at) = ((long)(_got[1] & 0x7f), 2);
        if (length == 126)
        {
            if (_gotLength < 4) return 0;
            (length, at) = (BinaryPrimitives.ReadUInt16BigEndian(_got.AsSpan(2)), 4);
        }
        else if (length == 127)
        {
            if (_gotLength < 10) return 0;
            (length, at) = (BinaryPrimitives.ReadInt64BigEndian(_got.AsSpan(2)), 10);
        }

        if (_gotLength < at + length) return 0;
        var payload = _got.AsSpan(at, (int)length);
        switch (_got[0] & 0x0f)
        {
            case 8: throw new IOException("The host closed.");
            case 9: Send(10, payload); break;
            case <= 2: Text(payload); break;
        }

        return at + (int)length;
    }

    /// <summary>One frame may hold many records, and one record may span frames.</summary>
    private void Text(ReadOnlySpan<byte> payload)
    {
        if (_textLength > 0)
        {
            Keep(payload);
            var whole = _text.AsSpan(0, _textLength).LastIndexOf(Separator) + 1;
            if (whole == 0) return;
            var joined = _text[.._textLength];
            _textLength = 0;
            Text(joined);
            return;
        }

        int end;
        while ((end = payload.IndexOf(Separator)) >= 0)
        {
            Record(payload[..end]);
            payload = payload[(end + 1)..];
        }

        if (!payload.IsEmpty) Keep(payload);
    }

    private void Keep(ReadOnlySpan<byte> payload)
    {
        if (_text.Length < _textLength + payload.Length) Array.Resize(ref _text, (_textLength + payload.Length) * 2);
        payload.CopyTo(_text.AsSpan(_textLength));
        _textLength += payload.Length;
    }

    private void Record(ReadOnlySpan<byte> record)
    {
        if (record.StartsWith("{\"type\":1,\"target\":\"offer\","u8))
        {
            Offers++;
            var offerId = Value(record, "\"offerId\":\""u8);
            listener.Offered(this, offerId);
            Receipt(offerId);
        }
        else if (record.StartsWith("{\"type\":3,"u8))
        {
            var id = int.Parse(Value(record, "\"invocationId\":\""u8), NumberFormatInfo.InvariantInfo);
            listener.Recorded(this, _sentAt[id % _sentAt.Length], record.IndexOf("\"error\""u8) >= 0);
        }
        else if (record.StartsWith("{\"type\":1,"u8))
        {
            listener.Told(this, record);
        }
        else if (record.SequenceEqual("{}"u8))
        {
            _greeted.TrySetResult();
        }
    }

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> record, ReadOnlySpan<byte> before)
    {
        var rest = record[(record.IndexOf(before) + before.Length)..];
        return rest[..rest.IndexOf((byte)'"')];
    }

    private void Receipt(ReadOnlySpan<byte> offerId)
    {
        var id = ++_invocation;
        Span<byte> record = stackalloc byte[256];
        "{\"type\":1,\"invocationId\":\""u8.CopyTo(record);
        var length = 26;
        id.TryFormat(record[length..], out var digits, default, NumberFormatInfo.InvariantInfo);
        length += digits;
        length += Append(record[length..], "\",\"target\":\"Receipt\",\"arguments\":[\""u8);
        length += Append(record[length..], offerId);
        length += Append(record[length..], "\",\"delivered\"]}\u001e"u8);
        _sentAt[id % _sentAt.Length] = Stopwatch.GetTimestamp();
        Write(record[..length]);
    }

    private static int Append(Span<byte> to, ReadOnlySpan<byte> text)
    {
        text.CopyTo(to);
        return text.Length;
    }

    private void Write(ReadOnlySpan<byte> text) => Send(1, text);

    /// <summary>Masked with zeros, which the protocol allows and costs nothing.</summary>
    private void Send(byte kind, ReadOnlySpan<byte> payload)
    {
        Span<byte> frame = stackalloc byte[payload.Length + 8];
        frame[0] = (byte)(0x80 | kind);
        var at = 2;
        if (payload.Length < 126)
        {
            frame[1] = (byte)(0x80 | payload.Length);
        }
        else
        {
            frame[1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)payload.Length);
            at = 4;
        }

        frame.Slice(at, 4).Clear();
        payload.CopyTo(frame[(at + 4)..]);
        frame = frame[..(at + 4 + payload.Length)];
        lock (_sending)
        {
            while (!frame.IsEmpty) frame = frame[_socket.Send(frame)..];
        }
    }
}
