using System.Collections.Immutable;
using Dispatch.Domain.Shelters;

namespace Dispatch.Domain.Tests.Shelters;

/// <summary>
/// The house itself: every bed stands somewhere and has one name on it or none. It knows nothing of the ledger's arithmetic; it is told what the ledger said and
/// complains when that cannot be done with real beds. It remembers every hold that ever ended.
/// </summary>
internal sealed class PhysicalHouse
{
    private const string Broken = "out of service";
    private const string Guest = "somebody without a hold";
    private readonly Dictionary<BedKind, string?[]> _beds = Enum.GetValues<BedKind>().ToDictionary(k => k, _ => Array.Empty<string?>());
    private readonly Dictionary<string, (DateTimeOffset ExpiresAt, bool Renewed)> _held = [];
    private readonly HashSet<string> _ended = [];

    /// <summary>Takes one step of the ledger into the house.</summary>
    /// <returns>What cannot be, or null.</returns>
    public string? Follow(LedgerStep step, BedLedger before, BedChange change)
    {
        Expire(step.At, before.ClockWentBack(step.At));
        var after = change.Ledger;
        if (change.Refused is null && step.Command is HoldBeds hold && !before.Holds.Any(h => h.Id == hold.HoldId))
        {
            if (_ended.Contains(hold.HoldId)) return $"{hold.HoldId} was had again after it had ended";
            _held[hold.HoldId] = (step.At + Holding.Lasts, false);
            // Its people said that there is room, and nobody there has counted since yesterday.
            if (hold.ToldBy is not null && !(step.At - before.ConfirmedAt <= TimeSpan.FromHours(12))) MakeRoom(after.Find(hold.HoldId)!.Beds);
        }

        if (change.Refused is null && step.Command is ReleaseBeds release) _ended.Add(release.HoldId);
        if (change.Refused is null && step.Command is RenewHold renew && _held.TryGetValue(renew.HoldId, out var was) && !was.Renewed) _held[renew.HoldId] = (was.ExpiresAt + Holding.Lasts, true);
        if (change.Refused is null && step.Command is CountBeds count && after.Version != before.Version) Rebuild(count.Figures, after);
        foreach (var gone in Owners().Except(after.Holds.Select(h => h.Id)).ToArray()) Vacate(gone);
        foreach (var now in after.Holds)
        {
            if (now.Stage is not HoldStage.Held) _held.Remove(now.Id);
            if (now.Stage is HoldStage.Booked && _ended.Contains(now.Id)) return $"{now.Id} is booked after it had ended";
            if (Place(now) is { } why) return why;
        }

        return Compare(after, step.At);
    }

    private void MakeRoom(ImmutableArray<BedCount> beds)
    {
        foreach (var (kind, count) in beds)
        {
            var missing = Replace(_beds[kind], Broken, null, Replace(_beds[kind], Guest, null, count - _beds[kind].Count(b => b is null)));
            _beds[kind] = [.. _beds[kind], .. Enumerable.Repeat<string?>(null, Math.Max(0, missing))];
        }
    }

    private void Expire(DateTimeOffset now, bool all)
    {
        foreach (var over in _held.Where(h => all || h.Value.ExpiresAt <= now).Select(h => h.Key).ToArray()) Vacate(over);
    }

    private void Vacate(string hold)
    {
        _held.Remove(hold);
        _ended.Add(hold);
        foreach (var beds in _beds.Values) Replace(beds, hold, null, beds.Length);
    }

    /// <summary>Puts the party into real beds, as many of each kind as the ledger says and no other.</summary>
    private string? Place(BedHold hold)
    {
        foreach (var (kind, beds) in _beds)
        {
            var (has, should) = (beds.Count(b => b == hold.Id), hold.Beds.Of(kind));
            if (has > should) Replace(beds, hold.Id, null, has - should);
            if (has < should && Replace(beds, null, hold.Id, should - has) > 0) return $"{hold.Id} finds no {kind}: {Tell(beds)}";
        }

        return null;
    }

    /// <summary>Staff's count moves what is broken and who came without a hold, never a hold.</summary>
    private void Rebuild(IEnumerable<BedFigures> figures, BedLedger after)
    {
        var counted = figures.ToDictionary(f => f.Kind);
        foreach (var kind in _beds.Keys.ToArray())
        {
            var names = _beds[kind].Where(b => b is not null and not Broken and not Guest).ToList();
            if (!counted.TryGetValue(kind, out var now)) now = new BedFigures(kind, 0, 0, 0);
            var sleeping = names.Count(n => after.Find(n!)?.Stage is HoldStage.Occupied);
            names.AddRange(Enumerable.Repeat(Guest, Math.Max(0, now.Occupied - sleeping)));
            names.AddRange(Enumerable.Repeat(Broken, now.OutOfService));
            _beds[kind] = [.. names, .. Enumerable.Repeat<string?>(null, Math.Max(0, now.Capacity - names.Count))];
        }
    }

    private string? Compare(BedLedger ledger, DateTimeOffset now)
    {
        var board = BedBoard.Of(ledger, null, now);
        foreach (var (kind, beds) in _beds)
        {
            int In(HoldStage stage) => beds.Count(b => b is not null && ledger.Find(b)?.Stage == stage);
            var real = new BoardLine(kind, beds.Length, beds.Count(b => b is null), In(HoldStage.Held), In(HoldStage.Booked), In(HoldStage.Occupied) + beds.Count(b => b == Guest), beds.Count(b => b == Broken));
            var said = board.Lines.FirstOrDefault(l => l.Kind == kind) ?? new BoardLine(kind, 0, 0, 0, 0, 0, 0);
            if (said != real) return $"the ledger says {said}, the house {real}";
            if (said.Free < 0 || said.Free + said.Held + said.Booked + said.Occupied + said.OutOfService != said.Capacity) return $"does not add up: {said}";
        }

        var held = ledger.Holds.Where(h => h.Stage is HoldStage.Held).Select(h => (h.Id, h.ExpiresAt)).Order();
        return held.SequenceEqual(_held.Select(h => (h.Key, (DateTimeOffset?)h.Value.ExpiresAt)).Order()) ? null : $"held: the ledger says {string.Join(' ', held)}, the house {string.Join(' ', _held)}";
    }

    private IEnumerable<string> Owners() => _beds.Values.SelectMany(b => b).Where(b => b is not null and not Broken and not Guest).Distinct()!;

    private static int Replace(string?[] beds, string? from, string? to, int count)
    {
        for (var i = 0; i < beds.Length && count > 0; i++)
        {
            if (beds[i] != from) continue;
            beds[i] = to;
            count--;
        }

        return count;
    }

    private static string Tell(string?[] beds) => string.Join(", ", beds.Select(b => b ?? "free"));
}
