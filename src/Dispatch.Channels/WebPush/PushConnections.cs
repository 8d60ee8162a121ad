using System.Net;
using System.Net.Sockets;

namespace Dispatch.Channels.WebPush;

/// <summary>A push service's name leads to no machine that this host may call.</summary>
internal sealed class AddressRefusedException() : IOException("The name leads to an address that is not called.");

/// <summary>
/// How requests to push services travel: straight, never through what the machine's environment names as a proxy, never on to where an answer points, without
/// cookies, and only to addresses that <see cref="PushReach"/> allows, looked at in the moment of connecting.
/// </summary>
public static class PushConnections
{
    private const int MaxHeadersKilobytes = 16;
    private const int MaxDrainBytes = 4 * 1024;
    private const int MaxConnectionsEach = 64;

    /// <param name="resolve">The system's resolver unless a test says otherwise.</param>
    public static SocketsHttpHandler Handler(PushReach reach, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        Credentials = null,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        MaxConnectionsPerServer = MaxConnectionsEach,
        EnableMultipleHttp2Connections = true,
        // A name that moved is asked for again.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        MaxResponseHeadersLength = MaxHeadersKilobytes,
        // Only the status is of use; what an answer says beyond this is cut off with its connection.
        MaxResponseDrainSize = MaxDrainBytes,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        ConnectCallback = (context, cancel) => Connect(reach, resolve ?? Dns.GetHostAddressesAsync, context.DnsEndPoint, cancel),
    };

    private static async ValueTask<Stream> Connect(PushReach reach, Func<string, CancellationToken, Task<IPAddress[]>> resolve, DnsEndPoint to, CancellationToken cancel)
    {
        var addresses = Array.FindAll(await resolve(to.Host, cancel), address => reach.Allows(address));
        if (addresses.Length == 0) throw new AddressRefusedException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, to.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
