using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Dispatch.LocalEngine;

/// <summary>
/// A timer of one activation. Its ticks are turns, never two at once; the next one is counted from the end of the last.
/// It is its own turn, because it never has more than one.
/// </summary>
internal sealed class GrainTimer : Turn, IGrainTimer
{
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly bool _interleaves;
    private readonly bool _keepsAlive;
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private TimeSpan _due;
    private TimeSpan _period;
    private bool _ticking;
    private bool _changed;
    private bool _disposed;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        Check(options.DueTime, nameof(options.DueTime));
        Check(options.Period, nameof(options.Period));
        _activation = activation;
        _callback = callback;
        _interleaves = options.Interleave;
        _keepsAlive = options.KeepAlive;

        using (ExecutionContext.SuppressFlow())
        {
            _timer = activation.Engine.Clock.CreateTimer(static timer => ((GrainTimer)timer!).BecameDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public override string Name => "a timer's tick";

    public override bool Interleaves => _interleaves;

    public override bool KeepsAlive => _keepsAlive;

    public override bool EndsWithActivation => true;

    // Disposed of between its due time and its turn.
    public override bool IsStale => _disposed;

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        lock (_gate)
        {
            (_due, _period, _changed) = (dueTime, period, true);
            if (!_ticking && !_disposed)
            {
                _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        _timer.Dispose();
        _activation.Forget(this);
        try
        {
            _stop.Cancel();
        }
        catch (AggregateException exception)
        {
            _activation.Engine.Log.LogWarning(exception, "Cancelling a timer's tick of {Grain} failed", _activation.Id);
        }
    }

    public override void Refuse(Exception why) => EndTick();

    protected override Task Invoke(object grain)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return Task.CompletedTask;
            }
        }

        return _callback(_stop.Token);
    }

    protected override void Succeeded(Task ended) => EndTick();

    protected override void Failed(Exception exception)
    {
        _activation.Engine.Log.LogWarning(exception, "A timer's tick of {Grain} failed; the next one will come", _activation.Id);
        EndTick();
    }

    private void BecameDue()
    {
        lock (_gate)
        {
            if (_disposed || _ticking)
            {
                return;
            }

            // From here on a change counts from the end of the tick, also one that is made while the tick still waits for its turn.
            (_ticking, _changed) = (true, false);
        }

        _activation.TryAccept(this);
    }

    private void EndTick()
    {
        lock (_gate)
        {
            _ticking = false;
            if (!_disposed)
            {
                _timer.Change(_changed ? _due : _period, Timeout.InfiniteTimeSpan);
            }
        }
    }

    // The limits of every timer in .NET; a longer one would throw when it is armed, which is too late.
    private static void Check(TimeSpan time, string name)
    {
        var milliseconds = (long)time.TotalMilliseconds;
        ArgumentOutOfRangeException.ThrowIfLessThan(milliseconds, -1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(milliseconds, 0xfffffffe, name);
    }
}
