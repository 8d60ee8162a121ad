using System.Buffers.Text;
using System.Security.Cryptography;
using Dispatch.Domain.Responders;

namespace Dispatch.Channels.Tests.WebPush;

/// <summary>One browser's subscription, with the half that it keeps to itself.</summary>
internal sealed class TestBrowser
{
    public TestBrowser(Uri endpoint)
    {
        using var pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var key = pair.ExportParameters(includePrivateParameters: true);
        PrivateKey = Base64Url.EncodeToString(key.D!);
        P256dh = Base64Url.EncodeToString([4, .. key.Q.X!, .. key.Q.Y!]);
        Auth = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        Endpoint = endpoint;
    }

    public Uri Endpoint { get; }

    public string P256dh { get; }

    public string Auth { get; }

    public string PrivateKey { get; }

    public DeviceAddress Address => new(Endpoint: Endpoint.ToString(), P256dh: P256dh, Auth: Auth);
}
