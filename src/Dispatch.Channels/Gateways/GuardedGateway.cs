using Dispatch.Channels.Health;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace Dispatch.Channels.Gateways;

/// <summary>One gateway with its lane and its breaker: when it fails again and again it is left alone for a moment, and the next route goes at once.</summary>
public sealed class GuardedGateway<TMessage>
    where TMessage : IGatewayMessage
{
    private const int KeptForUrgent = 8;
    private const int FailuresInARow = 3;

    private readonly IGateway<TMessage> _gateway;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Lane _lane = new(GatewayLimits.AtOnce, KeptForUrgent, GatewayLimits.MaxWaiting);
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline<GatewayOutcome> _breaker;
    private readonly Overflowing _full = new(GatewayLimits.FullFor);
    private WayHealth _last;

    public GuardedGateway(IGateway<TMessage> gateway, TimeProvider clock, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(gateway);
        (_gateway, _clock, _log) = (gateway, clock, log);
        _last = new WayHealth(gateway.Kind, gateway.Name, WayState.Up, null, null);
        _breaker = new ResiliencePipelineBuilder<GatewayOutcome> { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<GatewayOutcome>
            {
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is not { Well: true }),
                MinimumThroughput = FailuresInARow,
                FailureRatio = 0.5,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = GatewayLimits.LeftAloneFor,
                StateProvider = _state,
            })
            .Build();
    }

    public string Name => _gateway.Name;

    public WayHealth Health => _full.Since(_clock.GetUtcNow()) is { } since ? _last with { State = WayState.Full, Since = since }
        : _state.CircuitState is CircuitState.Closed ? _last
        : _last with { State = WayState.Down };

    /// <param name="within">All the time it has here; less where the deadline comes first.</param>
    public async Task<GatewayOutcome> Send(TMessage message, TimeSpan within, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (within <= TimeSpan.Zero) return NotInTime;
        using var patience = new CancellationTokenSource(within * GatewayLimits.ToWait, _clock);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, deadline);
        using var over = new CancellationTokenSource(within, _clock);
        using var sending = CancellationTokenSource.CreateLinkedTokenSource(over.Token, deadline);
        if (_lane.Enter(message.Urgent, waiting.Token) is not { } turn) return Full();
        try
        {
            await turn;
        }
        catch (OperationCanceledException)
        {
            return NotInTime;
        }

        try
        {
            return await _breaker.ExecuteAsync(static async (call, stop) => call.Me.Noted(await call.Me._gateway.Send(call.Message, stop)), (Me: this, Message: message), sending.Token);
        }
        catch (BrokenCircuitException)
        {
            return new GatewayOutcome.Later(GatewayLimits.LeftAloneFor, "down");
        }
        catch (OperationCanceledException)
        {
            // Its turn came when its time was over; nothing has left.
            return NotInTime;
        }
        finally
        {
            _lane.Leave();
        }
    }

    private static GatewayOutcome.Later NotInTime => new(TimeSpan.FromSeconds(1), "queued", Busy: true);

    private GatewayOutcome Noted(GatewayOutcome outcome)
    {
        var why = outcome switch
        {
            GatewayOutcome.Later later => later.Why,
            GatewayOutcome.Refused refused => refused.Why,
            _ => null,
        };
        var (state, before) = (outcome.Well ? WayState.Up : WayState.Degraded, _last);
        if (before.State != state || before.Since is null) _last = before with { State = state, Why = outcome.Well ? null : why, Since = _clock.GetUtcNow() };
        else if (!outcome.Well && before.Why != why) _last = before with { Why = why };
        if (!outcome.Well) _log.LogWarning("The gateway {Gateway} did not take a message: {Why}", Name, why);
        return outcome;
    }

    /// <summary>An alarm once, and not a thousand times; nothing is dropped: whoever sends tries again.</summary>
    private GatewayOutcome.Later Full()
    {
        if (_full.Note(_clock.GetUtcNow())) _log.LogError("More messages wait for the gateway {Gateway} than may; what comes now is tried again", Name);
        return new GatewayOutcome.Later(TimeSpan.FromSeconds(1), "full", Busy: true);
    }
}
