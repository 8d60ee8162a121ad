using System.Collections.Immutable;
using Dispatch.Channels.Live;
using Dispatch.Domain.Channels;
using Orleans.Concurrency;

namespace Dispatch.Cluster.Live;

/// <summary>One host process, as the relays of the other hosts see it. There is one for each process and not one for each page.</summary>
[Alias("dispatch.live.host")]
internal interface ILiveHost : IGrainObserver
{
    /// <summary>Hands the notice to the pages open there. A timeout means that it is unknown whether one took it.</summary>
    [Alias("hand"), AlwaysInterleave, ResponseTimeout("00:00:03")]
    Task<LiveReach> Hand(Notice notice);

    /// <summary>Who listens at another host now. False: nothing is known of that host yet, and it must send everything.</summary>
    /// <param name="host">The same host, to be answered without waiting for the directory to name it.</param>
    [Alias("hear"), ResponseTimeout("00:00:03")]
    Task<bool> Hear(SiloAddress from, ILiveHost host, Listeners news);

    /// <summary>Closes what the ended session has open there.</summary>
    [Alias("cut"), AlwaysInterleave, ResponseTimeout("00:00:03")]
    Task Cut(CutOff cut);
}

/// <param name="Everything">What was known of that host before is replaced.</param>
internal sealed record Listeners(bool Everything, ImmutableArray<string> Here, ImmutableArray<string> Gone);
