using System.Collections.Immutable;
using static Dispatch.Domain.Shelters.LedgerChanges;

namespace Dispatch.Domain.Shelters;

/// <param name="AskedAt">When the asker wrote down that it would ask; the same in every repeat and in the release.</param>
/// <param name="ToldBy">The call-taker to whom people of the house said on the telephone that there is room.</param>
public sealed record HoldBeds(string HoldId, DateTimeOffset AskedAt, Guests Guests, string? ToldBy = null);

/// <param name="By">The person who releases it; null for a machine, which may release a hold and not a booking.</param>
/// <param name="NotCome">She was expected and did not come.</param>
public sealed record ReleaseBeds(string HoldId, DateTimeOffset AskedAt, string? By = null, bool NotCome = false);

/// <summary>What the asker does: hold, wait a little longer, release.</summary>
public static class Holding
{
    /// <summary>How long a house has for its answer, and how much longer once.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(30);

    /// <summary>Holds all beds that the party needs, or none. Repeated, it gives what the first one gave; a hold that has ended is not had again under its id.</summary>
    public static BedChange Hold(BedLedger ledger, HouseRules house, HoldBeds command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(command);
        var known = Expiring.At(ledger, now);
        if (known.Find(command.HoldId) is { } same) return new(known, same.AskedAt == command.AskedAt ? null : BedRefusal.IdTaken);
        if (known.FindGone(command.HoldId) is { } gone) return known.No(gone.AskedAt == command.AskedAt ? BedRefusal.HoldOver : BedRefusal.IdTaken);
        if (command.AskedAt <= known.AskedFloor) return known.No(BedRefusal.TooLate);
        if (string.IsNullOrEmpty(command.HoldId) || command.Guests is not { MakeSense: true } guests || command.AskedAt > now + Forgetting.MaxAhead) return known.No(BedRefusal.Invalid);
        if (!Fit.Of(house, guests).Fits) return known.No(BedRefusal.DoesNotFit);
        if (known.Holds.Length >= BedLedger.MaxHolds) return known.No(BedRefusal.Full);
        if (Allotting.For(guests, house, known.Free) is { } beds) return new(Held(known, command, beds, now).Stamp(now, Note(BedEventKind.Held, now, command.HoldId)));
        if (command.ToldBy is not { } told || Telephoned.Room(known, guests, house, now) is not var (roomy, found)) return known.No(BedRefusal.NoBed);
        return new(Held(roomy, command, found, now).StampCounts(now, Note(BedEventKind.SaidFree, now, command.HoldId, told), Note(BedEventKind.Held, now, command.HoldId)));
    }

    private static BedLedger Held(BedLedger known, HoldBeds command, ImmutableArray<BedCount> beds, DateTimeOffset now) =>
        known.With(new BedHold { Id = command.HoldId, Stage = HoldStage.Held, Beds = beds, AskedAt = command.AskedAt, ExpiresAt = now + Lasts, Nights = command.Guests.Nights });

    /// <summary>Once, by as much again. Said twice it is the same renewal.</summary>
    public static BedChange Renew(BedLedger ledger, string holdId, DateTimeOffset now)
    {
        var known = Expiring.At(ledger, now);
        if (known.Find(holdId) is not { } hold) return known.No(known.FindGone(holdId) is null ? BedRefusal.NotFound : BedRefusal.HoldOver);
        if (hold.Stage is not HoldStage.Held || hold.Renewed) return new(known);
        return new(known.With(hold with { ExpiresAt = hold.ExpiresAt + Lasts, Renewed = true }).Stamp(now, Note(BedEventKind.Renewed, now, holdId)));
    }

    /// <summary>Gives the beds back. Of a hold that was not seen yet it is noted, and that hold is refused when it comes.</summary>
    public static BedChange Release(BedLedger ledger, ReleaseBeds command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(command);
        var known = Expiring.At(ledger, now);
        if (known.Find(command.HoldId) is { } hold)
        {
            if (hold.Stage is HoldStage.Occupied) return known.No(BedRefusal.StillThere);
            if (hold.Stage is HoldStage.Booked && string.IsNullOrEmpty(command.By)) return known.No(BedRefusal.PersonRequired);
            var how = command.NotCome && hold.Stage is HoldStage.Booked ? GoneHow.NotCome : GoneHow.Withdrawn;
            return new(known.Without(hold, how, now).Stamp(now, Note(how is GoneHow.NotCome ? BedEventKind.NotCome : BedEventKind.Withdrawn, now, hold.Id, command.By)));
        }

        // Where it may already be forgotten, the floor refuses the hold as the tombstone would.
        if (known.FindGone(command.HoldId) is not null || command.AskedAt <= known.AskedFloor) return new(known);
        if (string.IsNullOrEmpty(command.HoldId)) return known.No(BedRefusal.Invalid);
        var tombstone = new GoneHold(command.HoldId, command.AskedAt, GoneHow.ReleasedUnseen, now, []);
        return new((known with { Gone = known.Gone.Add(tombstone) }).Stamp(now, Note(BedEventKind.ReleasedUnseen, now, command.HoldId, command.By)));
    }
}
