using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using Dispatch.Cluster.AzureTables;
using Dispatch.Grains.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Dispatch.Cluster;

/// <summary>Where a cluster keeps its members, states, reminders and rows.</summary>
public enum ClusterStorage
{
    /// <summary>One host with one file, for development.</summary>
    Local = 1,
    Postgres = 2,
    AzureTables = 3,
}

/// <summary>The section <c>Cluster</c>. What is missing or wrong refuses the start by its name, never by its value.</summary>
/// <param name="Id">The cluster that this host joins; hosts with another id never talk to it.</param>
/// <param name="Address">Where the other hosts reach this one, and the only address that it listens on for them. The setting may also name a network.</param>
/// <param name="GatewayPort">Zero: no client outside the hosts may connect, and none needs to.</param>
public sealed record ClusterSettings(ClusterStorage Storage, string Id, IPAddress Address, int SiloPort, int GatewayPort)
{
    private const int DefaultSiloPort = 11111;

    public static ClusterSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(environment);
        var section = configuration.GetSection("Cluster");
        var storage = StorageOf(section, environment.IsDevelopment());
        var alone = storage is ClusterStorage.Local;
        return new ClusterSettings(
            storage,
            section["Id"] ?? (alone ? "dispatch" : throw Missing("Id")),
            section["Address"] is { } address ? AddressOf(address) : alone ? IPAddress.Loopback : throw Missing("Address"),
            Port(section, "SiloPort", DefaultSiloPort, least: 1),
            Port(section, "GatewayPort", 0, least: 0));
    }

    private static ClusterStorage StorageOf(IConfiguration section, bool development) => section["Storage"] switch
    {
        null when development => ClusterStorage.Local,
        null => throw Missing("Storage"),
        nameof(ClusterStorage.Local) => ClusterStorage.Local,
        nameof(ClusterStorage.Postgres) => ClusterStorage.Postgres,
        nameof(ClusterStorage.AzureTables) when AzureStore.IsBuiltIn => ClusterStorage.AzureTables,
        nameof(ClusterStorage.AzureTables) => throw new StartRefusedException("Cluster:Storage is AzureTables, and this build has no Azure part."),
        _ => throw new StartRefusedException("Cluster:Storage must be Local, Postgres or AzureTables."),
    };

    private static IPAddress AddressOf(string text)
    {
        if (IPAddress.TryParse(text, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)) return address;
        if (IPNetwork.TryParse(text, out var network) && AddressesIn(network) is [var only]) return only;
        throw new StartRefusedException("Cluster:Address must be one address of this host at which the other hosts reach it, or a network in which it has exactly one.");
    }

    /// <summary>Where each start gives a host another address, as containers have it.</summary>
    private static IPAddress[] AddressesIn(IPNetwork network) =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(port => port.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .Where(network.Contains)
            .Distinct(),
    ];

    private static int Port(IConfiguration section, string name, int otherwise, int least)
    {
        if (section[name] is not { } text) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port >= least && port <= IPEndPoint.MaxPort
            ? port
            : throw new StartRefusedException($"Cluster:{name} must be a port number.");
    }

    private static StartRefusedException Missing(string name) => new($"Cluster:{name} is not set.");
}
