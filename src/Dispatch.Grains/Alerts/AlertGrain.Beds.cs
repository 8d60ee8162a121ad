using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Microsoft.Extensions.Logging;

namespace Dispatch.Grains.Alerts;

/// <summary>Beds: what is asked of houses, and what they say.</summary>
internal sealed partial class AlertGrain
{
    /// <summary>How often one command goes on to the next house when the first has just given its last bed to another.</summary>
    private const int MaxHousesPerCommand = 4;

    public async Task<BedRequestResult> RequestBed(RequestBed command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (Current is not { } alert) return new BedRequestResult(Refusal.NotFound);
        // A repeat needs no house and no area.
        if (BedAsking.OfKey(alert, command.KeyMac) is { SaidNo: false } standing && standing.BodyMac == command.BodyMac) return new BedRequestResult(null, standing, alert.Version);
        // Not "no bed": nobody could say. It is safe to repeat. Once is enough: each house's ledger has the last word, and one that hangs must not be waited for at every try.
        var known = await _sources.Houses(alert, log) ?? throw new TimeoutException("The area did not say which houses serve it");
        for (var i = 0; i < MaxHousesPerCommand; i++)
        {
            switch (BedAsking.Request(Current!, command, known, clock.GetUtcNow()))
            {
                case Decision.Changed changed:
                    await Commit(changed.Alert);
                    break;
                case Decision.Unchanged:
                    return new BedRequestResult(null, BedAsking.OfKey(Current!, command.KeyMac), Current!.Version);
                case Decision.Refused refused:
                    return new BedRequestResult(refused.Why, BedAsking.OfKey(Current!, command.KeyMac), Current!.Version);
                default:
                    throw new System.Diagnostics.UnreachableException("request a bed");
            }

            // One house's answer within the turn, because a call-taker has her on the line; without one the request stands and is repeated.
            await _beds.Asked(Current!.Beds!.Requests[^1].No);
            if (_beds.Apply(Current!, clock.GetUtcNow()) is var answered && !ReferenceEquals(answered, Current)) await Commit(answered);
            var request = BedAsking.OfKey(Current!, command.KeyMac)!;
            if (!request.SaidNo || command.Shelter is not null) return new BedRequestResult(request.SaidNo ? Refusal.NoBed : null, request, Current!.Version);
        }

        return new BedRequestResult(Refusal.NoBed, BedAsking.OfKey(Current!, command.KeyMac), Current!.Version);
    }

    public async Task<HousesKnown?> Houses() => Current is { } alert ? await _sources.Houses(alert, log) ?? throw new TimeoutException("The area did not say which houses serve it") : null;

    public async Task<BedRequestResult> PassOver(PassOver command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (await Houses() is not { } known) return new BedRequestResult(Refusal.NotFound);
        var answer = await Decide((alert, now) => PassingOver.Say(alert, command, known, now));
        return new BedRequestResult(answer.Refused, Current!.Beds?.Requests.LastOrDefault(r => r.Shelter == command.Shelter), answer.Version);
    }

    public async Task<AnswerResult> SayPlace(PlaceAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (Current is not { } alert) return new AnswerResult(Refusal.NotFound);
        var plan = await _sources.Plan(alert);
        return await Decide((current, now) => AskingPlaces.Say(current, answer, plan?.Setup.Overflow ?? [], now));
    }

    public Task<AnswerResult> ReleasePlace(string place, string by) => Decide((alert, now) => AskingPlaces.Release(alert, place, by, now));

    public Task<AnswerResult> ReleaseBed(ReleaseBed command) => Decide((alert, now) => BedReleasing.Release(alert, command.No, command.By, command.NotCome, now));

    /// <summary>After everything else in the tick is decided and written: a house that does not answer keeps nobody from being asked.</summary>
    private async Task LookForBeds(bool pull, DateTimeOffset now)
    {
        var next = Current!;
        if (pull) next = await PullBeds(next, now);
        next = await SearchBed(next, pull, now);
        if (!ReferenceEquals(next, Current)) await Commit(next);
    }

    /// <summary>Asks the next house when it is time to.</summary>
    private async Task<Alert> SearchBed(Alert alert, bool pull, DateTimeOffset now)
    {
        if (!BedSearching.Due(alert, pull, now)) return alert;
        var known = await _sources.Houses(alert, log);
        if (known is not { Complete: true }) _failureDelay = RetryAfterFailure;
        var decision = known is null ? BedSearching.CouldNotLook(alert, now) : BedSearching.Step(alert, known, now);
        return decision is Decision.Changed changed ? changed.Alert : alert;
    }

    /// <summary>What became of holds. A house that does not answer is asked again with the next look.</summary>
    private async Task<Alert> PullBeds(Alert alert, DateTimeOffset now)
    {
        foreach (var (no, hold) in await _sources.Holds(alert, log))
        {
            if (BedAnswers.Pulled(alert, no, hold, now) is Decision.Changed changed) alert = changed.Alert;
        }

        return alert;
    }
}
