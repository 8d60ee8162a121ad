using System.Reflection;
using Dispatch.Storage;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Dispatch.LocalEngine;

/// <summary>All reminders of the process. One timer waits for the earliest; a tick is a call like any other and is not repeated when it fails.</summary>
internal sealed class ReminderSchedule(Engine engine)
{
    private const int Page = 1_000;
    private static readonly MethodInfo Receive = typeof(IRemindable).GetMethod(nameof(IRemindable.ReceiveReminder))!;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<RowKey, Armed> _armed = [];
    private readonly PriorityQueue<Armed, (DateTimeOffset At, long Order)> _due = new();
    private readonly TaskCompletionSource _ready = new();
    private ITimer? _timer;
    private long _order;
    private bool _stopped;

    /// <summary>Every stored reminder is armed.</summary>
    public Task Ready => _ready.Task;

    public async Task Load()
    {
        using (ExecutionContext.SuppressFlow())
        {
            _timer = engine.Clock.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        for (Row? last = null; !_stopped;)
        {
            try
            {
                var page = await engine.Store.ListDue(ReminderRow.Table, DateTimeOffset.MaxValue, Page, last);
                foreach (var row in page)
                {
                    Arm(row.Id, ReminderRow.From(row));
                }

                if (page.Count < Page)
                {
                    _ready.TrySetResult();
                    return;
                }

                last = page[^1];
            }
            catch (Exception exception)
            {
                engine.Log.LogError(exception, "Reminders could not be loaded; trying again in {RetryAfter}", RetryAfter);
                await Task.Delay(RetryAfter, engine.Clock);
            }
        }
    }

    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            _timer?.Dispose();
        }
    }

    public async Task<IGrainReminder> Register(GrainId id, string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero, nameof(dueTime));
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.Zero, nameof(period));
        if (period < engine.Options.MinimumReminderPeriod)
        {
            throw new ArgumentException($"Reminder {name} asks for a period of {period}; the shortest is {engine.Options.MinimumReminderPeriod}", nameof(period));
        }

        await Ready;
        var key = ReminderRow.KeyOf(id, name);
        var reminder = new ReminderRow(engine.Clock.GetUtcNow() + dueTime, period);
        var outcome = await Store(reminder.Write(key), "register", key);
        Arm(key, reminder);
        return new Registered(name, outcome.ETag!);
    }

    public async Task Unregister(GrainId id, IGrainReminder reminder)
    {
        ArgumentNullException.ThrowIfNull(reminder);
        await Ready;
        var key = ReminderRow.KeyOf(id, reminder.ReminderName);
        await Store(RowWrite.Delete(key), "unregister", key);
        lock (_gate)
        {
            _armed.Remove(key);
        }
    }

    public async Task<IGrainReminder?> Get(GrainId id, string name) =>
        await engine.Store.Read(ReminderRow.KeyOf(id, name)) is { } row ? new Registered(name, row.ETag) : null;

    private async Task<WriteOutcome> Store(RowWrite write, string doing, RowKey key)
    {
        try
        {
            return await engine.Store.Write(write);
        }
        catch (Exception exception)
        {
            engine.Log.LogError(exception, "Could not {Doing} reminder {Reminder}", doing, key);
            throw new ReminderException($"Could not {doing} reminder {key.Key} of {key.Partition}: {exception.Message}");
        }
    }

    private void Arm(RowKey key, ReminderRow reminder)
    {
        lock (_gate)
        {
            var armed = new Armed(key, reminder);
            _armed[key] = armed;
            Enqueue_NeedsLock(armed, reminder.NextTick(engine.Clock.GetUtcNow()));
        }
    }

    private void Enqueue_NeedsLock(Armed armed, DateTimeOffset at)
    {
        armed.At = at;
        _due.Enqueue(armed, (at, ++_order));
        if (_due.Peek() == armed)
        {
            Wait_NeedsLock();
        }
    }

    private void Wait_NeedsLock()
    {
        if (_stopped || !_due.TryPeek(out _, out var next))
        {
            return;
        }

        // A timer takes at most 49 days; an early wake-up finds nothing due and waits again.
        var wait = next.At - engine.Clock.GetUtcNow();
        _timer!.Change(TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, TimeSpan.TicksPerDay)), Timeout.InfiniteTimeSpan);
    }

    private void Fire()
    {
        List<Armed> now = [];
        lock (_gate)
        {
            while (!_stopped && _due.TryPeek(out var armed, out var at) && at.At <= engine.Clock.GetUtcNow())
            {
                _due.Dequeue();

                // Unregistered or registered anew since it was queued.
                if (_armed.GetValueOrDefault(armed.Key) == armed)
                {
                    now.Add(armed);
                }
            }

            Wait_NeedsLock();
        }

        foreach (var armed in now)
        {
            engine.Turns.Post(() => _ = Tick(armed));
        }
    }

    private async Task Tick(Armed armed)
    {
        try
        {
            var (type, key) = Split(armed.Key.Partition);
            var grain = engine.Classes.Named(type) ?? throw new ReminderException($"No grain class is stored as '{type}'");
            var status = new TickStatus(armed.Row.StartAt.UtcDateTime, armed.Row.Period, engine.Clock.GetUtcNow().UtcDateTime);
            await (Task)GrainMethod.Of(Receive).Send(engine, new GrainId(grain, key), [armed.Key.Key, status]);
        }
        catch (Exception exception)
        {
            engine.Log.LogError(exception, "A tick of reminder {Reminder} failed; the next one comes after its period", armed.Key);
        }

        lock (_gate)
        {
            if (!_stopped && _armed.GetValueOrDefault(armed.Key) == armed)
            {
                var past = engine.Clock.GetUtcNow();
                Enqueue_NeedsLock(armed, armed.Row.NextTick(past > armed.At ? past : armed.At + TimeSpan.FromTicks(1)));
            }
        }
    }

    private static (string Type, string Key) Split(string partition)
    {
        var slash = partition.IndexOf('/', StringComparison.Ordinal);
        return (partition[..slash], partition[(slash + 1)..]);
    }

    private sealed record Registered(string ReminderName, string ETag) : IGrainReminder;

    private sealed class Armed(RowKey key, ReminderRow row)
    {
        public RowKey Key { get; } = key;

        public ReminderRow Row { get; } = row;

        public DateTimeOffset At { get; set; }
    }
}
