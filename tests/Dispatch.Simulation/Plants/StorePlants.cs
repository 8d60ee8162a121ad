using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatch.Grains.Rows;
using Dispatch.LocalEngine;
using Dispatch.Simulation.Worlds;
using Dispatch.Storage;

namespace Dispatch.Simulation.Plants;

/// <summary>The raise writes its alert and forgets the reminder and the watch row.</summary>
internal sealed class ForgottenWatch : Plant
{
    public override ILocalStore Store(ILocalStore real, World world) => new RewritingStore(real, Forget, row => row);

    private static RowWrite? Forget(RowWrite write) => write.Id.Table switch
    {
        "grain-reminders" => null,
        Tables.Watch when write.Body is { } body && JsonNode.Parse(body.Span)!["version"]!.GetValue<long>() == 1 => null,
        _ => write,
    };
}

/// <summary>Whether a need is filled is not among what is read back: after a restart a second person can fill it again.</summary>
internal sealed class DoubleAccept : Plant
{
    public override ILocalStore Store(ILocalStore real, World world) => new RewritingStore(real, write => write, row => AlertRow.Change(row, alert =>
    {
        foreach (var need in alert["needs"]!.AsArray().Where(n => n!["stage"]!.GetValue<string>() == "filled")) need!["stage"] = "asking";
    }));
}

/// <summary>After the roster changed, the step an alert is in is worked out anew instead of read.</summary>
internal sealed class RecomputedStep : Plant
{
    private bool _changed;

    public override ILocalStore Store(ILocalStore real, World world) => new RewritingStore(
        real,
        write =>
        {
            _changed |= write.Id.Table == Tables.Duty && world.Elapsed > TimeSpan.FromSeconds(2);
            return write;
        },
        row => !_changed ? row : AlertRow.Change(row, alert =>
        {
            foreach (var need in alert["needs"]!.AsArray().Where(n => n!["stage"]!.GetValue<string>() == "asking"))
            {
                if (need!["steps"] is JsonArray { Count: > 0 } steps) steps.RemoveAt(steps.Count - 1);
            }
        }));
}

/// <summary>The store says "written" and means "soon": a crash takes back up to five seconds.</summary>
internal sealed class LostTail : Plant
{
    private static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(5);

    private readonly Dictionary<RowKey, RowWrite> _flushed = [];
    private readonly List<RowWrite> _tail = [];
    private DateTimeOffset _flushedAt;

    public override ILocalStore Store(ILocalStore real, World world) => new RewritingStore(
        real,
        write =>
        {
            if (world.Now - _flushedAt >= FlushEvery) Flush(world.Now);
            _tail.Add(write);
            return write;
        },
        row => row);

    public override void Crashed(World world)
    {
        _tail.Clear();
        world.Disk = new MemoryDisk();
        _ = new MemoryStore(new AtOnce(), world.Disk).WriteAll([.. _flushed.Values.OrderBy(w => w.Id.ToString(), StringComparer.Ordinal)]);
    }

    private void Flush(DateTimeOffset now)
    {
        _flushedAt = now;
        foreach (var write in _tail)
        {
            if (write.IsDelete) _flushed.Remove(write.Id);
            else _flushed[write.Id] = write with { IfMatch = null };
        }

        _tail.Clear();
    }

    private sealed class AtOnce : ITurnScheduler
    {
        public void Post(Action work) => work();
    }
}

internal static class AlertRow
{
    /// <summary>The row with its alert changed; any other row as it is.</summary>
    public static Row Change(Row row, Action<JsonNode> change)
    {
        if (row.Id.Table != "grain-state" || !row.Id.Partition.StartsWith("alert/", StringComparison.Ordinal)) return row;
        var stored = JsonNode.Parse(row.Body.Span)!;
        if (stored["value"] is not { } alert || alert["needs"] is null) return row;
        change(alert);
        return row with { Body = JsonSerializer.SerializeToUtf8Bytes(stored) };
    }
}
