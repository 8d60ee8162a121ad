using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Hotline;
using Dispatch.TestCity;

namespace Dispatch.Simulation.Promises;

// What must happen by itself, in its time, and what must hold when everything is over.
internal sealed partial class Book
{
    /// <summary>From the moment nobody is on it to the moment its item rings; the protocol's default.</summary>
    private static readonly TimeSpan HumanAfter = TimeSpan.FromSeconds(60);

    /// <summary>For turns, sweeps and retries, and after trouble with the machine or its store.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(20);

    /// <summary>Without any trouble everybody is told by then.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    /// <summary>A look at the line's queue and at what should long have been done.</summary>
    public void Look() => Guard(() =>
    {
        if (world.Calm < Slack) return;
        var wall = world.Wall.GetUtcNow();
        var mustRing = new List<(string Id, DateTimeOffset Since)>();
        foreach (var (id, file) in _files)
        {
            if (file is not { Answered: not null, Stored: { } alert }) continue;
            if (Silence.NextDue(alert) is { } due && wall - due > Slack) Break(Promise.DueIsDone, $"{id}: what was due {(wall - due).TotalSeconds:0} s ago was not done");
            if (file.UnmetSince is { } since && world.Now - since > HumanAfter + Slack) mustRing.Add((id, since));
        }

        LookBeside(wall);
        LookAtBeds(wall);
        if (mustRing.Count == 0 && !AnythingBeside()) return;
        world.People.Call("queue", g => g.GetGrain<IHotlineGrain>(City.Line).Queue(), (QueueView queue) =>
        {
            if (world.Calm < Slack) return;
            Beside(queue);
            foreach (var (id, since) in mustRing)
            {
                if (_files[id].UnmetSince != since) continue;
                if (!queue.Items.Any(i => i.AlertId == id && i.State is QueueState.Ringing or QueueState.Taken or QueueState.Closed))
                {
                    Break(Promise.Rings, $"{id}: nobody is on it for {(world.Now - since).TotalSeconds:0} s and the queue shows {queue.Items.FirstOrDefault(i => i.AlertId == id)?.State.ToString() ?? "nothing"}");
                }
            }
        });
    });

    /// <summary>A new process: whoever asks reads what was answered before.</summary>
    public void Restarted(TimeSpan clock)
    {
        foreach (var (id, file) in _files)
        {
            // A clock that was set back by less than had passed since the last decision cannot be told from one that is right. It is told by what is
            // decided next: what cannot be written while the store is in trouble is decided again afterwards.
            var decided = world.Wall.GetUtcNow() + (world.TroubleLeft > TimeSpan.Zero ? world.TroubleLeft + Settling : TimeSpan.Zero);
            if (clock < TimeSpan.Zero && file.UnmetSince is not null && decided >= file.Stored!.LastNow - Clock.Skew) file.UnmetSince -= clock;
            if (file.Answered is null) continue;
            var version = file.AnsweredVersion;
            world.People.Call($"read {id}", g => g.GetGrain<IAlertGrain>(id).HotlineView(), (HotlineView? view) =>
            {
                if (view is null) Break(Promise.RaiseKept, $"{id} was answered and is gone after a restart");
                else if (view.Alert.Version < version) Break(Promise.AnswerDurable, $"{id}: version {version} was answered, after a restart it is {view.Alert.Version}");
            });
        }
    }

    /// <summary>The world healed long ago and everything has settled.</summary>
    public void Settled() => Guard(() =>
    {
        foreach (var (id, file) in _files)
        {
            // What was decided this very moment is still on its way.
            if (file is not { Answered: not null, Stored: { } alert } || world.Now - file.ChangedAt < Settling) continue;
            if (!alert.Outbox.IsEmpty) Break(Promise.EverybodyTold, $"{id}: {string.Join(", ", alert.Outbox.Select(p => p.To))} are still owed news");
            foreach (var offer in alert.Offers)
            {
                var told = file.Told.GetValueOrDefault(offer.Responder)?.Offers.FirstOrDefault(o => o.No == offer.No);
                if (told?.State != offer.State || told.Round != offer.Round || told.Assignment?.State != offer.Assignment?.State)
                {
                    Break(Promise.EverybodyTold, $"{id}: {offer.Responder} knows offer {offer.No} as {told?.State.ToString() ?? "nothing"}, it is {offer.State}");
                }
            }

            var missing = file.Trail.Where(line => !file.History.Contains(line)).ToArray();
            if (missing.Length > 0) Break(Promise.HistoryComplete, $"{id}: {missing.Length} lines are not in the history, from {missing.Min(StringComparer.Ordinal)}");
            if (alert.DuressAt is not null || alert.PhoneUnsafeAt is not null) world.People.SheSees(id);
            BedsSettled(alert);
        }

        HousesSettled();
    });
}
