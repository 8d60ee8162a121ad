using Dispatch.Domain.Channels;
using Dispatch.Simulation.Worlds;

namespace Dispatch.Simulation.Plants;

/// <summary>A channel that says "sent" and tries again by itself, without asking whether the offer still stands and she still consents.</summary>
internal sealed class StaleRetry : Plant
{
    private static readonly TimeSpan After = TimeSpan.FromSeconds(20);

    public override IChannel Channel(IChannel real, World world) => new Stubborn(real, world);

    private sealed class Stubborn(IChannel real, World world) : IChannel
    {
        public ChannelKind Kind => real.Kind;

        public async Task<DeliveryResult> Send(Notice notice, CancellationToken deadline)
        {
            var result = await real.Send(notice, deadline);
            if (result is not DeliveryResult.Later) return result;
            world.After(After, () => _ = real.Send(notice, CancellationToken.None));
            return new DeliveryResult.Sent();
        }
    }
}

/// <summary>A timer whose tick met a failure is never armed again: an alert's own, the sweep's and the reminders'.</summary>
internal sealed class DeadTick : Plant
{
    private DateTimeOffset _failedAt = DateTimeOffset.MinValue;

    public override void Failed(World world) => _failedAt = world.Now;

    public override TimeProvider Clock(TimeProvider real, World world) => new Dying(real, world, this);

    private sealed class Dying(TimeProvider real, World world, DeadTick plant) : TimeProvider
    {
        public override long TimestampFrequency => real.TimestampFrequency;

        public override long GetTimestamp() => real.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => real.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new Timer(real, callback, state, dueTime, period, () => world.Now, plant);
    }

    private sealed class Timer : ITimer
    {
        private readonly Func<DateTimeOffset> _now;
        private readonly DeadTick _plant;
        private readonly ITimer _real;
        private DateTimeOffset? _fired;

        public Timer(TimeProvider real, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period, Func<DateTimeOffset> now, DeadTick plant)
        {
            (_now, _plant) = (now, plant);
            _real = real.CreateTimer(
                _ =>
                {
                    if (Dead) return;
                    _fired = now();
                    callback(state);
                },
                null,
                dueTime,
                period);
        }

        private bool Dead => _fired <= _plant._failedAt;

        public bool Change(TimeSpan dueTime, TimeSpan period) => Dead || _real.Change(dueTime, period);

        public void Dispose() => _real.Dispose();

        public ValueTask DisposeAsync() => _real.DisposeAsync();
    }
}
