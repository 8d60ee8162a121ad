using System.Text.Json;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using Dispatch.Grains;
using Dispatch.Grains.Shelters;
using Dispatch.Storage;

namespace Dispatch.Simulation.Promises;

// Beds, as they reach the disk: each house against what it was, and against the alerts that asked it.
internal sealed partial class Book
{
    private const string HouseRows = "shelter/";

    /// <summary>As many people as a family room of the simulated houses takes.</summary>
    private static readonly int RoomSleeps = new HouseRules().FamilyRoomSleeps;

    /// <summary>Until a reminder has woken a house, and a retry an alert, after the last trouble.</summary>
    private static readonly TimeSpan Woken = TimeSpan.FromSeconds(95);

    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(60);

    private readonly SortedDictionary<string, HouseFile> _houses = new(StringComparer.Ordinal);

    /// <summary>How it stands on the disk; null when it has ended or was never there.</summary>
    public HoldStage? StageOf(HoldId hold) => House(hold.Shelter).Ledger?.Find(hold.ToString())?.Stage;

    /// <summary>The house that said yes to this alert's party and waits for her.</summary>
    public HoldId? BookedFor(string alert) => (Durable(alert)?.Beds?.Requests ?? []).Select(r => new HoldId(alert, r.No, r.Shelter)).Where(h => StageOf(h) is HoldStage.Booked).Cast<HoldId?>().FirstOrDefault();

    private HouseFile House(string id)
    {
        if (!_houses.TryGetValue(id, out var file)) _houses[id] = file = new HouseFile();
        return file;
    }

    private void HouseStored(RowWrite write)
    {
        var id = write.Id.Partition[HouseRows.Length..];
        if (write.Id.Key == "beds") Stored(id, House(id), Read<Stored<BedLedger>>(write)!.Value!);
        if (write.Id.Key == "address") Stored(id, House(id), Read<Stored<AddressBook>>(write)!.Value!);
    }

    private void Stored(string id, HouseFile house, BedLedger now)
    {
        var before = house.Ledger;
        foreach (var hold in now.Holds.Where(h => house.Reached.Add((h.Id, h.Stage))))
        {
            world.Tally.Count("bed." + hold.Stage);
            if (before?.Find(hold.Id) is null && !house.Ended.ContainsKey(hold.Id)) First(id, hold);
        }

        if (LedgerTransition.Fault(before, now, house.Ended) is { } fault) Break(fault.Promise, $"{id}: {fault.What}");
        foreach (var gone in now.Gone.Where(g => before?.FindGone(g.Id) is null))
        {
            house.Ended[gone.Id] = gone;
            world.Tally.Count("bed.over." + gone.How);
        }

        foreach (var line in now.Trail.Where(line => house.Trail.Add(line.Id))) world.Tally.Count("bed.said." + line.Kind);
        if (before?.Version != now.Version) house.ChangedAt = world.Now;
        house.Ledger = now;
    }

    /// <summary>A hold is on the house's disk for the first time.</summary>
    private void First(string house, BedHold hold)
    {
        if (!HoldId.TryParse(hold.Id, out var id) || id.Shelter != house || Durable(id.Alert)?.Beds?.Find(id.No) is not { } request || request.Shelter != house || request.AskedAt != hold.AskedAt)
        {
            Break(Promise.BedPromisedOnce, $"{hold.Id} is in {house} and no alert on the disk has asked for it");
            return;
        }

        var room = hold.Beds.Sum(b => b.Kind is BedKind.FamilyRoom ? b.Count * RoomSleeps : b.Count);
        var people = File(id.Alert).Guests.GetValueOrDefault(id.No)?.Min(g => g.People) ?? 1;
        if (room < people) Break(Promise.AllBedsOrNone, $"{hold.Id} is for {people} people and has [{LedgerTransition.Words(hold.Beds)}]");
    }

    /// <summary>What an alert asks of houses, as it reaches the disk.</summary>
    private void AskedForBeds(Alert? before, Alert now)
    {
        var file = File(now.Id);
        foreach (var request in now.Beds?.Requests ?? [])
        {
            if (before?.Beds?.Find(request.No)?.State is var was && was != request.State) world.Tally.Count("request." + request.State);
            if (!request.Owed)
            {
                file.BedsOwed.Remove(request.No);
                continue;
            }

            if (!file.BedsOwed.TryGetValue(request.No, out var owed) || owed.For != request.State) file.BedsOwed[request.No] = (request.State, world.Now);
            if (now.Beds!.Guests is not { } guests) continue;
            if (!file.Guests.TryGetValue(request.No, out var all)) file.Guests[request.No] = all = [];
            all.Add(guests);
        }
    }

