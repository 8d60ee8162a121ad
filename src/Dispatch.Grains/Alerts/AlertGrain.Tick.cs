using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Grains.ServiceAreas;
using Microsoft.Extensions.Logging;

namespace Dispatch.Grains.Alerts;

internal sealed partial class AlertGrain
{
    /// <summary>More steps than this in one tick would mean a rule that never settles.</summary>
    private const int MaxDecisionsPerTick = 256;

    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(1);
    private TimeSpan _failureDelay;

    private async Task TimerTick()
    {
        var now = clock.GetUtcNow();
        await Tick(pull: now < _lastPull || now >= (Current is { } alert ? NextPull(alert) : _lastPull + PullEvery));
    }

    /// <summary>Everything that is due now. Never throws, and arms the next tick whatever fails; false when something did.</summary>
    private async Task<bool> Tick(bool pull)
    {
        _failureDelay = TimeSpan.Zero;
        try
        {
            if (Current is not { } alert) return true;
            var now = clock.GetUtcNow();
            var ringing = RingWhenDue(alert, now);
            if (!ReferenceEquals(ringing, alert)) await Commit(ringing);

            var next = Current!;
            next = _beds.Apply(next, now);
            if (pull) next = await Pull(next, now);
            next = await Ask(next, pull, now);
            next = Climb(next, now);
            next = Clock.Accept(_outgoing.Renew(next, now), now);
            if (!ReferenceEquals(next, Current)) await Commit(next);
            else
            {
                _outgoing.Start();
                _beds.Start();
            }

            if (_besideOwed) await WriteBeside(Current!);
            await LookForBeds(pull, now);
            return true;
        }
#pragma warning disable CA1031 // A tick that throws and never re-arms is a person waiting.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogError(failure, "A tick of an alert failed; it is tried again");
            _failureDelay = RetryAfterFailure;
            return false;
        }
        finally
        {
            Arm();
        }
    }

    /// <summary>Needs nothing from anybody, and so is committed first: no failing service keeps the console from ringing.</summary>
    private static Alert RingWhenDue(Alert alert, DateTimeOffset now)
    {
        for (var i = 0; i < MaxDecisionsPerTick && Silence.Tick(alert, now) is Decision.Changed changed; i++) alert = changed.Alert;
        return alert;
    }

    /// <summary>Each rung for itself: after a long stop several are due at once.</summary>
    private Alert Climb(Alert alert, DateTimeOffset now)
    {
        _outgoing.NobodyHears = false;
        for (var i = 0; i < MaxDecisionsPerTick && Climbing.Climb(alert, offer => _deliveries.Heard(alert.Rules!, offer, sender.Kinds), now) is Decision.Changed climbed; i++) alert = climbed.Alert;
        return alert;
    }

    private async Task<Alert> Pull(Alert alert, DateTimeOffset now)
    {
        _lastPull = now;
        if (!NeedsOthers(alert)) return alert;
        try
        {
            foreach (var claim in await _sources.Claims(alert))
            {
                if (HandingOver.Apply(alert, claim, now) is Decision.Changed changed) alert = changed.Alert;
            }

            if (alert.Stage is Stage.Ended) return alert;
            var gone = await _sources.Gone(alert);
            return gone.Count > 0 && LeavingDuty.Apply(alert, gone, now) is Decision.Changed without ? without.Alert : alert;
        }
#pragma warning disable CA1031 // Not knowing what others decided must not keep people from being asked.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning(failure, "An alert could not ask the line or its service area; it goes on and asks again");
            return alert;
        }
    }

    /// <summary>Whatever is wrong with an area, its roster or its rules: she is received, and the next tick asks.</summary>
    private async Task<Alert> AskFirst(Alert raised, DateTimeOffset now)
    {
        using var patience = new CancellationTokenSource(AskFirstWithin, clock);
        try
        {
            return await Ask(raised, pull: false, now, patience.Token).WaitAsync(patience.Token);
        }
#pragma warning disable CA1031 // Nothing is stored yet: an exception here would be an alert lost.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("Nobody could be asked in the write that received an alert: {Failure}", failure.GetType().Name);
            return raised;
        }
    }

    /// <param name="abandoned">Nobody waits for the result any more: it must leave no trace.</param>
    private async Task<Alert> Ask(Alert alert, bool pull, DateTimeOffset now, CancellationToken abandoned = default)
    {
        if (alert.Stage is Stage.Ended) return alert;
        var newcomers = pull && !Asking.UsedUp(alert).IsEmpty;
        if (alert.Rules is not null && Asking.Due(alert, now).IsEmpty && !newcomers) return alert;
        AreaPlan? plan;
        try
        {
            plan = await _sources.Plan(alert);
        }
#pragma warning disable CA1031 // What is already decided in this tick must still be committed.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            abandoned.ThrowIfCancellationRequested();
            log.LogError(failure, "A service area did not answer; the alert tries again and the console rings in its time");
            _failureDelay = RetryAfterFailure;
            return OrRing(alert, now);
        }

        abandoned.ThrowIfCancellationRequested();
        if (plan is null)
        {
            log.LogError("An alert names a service area that was never set up; only the line can answer it");
            _failureDelay = PullEvery;
            return OrRing(alert, now);
        }

        var asks = plan.Asks(alert.Exercise);
        if (Asking.Open(alert, sender.Able(plan.Rules), now, asks, plan.Setup.HasHouses) is Decision.Changed opened) alert = opened.Alert;
        var before = alert.Offers.Length;
        ImmutableArray<Domain.ServiceAreas.Candidate>? everybody = null;
        for (var i = 0; i < MaxDecisionsPerTick && Asking.Due(alert, now) is [var need, ..]; i++)
        {
            var step = alert.Rules!.StepsOf(need)[alert.Needs.First(n => n.Need == need).NextStep];
            if (step.Everybody) everybody ??= await _sources.Everybody(alert, plan, log);
            var people = step.Everybody ? everybody!.Value : asks ? plan.OnDuty : [];
            if (Asking.EnterStep(alert, need, people, now) is not Decision.Changed entered) break;
            alert = entered.Alert;
            NoteDutyEnds(people);
        }

        if (newcomers) alert = await AskNewcomers(alert, plan, everybody, now);
        abandoned.ThrowIfCancellationRequested();
        _sources.Asked(alert.Area, plan, alert.Offers.AsSpan()[before..], log);
        return alert;
    }

    private async Task<Alert> AskNewcomers(Alert alert, AreaPlan plan, ImmutableArray<Domain.ServiceAreas.Candidate>? everybody, DateTimeOffset now)
    {
        everybody ??= await _sources.Everybody(alert, plan, log);
        foreach (var need in Asking.UsedUp(alert))
        {
            if (Asking.AskNewcomers(alert, need, everybody.Value, now) is Decision.Changed asked) alert = asked.Alert;
        }

        NoteDutyEnds(everybody.Value);

        return alert;
    }

    private void NoteDutyEnds(ImmutableArray<Domain.ServiceAreas.Candidate> people)
    {
        foreach (var person in people)
        {
            if (person.OnDutyUntil is { } end) _dutyEnds[person.Responder] = end;
        }
    }

    private static Alert OrRing(Alert alert, DateTimeOffset now) => Asking.CouldNotAsk(alert, now) is Decision.Changed rung ? rung.Alert : alert;
}
