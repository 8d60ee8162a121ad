using System.Collections.Immutable;
using static Dispatch.Domain.Shelters.LedgerChanges;

namespace Dispatch.Domain.Shelters;

public enum CorrectionReason { WrongHold = 1, SaidTooEarly = 2, OtherPartyThanTold = 3, CountedWrong = 4, Other = 5 }

/// <param name="To">What it really is: booked where somebody said too early that she is here (over again where it had ended before that), occupied where somebody said wrongly that she left.</param>
/// <param name="Beds">The beds that they really have; null where that was right.</param>
public sealed record CorrectHold(string HoldId, HoldStage To, ImmutableArray<BedCount>? Beds, CorrectionReason Reason, string By);

/// <summary>Putting right what was said by mistake, within a day. It names the state that is true, so that saying it twice says the same.</summary>
public static class Correcting
{
    public static BedChange Correct(BedLedger ledger, TravelHours travel, CorrectHold command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(command);
        var known = Expiring.At(ledger, now);
        if (!Enum.IsDefined(command.Reason)) return known.No(BedRefusal.ReasonRequired);
        if (string.IsNullOrEmpty(command.By)) return known.No(BedRefusal.PersonRequired);
        if (command.To is not (HoldStage.Booked or HoldStage.Occupied) || (command.Beds is { } given && !Beds.AreSome(given))) return known.No(BedRefusal.Invalid);
        var gone = known.FindGone(command.HoldId);
        var was = known.Find(command.HoldId);
        if (was is null && gone is null) return known.No(BedRefusal.NotFound);
        if (gone is { NotHere: true } && command.To is HoldStage.Booked) return new(known);
        // Only who was here can still be here; every other end was said to whoever asked, who has gone on from there.
        if (gone is not null && (gone.How is not GoneHow.Left || command.To is not HoldStage.Occupied)) return known.No(BedRefusal.HoldOver);
        if (was is { Stage: HoldStage.Held }) return known.No(BedRefusal.NotConfirmed);
        if (was is { Stage: HoldStage.Booked } && command.To is HoldStage.Occupied) return known.No(BedRefusal.NotThere);
        return was?.EndedBefore is { } how && command.To is HoldStage.Booked ? OverAgain(known, was, how, command, now) : Put(known, was, gone, travel, command, now);
    }

    /// <summary>She is not here after all, and whoever asked has known for long that it is over: booked again it would wait for somebody whom nobody follows.</summary>
    private static BedChange OverAgain(BedLedger known, BedHold was, GoneHow how, CorrectHold command, DateTimeOffset now)
    {
        var next = known.Without(was, how, now).WithGone(was.Id, gone => gone with { ArrivedAt = how is GoneHow.Left ? gone.ArrivedAt : null, NotHere = true });
        return new(next.StampCounts(now, Corrected(command, now)));
    }

    private static BedChange Put(BedLedger known, BedHold? was, GoneHold? gone, TravelHours travel, CorrectHold command, DateTimeOffset now)
    {
        var beds = command.Beds ?? was?.Beds ?? gone!.Beds;
        if (was is not null && was.Stage == command.To && Beds.Same(was.Beds, beds)) return new(known);
        var rest = was is null ? known : known with { Holds = known.Holds.Remove(was) };
        if (!rest.HasFree(beds)) return known.No(BedRefusal.NoBed);
        if (rest.Holds.Length >= BedLedger.MaxHolds) return known.No(BedRefusal.Full);
        var hold = (was ?? new BedHold { Id = gone!.Id, Stage = HoldStage.Occupied, Beds = beds, AskedAt = gone.AskedAt, ArrivedAt = gone.ArrivedAt, Nights = gone.Nights, Code = gone.Code, EndedBefore = gone.How }) with { Beds = beds };
        var next = command.To is HoldStage.Occupied ? Staying.Occupied(hold, now) : was!.Stage is HoldStage.Booked ? hold : Booking.Booked(hold, travel, now);
        var note = Corrected(command, now);
        return new(was?.Stage is HoldStage.Booked ? known.With(next).Stamp(now, note) : known.With(next).StampCounts(now, note));
    }

    private static BedEvent Corrected(CorrectHold command, DateTimeOffset now) => Note(BedEventKind.Corrected, now, command.HoldId, command.By, EnumWords.Of(command.Reason));
}
