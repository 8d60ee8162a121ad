using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Rows;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Dispatch.Grains.Shelters;

/// <summary>Wake-up, then state, then effects. The only effects here are the history and the calls to staff that go with it; its lines are part of the state until they are in their own rows.</summary>
internal sealed partial class ShelterGrain
{
    private const string ExpiryReminder = "expiry";

    /// <summary>Orleans' shortest reminder period; it wakes a house whose timer was lost with its host.</summary>
    private static readonly TimeSpan ReminderEvery = TimeSpan.FromMinutes(1);

    /// <summary>History follows within this time, many lines in one write, so that it costs no hold a second write.</summary>
    private static readonly TimeSpan HistoryAfter = TimeSpan.FromSeconds(1);

    /// <summary>History lines known to be in their rows; the next write of the ledger leaves them out.</summary>
    private readonly HashSet<string> _written = [];
    private IGrainTimer? _timer;
    private bool _reminded;

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await Tick();
        await Alone(SleepIfIdle);
    }

    private async Task SleepIfIdle()
    {
        if (Expiring.NextAt(Ledger) is not null || HistoryOwed) return;
        // Registered before a write that never came, or no longer needed.
        _reminded = false;
        if (await this.GetReminder(ExpiryReminder) is { } idle) await this.UnregisterReminder(idle);
    }

    private bool HistoryOwed => Ledger.Trail.Any(line => !_written.Contains(line.Id));

    private async Task Commit(BedLedger next)
    {
        // A full trail makes room first; what it holds was decided already.
        if (next.Trail.Length > BedLedger.MaxTrail) await WriteBedHistory();
        next = next with { Trail = next.Trail.RemoveAll(line => _written.Contains(line.Id)) };
        if (!_reminded && Expiring.NextAt(next) is not null)
        {
            await this.RegisterOrUpdateReminder(ExpiryReminder, ReminderEvery, ReminderEvery);
            _reminded = true;
        }

        var shown = (Ledger.AllFree, Ledger.ConfirmedAt);
        await beds.Replace(next, DeactivateOnIdle);
        Ledger = next;
        _written.IntersectWith(next.Trail.Select(line => line.Id));
        // Un-awaited, and worth no repeat: a page of the house fetches by itself as well.
        _ = sender.Hint(new Notice(string.Create(CultureInfo.InvariantCulture, $"{Id}:{next.Version}"), NoticeKind.BedsChanged, Id, "", next.Version));
        if (!shown.AllFree.SequenceEqual(next.AllFree) || shown.ConfirmedAt != next.ConfirmedAt) HintAreas();
        Arm();
    }

    /// <summary>To those who see only the sum. It names no house, and no version by which one could be told from another.</summary>
    private void HintAreas()
    {
        foreach (var area in Setup?.Areas ?? []) _ = sender.Hint(new Notice(string.Create(CultureInfo.InvariantCulture, $"{area}:{Id}:{Ledger.Version}"), NoticeKind.AreaBedsChanged, area, "", 0));
    }

    /// <summary>What ran out, and the history that is owed. Never throws, and arms the next tick whatever fails.</summary>
    private async Task Tick()
    {
        var again = TimeSpan.Zero;
        try
        {
            await Decide((ledger, now) => new BedChange(Expiring.At(ledger, now)));
            await Alone(WriteBedHistory);
        }
#pragma warning disable CA1031 // A tick that throws and never re-arms would leave a bed held that nobody asks for any more.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogError(failure, "A tick of a house failed; it is tried again");
            again = HistoryAfter;
        }
        finally
        {
            Arm(again);
        }
    }

    /// <summary>What happened, and how the beds stand after it, which takes the place of how they stood before in the same hour.</summary>
    private async Task WriteBedHistory()
    {
        if (!HistoryOwed) return;
        var stands = HouseOccupancy.Of(Ledger, Ledger.Trail[^1].At);
        var occupancy = await Task.WhenAll((Setup?.Areas ?? []).Select(area => OccupancyRows.Changes(rows, area, Id, stands)));
        await WriteHistory(Ledger.Trail, _written, [.. occupancy.SelectMany(changes => changes)]);
    }

    /// <summary>The same line is the same row, so after a failure all of them are written again.</summary>
    private async Task WriteHistory(ImmutableArray<BedEvent> trail, HashSet<string> written, params RowChange[] beside)
    {
        var owed = trail.Where(line => !written.Contains(line.Id)).ToArray();
        if (owed is []) return;
        // Written anew after a failure, a call that was over is made once more: the phone knows it by its id. Nobody is called for what is no longer held.
        var calls = owed.Where(line => line is { Kind: BedEventKind.Held, Hold: { } hold } && Ledger.Find(hold) is { Stage: HoldStage.Held }).Select(line => new RowChange(Tables.HouseCalls, Id, line.Hold!, new HouseCall(), line.At));
        await rows.Write([.. calls, .. owed.Select(line => new RowChange(Tables.BedHistory, Id, line.Id, line)), .. beside]);
        written.UnionWith(owed.Select(line => line.Id));
    }

    private void Arm(TimeSpan atLeast = default)
    {
        var now = clock.GetUtcNow();
        var due = Expiring.NextAt(Ledger);
        if (due is not null && Ledger.ClockWentBack(now)) due = now;
        if (HistoryOwed && (due is null || due > now + HistoryAfter)) due = now + HistoryAfter;
        var wait = due is not { } at ? Timeout.InfiniteTimeSpan : at - now > atLeast ? at - now : atLeast;
        _timer?.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
