using Dispatch.Channels.Health;
using Dispatch.Domain.Channels;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace Dispatch.Channels.Sms;

/// <summary>One gateway with its lane and its breaker: when it fails again and again it is left alone for a moment, and the next route goes at once.</summary>
public sealed class GuardedGateway
{
    public const int AtOnce = 16;
    public const int MaxWaiting = 1_000;
    public static readonly TimeSpan LeftAloneFor = TimeSpan.FromSeconds(5);

    private const int KeptForUrgent = 8;
    private const int FailuresInARow = 3;

    /// <summary>
    /// How much of its time a text may wait for its turn. What is left is the request's: one that is cut off on its way may have been taken, and its repeat would be a second
    /// text on her phone, while one that gave up waiting has certainly not left.
    /// </summary>
    public const double ToWait = 0.75;

    private readonly ISmsGateway _gateway;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Lane _lane = new(AtOnce, KeptForUrgent, MaxWaiting);
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline<SmsOutcome> _breaker;
    private WayHealth _last;
    private int _fullSaid;

    public GuardedGateway(ISmsGateway gateway, TimeProvider clock, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(gateway);
        (_gateway, _clock, _log) = (gateway, clock, log);
        _last = new WayHealth(ChannelKind.Sms, gateway.Name, WayState.Up, null, null);
        _breaker = new ResiliencePipelineBuilder<SmsOutcome> { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<SmsOutcome>
            {
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is not { Well: true }),
                MinimumThroughput = FailuresInARow,
                FailureRatio = 0.5,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = LeftAloneFor,
                StateProvider = _state,
            })
            .Build();
    }

    public string Name => _gateway.Name;

    public WayHealth Health => _state.CircuitState is CircuitState.Closed ? _last : _last with { State = WayState.Down };

    /// <param name="within">All the time it has here; less where the deadline comes first.</param>
    public async Task<SmsOutcome> Send(SmsMessage sms, TimeSpan within, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(sms);
        if (within <= TimeSpan.Zero) return NotInTime;
        using var patience = new CancellationTokenSource(within * ToWait, _clock);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, deadline);
        using var over = new CancellationTokenSource(within, _clock);
        using var sending = CancellationTokenSource.CreateLinkedTokenSource(over.Token, deadline);
        if (_lane.Enter(sms.Urgent, waiting.Token) is not { } turn) return Full();
        _fullSaid = 0;
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
            return await _breaker.ExecuteAsync(static async (call, stop) => call.Me.Noted(await call.Me._gateway.Send(call.Sms, stop)), (Me: this, Sms: sms), sending.Token);
        }
        catch (BrokenCircuitException)
        {
            return new SmsOutcome.Later(LeftAloneFor, "down");
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

    private static SmsOutcome.Later NotInTime => new(TimeSpan.FromSeconds(1), "queued", Busy: true);

    private SmsOutcome Noted(SmsOutcome outcome)
    {
        var why = outcome switch
        {
            SmsOutcome.Later later => later.Why,
            SmsOutcome.Refused refused => refused.Why,
            _ => null,
        };
        var (state, before) = (outcome.Well ? WayState.Up : WayState.Degraded, _last);
        if (before.State != state || before.Since is null) _last = before with { State = state, Why = outcome.Well ? null : why, Since = _clock.GetUtcNow() };
        else if (!outcome.Well && before.Why != why) _last = before with { Why = why };
        if (!outcome.Well) _log.LogWarning("The gateway {Gateway} did not take a text: {Why}", Name, why);
        return outcome;
    }

    /// <summary>An alarm once, and not a thousand times; nothing is dropped: whoever sends tries again.</summary>
    private SmsOutcome.Later Full()
    {
        if (Interlocked.Exchange(ref _fullSaid, 1) == 0) _log.LogError("More texts wait for the gateway {Gateway} than may; what comes now is tried again", Name);
        return new SmsOutcome.Later(TimeSpan.FromSeconds(1), "full", Busy: true);
    }
}
