using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.Shelters;
using Dispatch.Grains;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Hotline;
using Dispatch.Grains.Rows;
using Dispatch.LocalEngine;
using Dispatch.Simulation.Worlds;
using Dispatch.Storage;

namespace Dispatch.Simulation.Promises;

/// <summary>
/// Watches from outside: what reaches the disk, what leaves by a channel, what people are answered. The first promise that breaks is kept.
/// </summary>
internal sealed partial class Book(World world)
{
    private const string States = "grain-state";
    private const string Reminders = "grain-reminders";
    private const string AlertRows = "alert/";

    private readonly SortedDictionary<string, AlertFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Claim> _claims = new(StringComparer.Ordinal);
    private readonly HashSet<string> _delivered = new(StringComparer.Ordinal);

    public Broken? Broken { get; private set; }

    public Alert? Durable(string alert) => _files.GetValueOrDefault(alert)?.Stored;

    public void Break(Promise promise, string what)
    {
        if (Broken is not null) return;
        Broken = new Broken(promise, world.Elapsed, what);
        world.Trace($"BROKEN {promise}: {what}");
    }

    /// <summary>What the simulator itself relies on.</summary>
    public void Require(bool holds, string otherwise)
    {
        if (!holds) Break(Promise.SimulatorSound, otherwise);
    }

    /// <summary>Runs a check; one that throws is a fault of the simulator and must not pass for a sound run.</summary>
    public void Guard(Action check)
    {
        try
        {
            check();
        }
        catch (Exception failure)
        {
            Break(Promise.SimulatorSound, failure.ToString());
        }
    }

    /// <summary>A write is on the disk. Nobody has been told of it yet.</summary>
    public void Stored(RowWrite write) => Guard(() =>
    {
        var body = write.Body;
        world.Trace($"disk {write.Id} {(body is { } b ? b.Length : -1)} {(body is { } c ? Digest(c.Span) : 0):x}");
        switch (write.Id.Table)
        {
            case States when write.Id.Partition.StartsWith(AlertRows, StringComparison.Ordinal):
                Stored(Read<Stored<Alert>>(write)!.Value!);
                break;
            case States when write.Id.Partition.StartsWith(HouseRows, StringComparison.Ordinal):
                HouseStored(write);
                break;
            case Tables.BedHistory when !write.IsDelete:
                Noted(House(write.Id.Partition), Read<BedEvent>(write)!);
                break;
            case Reminders when write.Id.Partition.StartsWith(AlertRows, StringComparison.Ordinal):
                File(write.Id.Partition[AlertRows.Length..]).Reminded = !write.IsDelete;
                break;
            case Tables.Watch:
                File(write.Id.Key).Watched = !write.IsDelete;
                break;
            case Tables.Claims when !write.IsDelete:
                Stored(Read<Claim>(write)!);
                break;
            case Tables.Deliveries when !write.IsDelete:
                if (Read<Delivery>(write)!.DeliveredAt is not null) _delivered.Add(write.Id.Partition + "/" + write.Id.Key);
                break;
            case Tables.History:
                File(write.Id.Partition).History.Add(write.Id.Key);
                break;
            case Tables.Told when !write.IsDelete:
                File(write.Id.Key).Told[write.Id.Partition] = Read<AlertTold>(write)!;
                break;
        }
    });

    private AlertFile File(string alert)
    {
        if (!_files.TryGetValue(alert, out var file)) _files[alert] = file = new AlertFile();
        return file;
    }

    private void Stored(Alert now)
    {
        var file = File(now.Id);
        var before = file.Stored;
        if (Transition.Fault(before, now, taken => _handedBack.Contains(taken.ItemId)) is { } fault) Break(fault.Promise, $"{now.Id}: {fault.What}");
        AskedOnDuty(before, now);
        if (before?.Version != now.Version) file.ChangedAt = world.Now;
        file.Stored = now;
        foreach (var line in now.Trail) file.Trail.Add(line.Id);
        foreach (var offer in now.Offers.Where(o => o.State is OfferState.Accepted)) file.EverAccepted.Add(offer.No);
        if (!Unmet(now)) file.UnmetSince = null;
        else if (before is null || !Unmet(before) || before.Ring?.ItemId != now.Ring?.ItemId) file.UnmetSince ??= world.Now;
        Beside(file, before, now);
        AskedForBeds(before, now);
        Happened(before, now);
    }

    private void Stored(Claim claim)
    {
        if (_claims.TryGetValue(claim.ItemId, out var known) && known.By != claim.By && known.State is not ClaimState.HandedBack) Break(Promise.OneTaker, $"{claim.ItemId} went from {known.By} to {claim.By}");
        _claims[claim.ItemId] = claim;
        Beside(claim);
    }

    /// <summary>A human is needed: not everything is filled, and nobody has taken what rings.</summary>
    private static bool Unmet(Alert alert)
    {
        if (alert.Stage is Stage.Ended) return false;
        if (alert.Taken is { } taken && (alert.Ring is null || alert.Ring.ItemId == taken.ItemId)) return false;
        return Transition.StandingOff(alert) || alert.Late || alert.Needs.Any(n => n.Stage is NeedStage.Asking) || !alert.Needs.Any(n => n.Stage is NeedStage.Filled);
    }

    private void Happened(Alert? before, Alert now)
    {
        var tally = world.Tally;
        if (before is null) tally.Count("alerts");
        if (now.Ring is { Begun: true } ring && before?.Ring is not { Begun: true }) tally.Count("rang." + ring.Reason);
        if (now.Taken is { } taken && before?.Taken != taken) tally.Count("taken");
        if (now.DuressAt is not null && before?.DuressAt is null) tally.Count("duress");
        if (now.Ending is { } ending && before?.Ending is null) tally.Count("ended." + ending.How);
        foreach (var need in now.Needs)
        {
            var was = before?.Needs.FirstOrDefault(n => n.Need == need.Need)?.Stage;
            if (need.Stage is NeedStage.Filled && was is not NeedStage.Filled) tally.Count("filled");
            if (need.Stage is NeedStage.Asking && was is NeedStage.Filled) tally.Count("reopened");
        }

        foreach (var offer in now.Offers)
        {
            var was = before?.OfferNo(offer.No)?.State;
            if (offer.State == was) continue;
            tally.Count("offer." + offer.State);
            if (Transition.NeedsBasis(offer.Organisation)) tally.Count("police." + offer.State);
        }
    }

    private static T? Read<T>(RowWrite write) => JsonSerializer.Deserialize<T>(write.Body!.Value.Span, DispatchJson.Options);

    private static uint Digest(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var b in bytes) hash = (hash ^ b) * 16777619u;
        return hash;
    }
}
