using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

public sealed record PassOver(string Shelter, PassedOver Why, string By);

/// <summary>A house that was rung and does not take her, or did not answer: it is asked no more unless it says later how it stands.</summary>
public static class PassingOver
{
    /// <summary>The same word by the same person within this time is one.</summary>
    private static readonly TimeSpan Repeated = TimeSpan.FromMinutes(1);

    public static Decision Say(Alert alert, PassOver command, HousesKnown known, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(known);
        if (alert.Stage is Stage.Ended) return Decision.No(Refusal.Ended);
        if (BedAsking.NotHere(alert)) return Decision.No(Refusal.NotAllowedHere);
        if (known.Houses.FirstOrDefault(h => h.House.Shelter == command.Shelter)?.House is not { } house) return Decision.No(Refusal.NotFound);
        var asked = alert.Beds?.Requests.Where(r => r.Shelter == command.Shelter).ToArray() ?? [];
        if (asked.Any(r => r.Open || r.State is BedState.Booked or BedState.Occupied)) return Decision.No(Refusal.HeldAlready);
        // Rung once more, it is the same line: no house was asked for a hold, so nothing hangs on its number or its time.
        var before = asked.LastOrDefault() is { Over: BedOver.PassedOver } last ? last : null;
        if (before is not null && (before.PassedOver, before.By) == (command.Why, command.By) && now - before.AskedAt < Repeated) return new Decision.Unchanged(alert);
        var beds = alert.Beds ?? new BedSearch();
        if (before is null && beds.Requests.Length >= BedSearch.MaxRequests) return Decision.No(Refusal.TooMany);
        var request = new BedRequest
        {
            No = before?.No ?? beds.Requests.Length, Shelter = house.Shelter, Organisation = house.Organisation, AskedAt = now, By = command.By,
            State = BedState.Over, Over = BedOver.PassedOver, PassedOver = command.Why, ByTelephone = true,
        };
        return (alert with { Beds = beds.With(request) })
            .Changed(now, Note(HistoryKind.BedPassedOver, now, Need.Shelter, who: command.By, detail: EnumWords.Of(command.Why)) with { Bed = request.No });
    }

    /// <summary>It was passed over and has said since then how it stands, or was let go by the machine because nobody needed its bed any more. Who was silent or said no, or what a person gave up, is asked once.</summary>
    internal static bool MayBeAskedAgain(this BedRequest request, HousesKnown known) =>
        request is { Over: BedOver.GivenUp, Unneeded: true, ReleasedBy: null } || (request.Over is BedOver.PassedOver && known.Houses.FirstOrDefault(h => h.House.Shelter == request.Shelter)?.House.ConfirmedAt > request.AskedAt);
}
