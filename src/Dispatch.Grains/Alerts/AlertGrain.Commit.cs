using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.Grains.Rows;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Dispatch.Grains.Alerts;

internal sealed partial class AlertGrain
{
    /// <summary>Longest stay between two looks at what others decided: the line's claims, people's duty.</summary>
    private static readonly TimeSpan PullEvery = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>Of what is too old to be kept; more than one at a time, so that it never piles up.</summary>
    private const int ForgetAtOnce = 8;

    /// <summary>Longer than a house that is well takes to answer: after it another host looks whether this one is still there.</summary>
    private static readonly TimeSpan BedsOwedAgain = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _historyWritten = [];

    /// <summary>When the duty of those who were asked ends, as far as it was known then. A hint: lost at a restart, and then seen at the next pull.</summary>
    private readonly Dictionary<string, DateTimeOffset> _dutyEnds = new(StringComparer.Ordinal);
    private DateTimeOffset _lastPull;
    private bool _besideOwed;

    /// <summary>
    /// One decision, one write. The watch row and the history lines go beside it and are written again on activation where the row is
    /// not of the same decision, so a crash between the two costs nothing.
    /// </summary>
    private async Task Commit(Alert next)
    {
        next = Acknowledging.Written(_outgoing.Settle(next), _historyWritten);
        stored.State.Value = next;
        try
        {
            await Task.WhenAll(stored.WriteStateAsync(), WriteBeside(next), RemindAgain(next));
        }
        catch
        {
            // The outcome is unknown: whoever asks next must read again what is really stored, and this activation sends nothing more.
            stored.State.Value = Current;
            _outgoing.Stop();
            _beds.Stop();
            unsettled.Add(Id);
            DeactivateOnIdle();
            throw;
        }

        var news = Current?.Version != next.Version;
        Current = next;
        _outgoing.Start();
        _beds.Start();
        Arm();
        if (news) _news.HintConsoles();
    }

    /// <summary>An alert that was over has perhaps lost its reminder (see <see cref="ReceiveReminder"/>); called for again, it needs all its legs again.</summary>
    private Task RemindAgain(Alert next) =>
        Current is { Over: true } && !next.Over ? this.RegisterOrUpdateReminder(WatchReminder, ReminderEvery, ReminderEvery) : Task.CompletedTask;

    /// <summary>Whether the row that another host would wake it by tells of what is stored. Its history stays in its trail until it is written in any case.</summary>
    private async Task<bool> HasItsRow(Alert alert)
    {
        var row = await rows.Read<WatchRow>(Tables.Watch, alert.Line, Id);
        var should = Watch(alert);
        if (row is null || should.Value is not WatchRow watch) return row is null && should.Value is null;
        // The version alone would also fit a decision that failed half-way and was taken anew.
        return (row.Value.Version, row.Value.ItemId, row.Value.HumanAt, row.Value.Ended, row.Due) == (watch.Version, watch.ItemId, watch.HumanAt, watch.Ended, should.Due);
    }

    /// <summary>On a full disk an alert can still be read and answered; its rows follow when there is room.</summary>
    private async Task WriteBesideOrLater(Alert alert)
    {
        try
        {
            await WriteBeside(alert);
        }
#pragma warning disable CA1031 // Refusing to activate would hide her alert from the line just when the machine is in trouble.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogError(failure, "The watch row of an alert could not be written again yet");
            // The row that is there may say less than is true, as of a decision whose own write failed.
            _besideOwed = true;
            unsettled.Add(Id);
        }
    }

    private async Task WriteBeside(Alert alert)
    {
        var lines = alert.Trail.Where(e => !_historyWritten.Contains(e.Id)).ToArray();
        var changes = new List<RowChange>(lines.Length + 1) { Watch(alert) };
        changes.AddRange(lines.Select(e => new RowChange(Tables.History, Id, e.Id, e)));
        var unreached = Unreached.In(alert, lines, _deliveries.All).ToArray();
        changes.AddRange(unreached.Select(u => new RowChange(Tables.Unreached, alert.Area, u.Key, u)));
        if (unreached is not []) changes.AddRange(await LongUnreached(alert.Area));
        await rows.Write(changes);
        _historyWritten.UnionWith(lines.Select(e => e.Id));
        _besideOwed = false;
    }

    private async Task<IEnumerable<RowChange>> LongUnreached(string area)
    {
        var old = await rows.List<Unreached>(Tables.Unreached, area, NewestFirst.Key(clock.GetUtcNow() - Unreached.KeptFor), ForgetAtOnce);
        return old.Select(u => new RowChange(Tables.Unreached, area, u.Key, null));
    }

    /// <summary>Gone once the alert is over and nobody is owed anything; until then some host looks at it when it is due.</summary>
    private RowChange Watch(Alert alert)
    {
        var row = WatchRow.Of(alert);
        var over = alert.Over && alert.Outbox.IsEmpty;
        var due = row.NextDue;
        // Should this host die, whoever is still owed something is told by the next one as soon as it may.
        if (alert is { Outbox.IsEmpty: false, Lease: { } lease } && (due is null || lease.Until < due)) due = lease.Until;
        if (alert.Beds is { Owes: true } && !(due < alert.LastNow + BedsOwedAgain)) due = alert.LastNow + BedsOwedAgain;
        return new RowChange(Tables.Watch, alert.Line, Id, over ? null : row, due);
    }

    /// <summary>Sets the timer for the next thing to do. Called after every commit and at the end of every tick, whatever became of it.</summary>
    private void Arm()
    {
        if (Current is not { } alert || _timer is null) return;
        var now = clock.GetUtcNow();
        var owed = _outgoing.NobodyHears ? now : _outgoing.NextAt(alert, now);
        var beds = _beds.NextAt(alert, now);
        if (alert.Over && owed is null && beds is null)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        // With a clock that went back everything due was done in the last tick; what becomes due meanwhile is looked for every second.
        var due = Clock.WentBack(alert, now) ? now + RetryAfterFailure : Earliest(NeedsOthers(alert) ? NextPull(alert) : DateTimeOffset.MaxValue, Silence.NextDue(alert), owed, beds);
        // A timer takes no longer waits than some weeks; looking once a day costs nothing.
        var wait = due <= now ? TimeSpan.Zero : due - now < LongestWait ? due - now : LongestWait;
        _timer.Change(wait > _failureDelay ? wait : _failureDelay, PullEvery);
    }

    /// <summary>At the latest when somebody who is asked leaves duty, so that nothing rings for her a moment longer.</summary>
    private DateTimeOffset NextPull(Alert alert) => Earliest(_lastPull + PullEvery, NextToLeave(alert));

    private DateTimeOffset? NextToLeave(Alert alert)
    {
        if (_dutyEnds.Count == 0) return null;
        var next = DateTimeOffset.MaxValue;
        foreach (var offer in alert.Offers)
        {
            if (offer.State is OfferState.Open && _dutyEnds.TryGetValue(offer.Responder, out var end) && end > _lastPull && end < next) next = end;
        }

        return next;
    }

    /// <summary>Somebody else may decide something about it at any moment: the line, or people who leave duty.</summary>
    private static bool NeedsOthers(Alert alert) => alert.Stage is Stage.Open || !alert.Alarms.IsEmpty;

    private static DateTimeOffset Earliest(DateTimeOffset latest, params ReadOnlySpan<DateTimeOffset?> others)
    {
        foreach (var other in others)
        {
            if (other is { } at && at < latest) latest = at;
        }

        return latest;
    }
}
