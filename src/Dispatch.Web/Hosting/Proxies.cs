using System.Net;
using Dispatch.Grains.Hosting;

namespace Dispatch.Web.Hosting;

/// <summary>Reverse proxies on other machines, or in other containers, whose word about the caller counts: without it their https would look like http.</summary>
internal static class Proxies
{
    public const string Setting = "Proxy:Known";

    /// <summary>Addresses or networks, as a list or in one line with commas.</summary>
    public static IReadOnlyList<IPNetwork> Known(IConfiguration configuration)
    {
        var given = configuration.GetSection(Setting).GetChildren().Select(c => c.Value).Append(configuration[Setting]).OfType<string>();
        return [.. given.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(Read)];
    }

    private static IPNetwork Read(string text)
    {
        if (IPNetwork.TryParse(text, out var network)) return network;
        if (IPAddress.TryParse(text, out var address)) return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        throw new StartRefusedException($"{Setting} holds something that is no address and no network such as 172.18.0.0/16.");
    }
}
