using Orleans;
using Orleans.Storage;

namespace Dispatch.LocalEngine;

// Which turn runs when. One at a time in the order of arrival, except that read-only calls run side by side.
// Orleans lets a read-only call overtake a writer that waits; here nobody overtakes, so that a stream of views cannot starve a write.
internal sealed partial class Activation
{
    private readonly Queue<Turn> _waiting = new();
    private readonly List<Turn> _running = [];
    private Phase _phase = Phase.New;
    private DeactivationReason? _ending;
    private long _lastUsed;
    private long _busySince;

    private enum Phase
    {
        New,
        Activating,
        Active,
        Deactivating,
        Ended,
    }

    /// <summary>Takes the turn, or refuses it. False when this activation has ended and another one has to be asked.</summary>
    public bool TryAccept(Turn turn)
    {
        lock (_gate)
        {
            if (_phase is Phase.Ended)
            {
                return false;
            }

            if (_phase is Phase.Deactivating && turn.EndsWithActivation)
            {
                return true;
            }

            if (_waiting.Count < _engine.Options.QueueLimit || turn.EndsWithActivation)
            {
                Accept_NeedsLock(turn);
                return true;
            }
        }

        turn.Refuse(new GrainOverloadedException($"{Id} already has {_engine.Options.QueueLimit} calls waiting; {turn.Name} was not taken"));
        return true;
    }

    public void Finished(Turn turn, Exception? failure)
    {
        lock (_gate)
        {
            _running.Remove(turn);
            _busySince = _engine.Clock.GetTimestamp();
            if (turn.KeepsAlive)
            {
                _lastUsed = _busySince;
            }

            // Its memory contradicts the store. The mark is taken off so that the callers it passes through stay.
            if (failure is InconsistentStateException { IsSourceActivation: true } inconsistent)
            {
                inconsistent.IsSourceActivation = false;
                _ending ??= new(DeactivationReasonCode.ApplicationError, inconsistent, $"{turn.Name} met a newer row");
            }

            Pump_NeedsLock();
        }
    }

    public bool IsIdle(TimeSpan age)
    {
        lock (_gate)
        {
            return _phase is Phase.Active && _ending is null && _running.Count == 0 && _waiting.Count == 0
                && _engine.Clock.GetElapsedTime(_lastUsed) >= age;
        }
    }

    /// <summary>For the message of a timeout: what stands in the caller's way.</summary>
    public string Describe()
    {
        lock (_gate)
        {
            var waiting = $"{_waiting.Count} waiting";
            return _phase switch
            {
                Phase.New or Phase.Activating => $"it is still being activated, {waiting}",
                Phase.Deactivating => $"it is being deactivated, {waiting}",
                _ when _running.Count == 0 => $"it is not busy, {waiting}",
                _ => $"it is busy with {string.Join(", ", _running.Select(t => t.Name).Distinct())} for {_engine.Clock.GetElapsedTime(_busySince)}, {waiting}",
            };
        }
    }

    private void Accept_NeedsLock(Turn turn)
    {
        if (turn.KeepsAlive)
        {
            _lastUsed = _engine.Clock.GetTimestamp();
        }

        if (turn.Interleaves && _phase is Phase.Active && _ending is null)
        {
            Start_NeedsLock(turn);
            return;
        }

        _waiting.Enqueue(turn);
        if (_phase is Phase.New)
        {
            _phase = Phase.Activating;
            Begin(Activate);
        }
        else
        {
            Pump_NeedsLock();
        }
    }

    private void Pump_NeedsLock()
    {
        if (_phase is not Phase.Active)
        {
            return;
        }

        while (_ending is null && _waiting.TryPeek(out var next) && (next.IsStale || MayStart_NeedsLock(next)))
        {
            _waiting.Dequeue();

            // The caller has given up. Running it now would only delay those who still wait.
            if (!next.IsStale)
            {
                Start_NeedsLock(next);
            }
        }

        if (_ending is { } reason && _running.Count == 0)
        {
            _phase = Phase.Deactivating;
            Begin(() => Deactivate(reason, _engine.Options.DeactivationTimeout));
        }
    }

    private bool MayStart_NeedsLock(Turn next) =>
        next.Interleaves || _running.TrueForAll(running => running.Interleaves || (running.IsReadOnly && next.IsReadOnly));

    private void Start_NeedsLock(Turn turn)
    {
        if (_running.Count == 0)
        {
            _busySince = _engine.Clock.GetTimestamp();
        }

        _running.Add(turn);
        turn.StartOn(this);
    }
}
