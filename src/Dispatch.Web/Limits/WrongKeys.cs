using System.Net;
using System.Net.Sockets;

namespace Dispatch.Web.Limits;

/// <summary>Partners' keys that open nothing, by address. Only they are counted and only they are told to wait: many phones share one address, and an alert under a right key is never refused for it.</summary>
internal sealed class WrongKeys(TimeProvider clock) : TriesByWindow(clock, PerWindow)
{
    public const int PerWindow = 30;
    private const int NetworkBytes = 8;

    /// <summary>The address; of IPv6 the network, in which one caller has more addresses than there are guesses.</summary>
    public static string Bucket(IPAddress? address) => address switch
    {
        null => "",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes)),
        _ => address.MapToIPv4().ToString(),
    };
}
