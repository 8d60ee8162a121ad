using System.Net;
using System.Net.Sockets;

namespace Dispatch.Channels.WebPush;

/// <summary>Which machines this host calls to deliver a push. Whoever registers a browser says where that is, so an address must never lead into the host's own network.</summary>
public enum PushReach
{
    /// <summary>Services on the open internet, by https on its usual port, and nothing else.</summary>
    Public = 1,

    /// <summary>A stand-in on this very machine and nothing else: for development, tests and a demo.</summary>
    Loopback = 2,
}

public static class PushReaches
{
    /// <summary>What the IANA has set apart from the open internet.</summary>
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>An IPv4 address as a network without IPv4 writes it.</summary>
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>By its text alone, before anybody is asked where it is.</summary>
    public static bool Allows(this PushReach reach, Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return reach is PushReach.Loopback
            ? endpoint is { IsLoopback: true, Scheme: "http" or "https" }
            : endpoint is { Scheme: "https", HostNameType: UriHostNameType.Dns, IsLoopback: false, IsDefaultPort: true, UserInfo: "" } && endpoint.Host.Contains('.', StringComparison.Ordinal);
    }

    /// <summary>Where a connection may really go. The name's text says nothing: whoever owns it may point it anywhere.</summary>
    public static bool Allows(this PushReach reach, IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        else if (Translated.Contains(address)) address = new IPAddress(address.GetAddressBytes().AsSpan(12));
        if (reach is PushReach.Loopback) return IPAddress.IsLoopback(address);
        return (address.AddressFamily is AddressFamily.InterNetwork || GlobalUnicast.Contains(address)) && !Array.Exists(NotPublic, network => network.Contains(address));
    }
}
