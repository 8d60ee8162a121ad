using System.Collections.Immutable;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Shelters;

namespace Dispatch.Domain.Alerts;

/// <summary>For whom beds are, where that is said after the press. The press itself mostly comes before any word of who is with her.</summary>
internal static class BedGuests
{
    /// <summary>
    /// Of her phone the first words count, for somebody else may hold it later. What is held or booked by then stands, and the line is called: a human asks her and the house.
    /// A call-taker's words count at once: what a machine asked for others is given back, and asked for anew.
    /// </summary>
    internal static Alert ForWhom(this Alert alert, Alert before, AddToAlert addition, DateTimeOffset now, ImmutableArray<HistoryEvent>.Builder lines)
    {
        var guests = addition.Guests is { MakeSense: true } said ? said : null;
        if (guests is null && addition.Party is null) return alert;
        var beds = alert.Beds ?? new BedSearch();
        if (addition is { By: not Consent.Survivor, Party: not null } && guests is not null) return alert with { Beds = beds.Anew(guests, addition.Said, now, lines) };
        var first = before.Party is null && addition.Party is not null && beds.Said is null;
        var next = guests is not null && (beds.Guests is null || first) ? alert with { Beds = beds with { Guests = guests } } : alert;
        var asked = beds.Requests.Any(r => r.Open || r.State is BedState.Booked);
        return asked && addition is { By: Consent.Survivor, Party: not null } && !(guests is not null && beds.Guests is { } known && Same(known, guests)) ? next.Sound(RingReason.PartyChanged, now) : next;
    }

    private static BedSearch Anew(this BedSearch beds, Guests guests, Sealed<Guests>? said, DateTimeOffset now, ImmutableArray<HistoryEvent>.Builder lines)
    {
        var same = beds.Guests is { } known && Same(known, guests);
        foreach (var request in same ? [] : beds.Requests.Where(r => r is { Open: true, By: null }))
        {
            beds = beds.With(request with { State = BedState.Releasing, Unneeded = true });
            lines.Add(BedReleasing.Line(now, request, null));
        }

        return beds with { Guests = guests, Said = said };
    }

    /// <summary>A list is compared by what is in it.</summary>
    private static bool Same(Guests one, Guests other) => one with { Children = [] } == other with { Children = [] } && one.Children.SequenceEqual(other.Children);
}