    /// <summary>What should long have run out, been answered or been given back.</summary>
    private void LookAtBeds(DateTimeOffset wall)
    {
        if (world.Calm < Woken) return;
        foreach (var (id, house) in _houses)
        {
            foreach (var hold in house.Ledger?.Holds.Where(h => h.Stage is HoldStage.Held) ?? [])
            {
                if (wall - hold.ExpiresAt > Slack) Break(Promise.HoldEnds, $"{hold.Id} should have run out {(wall - hold.ExpiresAt)!.Value.TotalSeconds:0} s ago");
                if (hold.ExpiresAt - wall > LongestHold + Slack) Break(Promise.HoldEnds, $"{hold.Id} is held for {(hold.ExpiresAt - wall)!.Value.TotalMinutes:0} minutes");
                if (HoldId.TryParse(hold.Id, out var of) && Durable(of.Alert) is { } alert && world.Now - house.ChangedAt > PullSlack) StillWanted(hold, alert, of.No);
            }

            world.People.Call($"board of {id}", g => g.GetGrain<IShelterGrain>(id).Board(), (BedBoard board) => Shown(id, board));
        }

        foreach (var (id, file) in _files)
        {
            foreach (var (no, owed) in file.BedsOwed.Where(o => world.Now - o.Value.Since > Woken)) Break(Promise.HoldEnds, $"{id}: its house has not answered to request {no} ({owed.For}) for {(world.Now - owed.Since).TotalSeconds:0} s");
        }
    }

    private void StillWanted(BedHold hold, Alert alert, int no)
    {
        if (alert.Beds?.Find(no) is not { State: not BedState.Over }) Break(Promise.EndedFreesBeds, $"{hold.Id} is held and its alert knows it as over");
        if (alert.Stage is Stage.Ended && world.Now - File(alert.Id).ChangedAt > Woken) Break(Promise.EndedFreesBeds, $"{hold.Id} is held although its alert has ended");
    }

    /// <summary>What staff see is what is on the disk, and it adds up.</summary>
    private void Shown(string id, BedBoard board)
    {
        foreach (var line in board.Lines.Where(l => l.Free < 0 || l.Free + l.Held + l.Booked + l.Occupied + l.OutOfService != l.Capacity)) Break(Promise.BedsAddUp, $"{id} shows {line}");
        foreach (var hold in board.Holds.Where(h => !House(id).Reached.Contains((h.HoldId, h.Stage!.Value)))) Break(Promise.AnswerDurable, $"{id} shows {hold.HoldId} as {hold.Stage} and the disk does not");
    }

    private void BedsSettled(Alert alert)
    {
        foreach (var request in alert.Beds?.Requests ?? [])
        {
            var hold = new HoldId(alert.Id, request.No, request.Shelter);
            if (request.Owed) Break(Promise.EverybodyTold, $"{hold} is still {request.State}");
            if (alert.Stage is Stage.Ended || world.Now - House(request.Shelter).ChangedAt < PullSlack) continue;
            if (request.State is not BedState.Over && StageOf(hold)?.ToString() != request.State.ToString()) Break(Promise.BedPromisedOnce, $"{hold} is {request.State} to its alert and {StageOf(hold)?.ToString() ?? "nothing"} to its house");
        }
    }

    private void HousesSettled()
    {
        foreach (var (id, house) in _houses)
        {
            if (world.Now - house.ChangedAt < PullSlack) continue;
            foreach (var hold in house.Ledger?.Holds.Where(h => h.Stage is HoldStage.Booked) ?? [])
            {
                if (HoldId.TryParse(hold.Id, out var of) && Durable(of.Alert)?.Beds?.Find(of.No) is not { State: BedState.Booked or BedState.Occupied }) Break(Promise.BedPromisedOnce, $"{hold.Id} is booked and its alert does not know it");
            }

            var missing = house.Trail.Where(line => !house.History.Contains(line)).ToArray();
            if (missing.Length > 0) Break(Promise.HistoryComplete, $"{id}: {missing.Length} lines are not in the history, from {missing.Min(StringComparer.Ordinal)}");
        }
    }
}
