using System.Collections.Immutable;
using Dispatch.Domain.Protocols;
using Orleans;
using Orleans.Concurrency;

namespace Dispatch.Grains.Protocols;

/// <summary>One tenant's protocols. Called by the host and by service areas.</summary>
[Alias("dispatch.protocol")]
public interface IProtocolGrain : IGrainWithStringKey
{
    /// <summary>Puts a version of the settings in force, unless people have gone on from there. Refused with the code of its fault when it cannot run.</summary>
    [Alias("publish"), ResponseTimeout("00:00:05")]
    Task<string?> Publish(Rules rules);

    /// <summary>The rules in force for an area, or for the tenant where it is null.</summary>
    [Alias("activeFor"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<Rules?> Active(string? area);

    [Alias("documents"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<ImmutableArray<ProtocolDocument>> Documents();

    [Alias("draft"), ResponseTimeout("00:00:05")]
    Task<ProtocolResult> Draft(string? area, Rules rules, string? note, string by);

    [Alias("redraft"), ResponseTimeout("00:00:05")]
    Task<ProtocolResult> Redraft(int version, Rules rules, string? note, string by);

    [Alias("discard"), ResponseTimeout("00:00:05")]
    Task<ProtocolResult> Discard(int version);

    [Alias("activate"), ResponseTimeout("00:00:05")]
    Task<ProtocolResult> Activate(int version, string by);

    [Alias("retire"), ResponseTimeout("00:00:05")]
    Task<ProtocolResult> Retire(int version);
}

[Immutable]
public sealed record ProtocolResult(ProtocolDocument? Document, ProtocolRefusal? Refused = null);
