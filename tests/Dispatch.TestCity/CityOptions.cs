using Dispatch.Domain.Channels;
using Dispatch.Domain.Protocols;
using Dispatch.Grains.Hotline;
using Dispatch.Grains.Rows;
using Dispatch.LocalEngine;

namespace Dispatch.TestCity;

public sealed record CityOptions
{
    private int _hosts;

    public Rules Rules { get; init; } = City.DefaultRules();

    /// <summary>Shuffles the order of turns; none means first come, first served.</summary>
    public int? Seed { get; init; }

    /// <summary>Whether the watch rows are swept; off to see what the other legs do alone.</summary>
    public bool Sweep { get; init; } = true;

    /// <summary>Whether this host may take over leases at once, as on one machine; on a cluster it waits for them to run out.</summary>
    public bool Alone { get; init; } = true;

    /// <summary>What an earlier city left behind, and what the clock reads at the start.</summary>
    public MemoryDisk? Disk { get; init; }
    public DateTimeOffset? Now { get; init; }

    /// <summary>Wraps the row store, to let it fail.</summary>
    public Func<IRows, IRows>? Rows { get; init; }

    /// <summary>Ways to reach people beside their phones' live one.</summary>
    public IReadOnlyList<IChannel> MoreChannels { get; init; } = [];

    /// <summary>Rings numbers that rang; without it the machine rings nobody back.</summary>
    public Dispatch.Grains.Contacts.ICallsBack? CallsBack { get; init; }

    /// <summary>As the settings of a line may say; null: the usual.</summary>
    public TimeSpan? HolderGoneAfter { get; init; }

    public int NextHost() => ++_hosts;
}

internal sealed record Waits(TimeSpan GoneAfter) : ILineWaits
{
    public TimeSpan HolderGoneAfter(string line) => GoneAfter;
}
