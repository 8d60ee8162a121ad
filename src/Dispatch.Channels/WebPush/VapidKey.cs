using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Dispatch.Channels.WebPush;

/// <summary>
/// The pair by which push services know this programme (RFC 8292). Browsers subscribe with its public half and take pushes from its owner alone, so it is the same on
/// every host, and whoever loses it loses every subscription.
/// </summary>
public sealed class VapidKey : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ECDsa _pair;

    public VapidKey(ECParameters pair)
    {
        _pair = ECDsa.Create(pair);
        PublicKey = Base64Url.EncodeToString(P256.Point(_pair.ExportParameters(includePrivateParameters: false)));
    }

    public string PublicKey { get; }

    /// <summary>ES256, as a token carries it.</summary>
    internal string Sign(string text)
    {
        lock (_gate) return Base64Url.EncodeToString(_pair.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    public void Dispose() => _pair.Dispose();
}
