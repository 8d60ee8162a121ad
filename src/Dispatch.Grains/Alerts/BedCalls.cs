using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Shelters;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Dispatch.Grains.Alerts;

/// <summary>
/// Asks houses for what the alert has written down, and gives back what it has given up, off the turn and until each has answered. The request itself is the debt: it
/// stands in the alert's row, so that a crash between writing and asking costs time and nothing else. Answers wait here for the next decision.
/// </summary>
internal sealed class BedCalls(IAlertOutbox alert, IGrainFactory grains, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(15);

    private readonly Dictionary<int, Task> _running = [];
    private readonly Dictionary<int, BedAnswer> _answers = [];
    private readonly Dictionary<int, (BedState For, int Times, DateTimeOffset At)> _failures = [];

    /// <summary>Asked by an activation that is gone, or without an answer: the house may get that question late.</summary>
    private readonly HashSet<int> _askedBefore = [];
    private bool _stopped;

    public bool Answered => _answers.Count > 0;

    public void Loaded(Alert stored) => _askedBefore.UnionWith((stored.Beds?.Requests ?? []).Where(r => r.Owed).Select(r => r.No));

    public void Stop() => _stopped = true;

    /// <summary>The alert with what houses have answered since.</summary>
    public Alert Apply(Alert next, DateTimeOffset now)
    {
        foreach (var answer in _answers.Values.OrderBy(a => a.No).ToArray())
        {
            _answers.Remove(answer.No);
            if (BedAnswers.Answered(next, answer, now) is Decision.Changed changed) next = changed.Alert;
        }

        return next;
    }

    /// <summary>When a house that did not answer is asked again, or null when nobody waits for the clock.</summary>
    public DateTimeOffset? NextAt(Alert current, DateTimeOffset now)
    {
        if (Answered) return now;
        DateTimeOffset? next = null;
        foreach (var request in Waiting(current))
        {
            var at = NotBefore(request, now) ?? now;
            if (!(next <= at)) next = at;
        }

        return next;
    }

    public void Start()
    {
        if (_stopped || alert.Current is not { } current) return;
        var now = clock.GetUtcNow();
        foreach (var request in Waiting(current).Where(r => !(NotBefore(r, now) > now)).ToArray())
        {
            // What is being decided at this moment may give it up.
            if (alert.BeingWritten?.Beds?.Find(request.No)?.State != request.State) continue;
            _running[request.No] = Task.CompletedTask;
            _running[request.No] = Call(current.Id, request, current.Beds!.Guests);
        }
    }

    /// <summary>Ends when the house has answered this one, or could not be reached.</summary>
    public Task Asked(int no) => _running.GetValueOrDefault(no) ?? Task.CompletedTask;

    private IEnumerable<BedRequest> Waiting(Alert current) => (current.Beds?.Requests ?? []).Where(r => r.Owed && !_running.ContainsKey(r.No) && !_answers.ContainsKey(r.No));

    /// <summary>Later than any wait is, it was noted by a clock that has since been set back.</summary>
    private DateTimeOffset? NotBefore(BedRequest request, DateTimeOffset now) =>
        _failures.TryGetValue(request.No, out var failed) && failed.For == request.State && failed.At <= now + LongestRetry ? failed.At : null;

    private async Task Call(string alertId, BedRequest request, Guests? guests)
    {
        // Not in the turn that decided it, nor before this one is known to run.
        await Task.Yield();
        try
        {
            var hold = new HoldId(alertId, request.No, request.Shelter).ToString();
            var house = grains.GetGrain<IShelterGrain>(request.Shelter);
            var result = request.State is BedState.Requested
                ? await house.Hold(new HoldBeds(hold, request.AskedAt, guests ?? throw new InvalidOperationException("A request for beds has lost for whom they are"), request.ByTelephone ? request.By : null))
                : await house.Release(new ReleaseBeds(hold, request.AskedAt, request.ReleasedBy, request.NotCome));
            _answers[request.No] = new BedAnswer(request.No, request.State, result.Refused, result.Hold, _askedBefore.Contains(request.No));
            _failures.Remove(request.No);
        }
#pragma warning disable CA1031 // Whatever kept the house from answering, it is asked again under the same id.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("A house did not answer an alert and is asked again: {Failure}", failure.Message);
            _askedBefore.Add(request.No);
            var times = _failures.TryGetValue(request.No, out var failed) && failed.For == request.State ? failed.Times + 1 : 1;
            var backOff = RetryAfter * Math.Pow(2, Math.Min(times - 1, 4));
            _failures[request.No] = (request.State, times, clock.GetUtcNow() + (backOff < LongestRetry ? backOff : LongestRetry));
        }
        finally
        {
            _running.Remove(request.No);
            if (!_stopped) alert.Rearm();
        }
    }
}
