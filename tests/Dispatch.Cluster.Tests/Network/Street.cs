using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Dispatch.Cluster.Tests.Network;

/// <summary>
/// Hosts in network namespaces of their own, on one bridge of this machine. Two that are cut off from each other still reach this machine, and with it the database and
/// their callers: the worst partition, since both go on with everything but one another.
/// </summary>
internal sealed class Street : IAsyncDisposable
{
    /// <summary>RFC 2544's range for tests: no real network has it. A part of it for each process, so that two runs do not meet.</summary>
    private static readonly string Prefix = string.Create(CultureInfo.InvariantCulture, $"198.18.{Environment.ProcessId % 256}.");

    private readonly string _name = $"dct{Environment.ProcessId % 10_000}";
    private readonly List<int> _houses = [];

    private Street()
    {
    }

    /// <summary>Where the hosts reach this machine.</summary>
    public static IPAddress Gateway { get; } = IPAddress.Parse(Prefix + "1");

    /// <summary>Null where this machine allows no namespaces, and the reason.</summary>
    public static async Task<(Street? Street, string WhyNot)> Build(int houses)
    {
        if (!OperatingSystem.IsLinux()) return (null, "network namespaces are Linux's");
        var street = new Street();
        try
        {
            await street.Make(houses);
            return (street, "");
        }
        catch (Exception failure) when (failure is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            await street.DisposeAsync();
            return (null, failure.Message);
        }
    }

    public static IPAddress AddressOf(int house) => IPAddress.Parse($"{Prefix}{house + 10}");

    public string NamespaceOf(int house) => $"{_name}n{house}";

    /// <summary>Those two do not reach each other any more.</summary>
    public Task Cut(int one, int other) => Isolate("on", one, other);

    public Task Heal(int one, int other) => Isolate("off", one, other);

    public async ValueTask DisposeAsync()
    {
        foreach (var house in _houses) await Try("netns", "del", NamespaceOf(house));
        await Try("link", "del", _name);
    }

    private async Task Make(int houses)
    {
        await Ip("link", "add", _name, "type", "bridge");
        await Ip("addr", "add", $"{Gateway}/24", "dev", _name);
        await Ip("link", "set", _name, "up");
        for (var house = 0; house < houses; house++)
        {
            var (there, wire) = (NamespaceOf(house), WireOf(house));
            await Ip("netns", "add", there);
            _houses.Add(house);
            await Ip("link", "add", wire, "type", "veth", "peer", "name", "eth0", "netns", there);
            await Ip("link", "set", wire, "master", _name);
            await Ip("link", "set", wire, "up");
            await Ip("-n", there, "addr", "add", $"{AddressOf(house)}/24", "dev", "eth0");
            await Ip("-n", there, "link", "set", "eth0", "up");
            await Ip("-n", there, "link", "set", "lo", "up");
        }

        // A machine that forwards through a firewall would let nobody talk to anybody.
        await Isolate("off", 0, houses - 1);
    }

    private async Task Isolate(string how, params int[] houses)
    {
        foreach (var house in houses) await Ip("link", "set", WireOf(house), "type", "bridge_slave", "isolated", how);
    }

    private string WireOf(int house) => $"{_name}w{house}";

    private static async Task Ip(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var wrong = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"`ip {string.Join(' ', arguments)}` ended with {process.ExitCode}: {wrong.Trim()}"));
    }

    private static async Task Try(params string[] arguments)
    {
        try
        {
            await Ip(arguments);
        }
        catch (Exception failure) when (failure is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It was not made.
        }
    }
}
