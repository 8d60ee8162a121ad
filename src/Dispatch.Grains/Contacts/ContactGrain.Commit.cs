using Dispatch.Domain.Contacts;
using Dispatch.Domain.Hotline;
using Dispatch.Grains.Rows;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Dispatch.Grains.Contacts;

internal sealed partial class ContactGrain
{
    /// <summary>Wake-up, state and watch row, started together and awaited together: whichever of them survives a crash, somebody is woken or nothing was promised.</summary>
    private async Task Commit(Contact next)
    {
        next = _errands.WithoutSettled(next);
        try
        {
            await Task.WhenAll(Remind(next), stored.Replace(next, DeactivateOnIdle), WriteRow(next), Keep(next));
        }
        catch
        {
            // The outcome is unknown: whoever asks next must read again what is really stored, and this activation does nothing more.
            _errands.Stop();
            unsettled.Add(Id);
            DeactivateOnIdle();
            throw;
        }

        Current = next;
        _errands.Start();
        Arm();
    }

    private async Task Remind(Contact next)
    {
        if (_reminded || next.Idle) return;
        await this.RegisterOrUpdateReminder(WatchReminder, ReminderEvery, ReminderEvery);
        _reminded = true;
    }

    /// <summary>Whether the row from which its items ring tells of what is stored.</summary>
    private async Task<bool> HasItsRow(Contact contact)
    {
        var row = await rows.Read<WatchRow>(Tables.Watch, contact.Line, Id);
        var should = ContactWatch.RowOf(contact, clock.GetUtcNow());
        if (row is null || should is null) return row is null && should is null;
        return row.Value.Version == should.Version && row.Value.Alarms.SequenceEqual(should.Alarms);
    }

    private async Task WriteRowOrLater(Contact contact)
    {
        try
        {
            await WriteRow(contact);
        }
#pragma warning disable CA1031 // Refusing to activate would hide her call from the line just when the machine is in trouble.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogError(failure, "The watch row of a contact could not be written again yet");
            _rowOwed = true;
            unsettled.Add(Id);
        }
    }

    private async Task WriteRow(Contact contact)
    {
        var row = ContactWatch.RowOf(contact, clock.GetUtcNow() + OwedAgain);
        await rows.Write([new RowChange(Tables.Watch, contact.Line, Id, row, row?.NextDue)]);
        _rowOwed = false;
    }

    /// <summary>The same figure is the same row, so after a failure all of them are written again.</summary>
    private async Task<bool> WriteFigures(Contact contact)
    {
        try
        {
            await rows.Write([.. contact.Trail.Select(f => new RowChange(Tables.LineFigures, contact.Line, f.Key, f, f.At + ContactFigure.KeptFor))]);
            return true;
        }
#pragma warning disable CA1031 // A figure that waits costs nobody anything; what is due in this tick must still be done.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("What a line's figures count could not be written yet: {Failure}", failure.GetType().Name);
            _failureDelay = RetryAfterFailure;
            return false;
        }
    }

    private void Rearm()
    {
        if (Current is not null) Arm();
    }

    private void Arm()
    {
        if (Current is not { } contact || _timer is null) return;
        if (contact.Idle)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        var now = clock.GetUtcNow();
        var due = contact.Items.IsEmpty ? DateTimeOffset.MaxValue : _lastPull + PullEvery;
        if (ContactClock.NextDue(contact) is { } next && next < due) due = next;
        if (!contact.Trail.IsEmpty) due = now;
        if (_errands.NextAt(contact, now) is { } errand && errand < due) due = errand;
        var wait = due <= now ? TimeSpan.Zero : due - now < PullEvery ? due - now : PullEvery;
        _timer.Change(wait > _failureDelay ? wait : _failureDelay, PullEvery);
    }
}
