using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Rows;
using Dispatch.LocalEngine;
using Dispatch.Simulation.Worlds;
using Dispatch.Storage;

namespace Dispatch.Simulation.Plants;

/// <summary>A bug in how a house reads its beds back after a restart.</summary>
internal class MisreadBeds(Action<JsonNode> change) : Plant
{
    public override ILocalStore Store(ILocalStore real, World world) => new RewritingStore(real, write => write, row => HouseRow.Change(row, "beds", change));
}

/// <summary>A hold is not read back, and its bed is given to somebody else.</summary>
internal sealed class LostHold() : MisreadBeds(beds =>
{
    if (beds["holds"] is JsonArray { Count: > 0 } holds) holds.RemoveAt(0);
});

/// <summary>Which holds have ended is not read back, so that one of them can be had again.</summary>
internal sealed class ForgottenTombstone() : MisreadBeds(beds => beds["gone"] = new JsonArray());

/// <summary>After a restart a house has one bed more of each kind than anybody counted.</summary>
internal sealed class Miscounted() : MisreadBeds(beds =>
{
    foreach (var kind in beds["kinds"]!.AsArray()) kind!["capacity"] = kind["capacity"]!.GetValue<int>() + 1;
});

/// <summary>A restart begins the half hour of every hold anew.</summary>
internal sealed class LongerHold() : MisreadBeds(beds =>
{
    foreach (var hold in beds["holds"]!.AsArray().Where(h => h!["stage"]!.GetValue<string>() == "held"))
    {
        hold!["expiresAt"] = hold["expiresAt"]!.GetValue<DateTimeOffset>() + TimeSpan.FromMinutes(30);
    }
});

/// <summary>What is free is enough for some of a family, and some is taken.</summary>
internal sealed class HalfFamily : Plant
{
    public override ILocalStore Store(ILocalStore real, World world) => new RewritingStore(real, write => HouseRow.Change(write, "beds", Cut), row => row);

    private static void Cut(JsonNode beds)
    {
        foreach (var hold in beds["holds"]!.AsArray())
        {
            foreach (var bed in hold!["beds"]!.AsArray().Where(b => b!["kind"]!.GetValue<string>() == "bed" && b["count"]!.GetValue<int>() > 1)) bed!["count"] = bed["count"]!.GetValue<int>() - 1;
        }
    }
}

/// <summary>After a restart an alert takes a bed that is held for it for given back, and gives it back no more.</summary>
internal sealed class KeptAfterEnd : Plant
{
    public override ILocalStore Store(ILocalStore real, World world) => new RewritingStore(real, write => write, row => AlertRow.Change(row, alert =>
    {
        foreach (var request in alert["beds"]?["requests"]?.AsArray().Where(r => r!["state"]!.GetValue<string>() is "held" or "releasing") ?? [])
        {
            request!["state"] = "over";
            request["over"] = "givenUp";
        }
    }));
}

/// <summary>A look at an address is shown before, and without, its line in the history.</summary>
internal sealed class UnwrittenLook : Plant
{
    public override IRows Rows(IRows real, IReadOnlyList<IChannel> channels, World world) => new Silent(real);

    private sealed class Silent(IRows real) : ChangedRows(real)
    {
        public override Task<IReadOnlyList<bool>> Write(IReadOnlyList<RowChange> changes) =>
            changes.Any(c => c.Value is BedEvent { Kind: BedEventKind.AddressSeen })
                ? Task.FromResult<IReadOnlyList<bool>>([.. changes.Select(_ => true)])
                : base.Write(changes);
    }
}

/// <summary>A release that was to run out soon lasts another day after a restart.</summary>
internal sealed class LongerRelease : Plant
{
    public override ILocalStore Store(ILocalStore real, World world) => new RewritingStore(real, write => write, row => HouseRow.Change(row, "address", book =>
    {
        foreach (var release in book["releases"]!.AsArray()) release!["until"] = release["until"]!.GetValue<DateTimeOffset>() + TimeSpan.FromDays(1);
    }));
}

internal static class HouseRow
{
    /// <summary>The row with one state of its house changed; any other row as it is.</summary>
    public static Row Change(Row row, string state, Action<JsonNode> change) => Changed(row.Id, row.Body, state, change) is { } body ? row with { Body = body } : row;

    public static RowWrite Change(RowWrite write, string state, Action<JsonNode> change) => write.Body is { } body && Changed(write.Id, body, state, change) is { } other ? write with { Body = other } : write;

    private static byte[]? Changed(RowKey id, ReadOnlyMemory<byte> body, string state, Action<JsonNode> change)
    {
        if (id.Table != "grain-state" || id.Key != state || !id.Partition.StartsWith("shelter/", StringComparison.Ordinal)) return null;
        var stored = JsonNode.Parse(body.Span)!;
        if (stored["value"] is not { } value) return null;
        change(value);
        return JsonSerializer.SerializeToUtf8Bytes(stored);
    }
}
