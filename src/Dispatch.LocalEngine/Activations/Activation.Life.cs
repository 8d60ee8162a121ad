using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Dispatch.LocalEngine;

// How an activation begins and ends. Both are turns on its own scheduler, with a limit.
internal sealed partial class Activation
{
    private const int MaxMoves = 5;
    private readonly TaskCompletionSource _ended = new();
    private readonly List<PersistentState> _states = [];
    private readonly List<GrainTimer> _timers = [];

    public Task Ended => _ended.Task;

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _ending ??= deactivationReason;
            Pump_NeedsLock();
        }
    }

    public GrainTimer StartTimer(Func<CancellationToken, Task> callback, Orleans.Runtime.GrainTimerCreationOptions options)
    {
        var timer = new GrainTimer(this, callback, options);
        lock (_gate)
        {
            _timers.Add(timer);
        }

        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    public void Forget(GrainTimer timer)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
        }
    }

    public void Add(PersistentState state) => _states.Add(state);

    /// <summary>Ends it as a dying process would: nothing more runs, nobody is told.</summary>
    public void Kill()
    {
        Scheduler.Kill();
        StopTimers();
    }

    private void Begin(Func<Task> step)
    {
        using (ExecutionContext.SuppressFlow())
        {
            new Task(static step => _ = ((Func<Task>)step!)(), step, CancellationToken.None, TaskCreationOptions.DenyChildAttach).Start(Scheduler);
        }
    }

    private async Task Activate()
    {
        var limit = _engine.Options.ActivationTimeout;
        using var patience = new CancellationTokenSource(limit, _engine.Clock);
        try
        {
            await Open(patience.Token).WaitAsync(limit, _engine.Clock);
        }
        catch (Exception exception)
        {
            var why = exception is TimeoutException && patience.IsCancellationRequested
                ? new TimeoutException($"{Id} was not activated within {limit}", exception)
                : exception;
            _engine.Log.LogError(exception, "{Grain} could not be activated", Id);
            StopTimers();
            await DisposeParts();
            End(why);
            return;
        }

        lock (_gate)
        {
            _phase = Phase.Active;
            Pump_NeedsLock();
        }
    }

    private async Task Open(CancellationToken token)
    {
        _scope = _engine.Services.CreateAsyncScope();
        _grain = Id.Class.Create(this);
        foreach (var state in _states)
        {
            await state.ReadStateAsync();
        }

        await _grain.OnActivateAsync(token);
    }

    private async Task Deactivate(DeactivationReason reason, TimeSpan limit)
    {
        StopTimers();
        using var patience = new CancellationTokenSource(limit, _engine.Clock);
        try
        {
            await Grain.OnDeactivateAsync(reason, patience.Token).WaitAsync(limit, _engine.Clock);
        }
        catch (Exception exception)
        {
            _engine.Log.LogWarning(exception, "{Grain} did not deactivate cleanly ({Reason})", Id, reason.ReasonCode);
        }

        await DisposeParts();
        End(failure: null);
    }

    private async Task DisposeParts()
    {
        try
        {
            switch (_grain)
            {
                case IAsyncDisposable asynchronous:
                    await asynchronous.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }

            await _scope.DisposeAsync();
        }
        catch (Exception exception)
        {
            _engine.Log.LogWarning(exception, "{Grain} could not be disposed of", Id);
        }
    }

    // Leaves the catalog first: whoever asks it from here on finds the next activation.
    private void End(Exception? failure)
    {
        Turn[] left;
        lock (_gate)
        {
            _engine.Catalog.Remove(this);
            _phase = Phase.Ended;
            left = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var turn in left.Where(turn => !turn.EndsWithActivation))
        {
            if (failure is not null)
            {
                turn.Refuse(failure);
            }
            else if (++turn.Moves > MaxMoves)
            {
                turn.Refuse(new Orleans.Runtime.OrleansException($"{turn.Name} found {Id} deactivating {MaxMoves} times over"));
            }
            else
            {
                _engine.Catalog.Dispatch(Id, turn);
            }
        }

        _ended.TrySetResult();
    }

    private void StopTimers()
    {
        GrainTimer[] timers;
        lock (_gate)
        {
            timers = [.. _timers];
        }

        foreach (var timer in timers)
        {
            timer.Dispose();
        }
    }
}
