using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Shelters;
using Dispatch.Grains;
using Dispatch.Grains.Rows;
using Dispatch.Grains.Shelters;
using Dispatch.Simulation.Promises;
using Dispatch.Simulation.Runs;
using Dispatch.Storage;

namespace Dispatch.Simulation.Weeks;

/// <summary>Watches the disk, and holds what people were answered against it. The first promise that breaks is kept.</summary>
internal sealed class WeeksBook(TimeProvider clock, DateTimeOffset start, Tally tally)
{
    private const string HouseRows = "shelter/";

    /// <summary>Until a reminder has woken a house whose timer was lost.</summary>
    private static readonly TimeSpan Woken = TimeSpan.FromSeconds(95);

    private readonly SortedDictionary<string, HouseFile> _houses = new(StringComparer.Ordinal);
    private DateTimeOffset _troubled = DateTimeOffset.MinValue;

    public Broken? Broken { get; private set; }

    public void Break(Promise promise, string what) => Broken ??= new Broken(promise, clock.GetUtcNow() - start, what);

    /// <summary>Something failed, or the process began anew: what was to be done may be late.</summary>
    public void Troubled() => _troubled = clock.GetUtcNow();

    public HouseFile House(string id)
    {
        if (!_houses.TryGetValue(id, out var file)) _houses[id] = file = new HouseFile();
        return file;
    }

    /// <summary>A write is on the disk. Nobody has been told of it yet.</summary>
    public void Stored(RowWrite write)
    {
        if (write.Body is not { } body) return;
        if (write.Id.Table == Tables.BedHistory) House(write.Id.Partition).History.Add(write.Id.Key);
        if (write.Id is not { Table: "grain-state", Key: "beds" } || !write.Id.Partition.StartsWith(HouseRows, StringComparison.Ordinal)) return;
        var id = write.Id.Partition[HouseRows.Length..];
        Stored(id, House(id), JsonSerializer.Deserialize<Stored<BedLedger>>(body.Span, DispatchJson.Options)!.Value!);
    }

    private void Stored(string id, HouseFile house, BedLedger now)
    {
        var before = house.Ledger;
        if (LedgerTransition.Fault(before, now, house.Ended) is { } fault) Break(fault.Promise, $"{id}: {fault.What}");
        foreach (var hold in now.Holds.Where(h => house.Reached.Add((h.Id, h.Stage)))) tally.Count("bed." + hold.Stage);
        foreach (var gone in now.Gone.Where(g => house.Ended.GetValueOrDefault(g.Id)?.At != g.At))
        {
            tally.Count("bed.over." + gone.How);
            house.Ended[gone.Id] = gone;
            if (gone.How is GoneHow.Expired && before?.Find(gone.Id)?.ExpiresAt is { } due) RanOut(gone, due);
        }

        var news = now.Trail.Where(line => house.Trail.Add(line.Id)).ToArray();
        foreach (var line in news) tally.Count("said." + line.Kind);
        if (news.Length > 1 && news.All(line => line.Kind is BedEventKind.Held or BedEventKind.Withdrawn)) tally.Count("together", news.Length);
        house.Ledger = now;
    }

    /// <summary>To the tick, unless the machine was in trouble shortly before; then as soon as it could be known.</summary>
    private void RanOut(GoneHold gone, DateTimeOffset due)
    {
        var since = _troubled > due ? _troubled : due;
        if (_troubled + Woken < due && gone.At != due) Break(Promise.HoldEnds, $"{gone.Id} ran out {(gone.At - due).TotalSeconds:0.0000000} s late");
        if (gone.At - since > Woken) Break(Promise.HoldEnds, $"{gone.Id} ran out {(gone.At - since).TotalSeconds:0} s after the trouble was over");
    }

    /// <param name="overBefore">It had ended, and was not had again, before this was asked.</param>
    public void Held(string house, HoldBeds asked, bool overBefore, HoldResult result)
    {
        if (Refused("hold", result)) return;
        if (overBefore && House(house).Ledger?.Find(asked.HoldId) is null or { Stage: HoldStage.Held }) Break(Promise.OverStaysOver, $"{asked.HoldId} had ended, came late and was answered as held");
        Shown(house, result);
    }

    public void Released(string house, string hold, HoldResult result)
    {
        if (Refused("release", result)) return;
        if (!House(house).Ended.ContainsKey(hold) && House(house).Ledger?.AskedFloor is null) Break(Promise.AnswerDurable, $"{hold}: its release was answered and is not on the disk");
    }

    public void Said(string house, string word, HoldResult result)
    {
        if (!Refused(word, result)) Shown(house, result);
    }

    public void Counted(string house, CountsResult result)
    {
        tally.Count(result.Refused is { } why ? $"refused.count.{why}" : "count");
        if (result.Refused is null && !(House(house).Ledger?.Version >= result.Board.Version)) Break(Promise.AnswerDurable, $"{house}: a count was answered and is not on the disk");
    }

    /// <summary>What staff see adds up, and is what the disk holds.</summary>
    public void Board(string house, BedBoard board)
    {
        foreach (var line in board.Lines.Where(l => l.Free < 0 || l.Free + l.Held + l.Booked + l.Occupied + l.OutOfService != l.Capacity)) Break(Promise.BedsAddUp, $"{house} shows {line}");
        foreach (var hold in board.Holds.Where(h => !House(house).Reached.Contains((h.HoldId, h.Stage!.Value)))) Break(Promise.AnswerDurable, $"{house} shows {hold.HoldId} as {hold.Stage} and the disk does not");
        foreach (var hold in board.Holds.Where(h => h.ExpiresAt <= board.Now)) Break(Promise.HoldEnds, $"{house} shows {hold.HoldId} as held after its time");
    }

    /// <summary>An hour and more after the last word, and nothing has gone wrong since.</summary>
    public void Settled(IEnumerable<string> houses)
    {
        foreach (var id in houses)
        {
            var house = House(id);
            if (house.Ledger!.Holds.FirstOrDefault(h => h.Stage is HoldStage.Held) is { } held) Break(Promise.HoldEnds, $"{held.Id} is still held");
            var missing = house.Trail.Except(house.History).Order(StringComparer.Ordinal).ToArray();
            if (missing.Length > 0) Break(Promise.HistoryComplete, $"{id}: {missing.Length} lines are not in the history, from {missing[0]}");
        }
    }

    private void Shown(string house, HoldResult result)
    {
        // A house that remembers its bound of ends may have forgotten this one in the same moment.
        if (result.Hold is not { } hold) return;
        // What others said in the same moment may have taken it further, or ended it, in the same write.
        var kept = (hold.Stage is { } stage && Enum.GetValues<HoldStage>().Any(s => s >= stage && House(house).Reached.Contains((hold.HoldId, s)))) || House(house).Ended.ContainsKey(hold.HoldId);
        if (!kept) Break(Promise.AnswerDurable, $"{hold.HoldId} was answered as {hold.Stage?.ToString() ?? hold.Over.ToString()} and is not on the disk");
    }

    private bool Refused(string word, HoldResult result)
    {
        tally.Count(result.Refused is { } why ? $"refused.{word}.{why}" : word);
        return result.Refused is not null;
    }
}
