using System.Collections.Immutable;
using Dispatch.Domain.Protocols;
using Orleans;
using Orleans.Runtime;

namespace Dispatch.Grains.Protocols;

/// <summary>The versions kept: an open alert carries its own copy of the rules it started with, so old ones are only for reading back.</summary>
internal sealed record ProtocolBook
{
    public const int MaxVersions = 20;

    public int SchemaVersion { get; init; } = 1;
    public ImmutableArray<Rules> Versions { get; init; } = [];
}

[GrainType("protocol")]
internal sealed class ProtocolGrain([PersistentState("protocol")] IPersistentState<Stored<ProtocolBook>> stored) : Grain, IProtocolGrain
{
    public async Task<string?> Publish(Rules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.Fault() is { } fault) return fault;
        var book = stored.State.Value ?? new ProtocolBook();
        if (book.Versions is [.., var active] && active.Version >= rules.Version) return null;
        await stored.Replace(book with { Versions = [.. book.Versions.TakeLast(ProtocolBook.MaxVersions - 1), rules] }, DeactivateOnIdle);
        return null;
    }

    public Task<Rules?> Active() => Task.FromResult(stored.State.Value?.Versions.LastOrDefault());
}
