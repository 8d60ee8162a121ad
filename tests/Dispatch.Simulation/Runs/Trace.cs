using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dispatch.Simulation.Runs;

/// <summary>Everything that happened, line by line. Two runs of one plan agree on it to the byte; the digest says so in one word.</summary>
internal sealed class Trace(TextWriter? copy) : IDisposable
{
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _buffer = new byte[512];

    public void Line(TimeSpan at, string text)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds:0.000} {text}\n");
        var most = Encoding.UTF8.GetMaxByteCount(line.Length);
        if (_buffer.Length < most) _buffer = new byte[most];
        _digest.AppendData(_buffer, 0, Encoding.UTF8.GetBytes(line, _buffer));
        copy?.Write(line);
    }

    public string Digest() => Convert.ToHexStringLower(_digest.GetCurrentHash().AsSpan(0, 16));

    public void Dispose() => _digest.Dispose();
}
