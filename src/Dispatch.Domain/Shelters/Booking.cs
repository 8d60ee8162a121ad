using Dispatch.Domain.Alerts;
using Dispatch.Domain.Sealing;
using static Dispatch.Domain.Shelters.LedgerChanges;

namespace Dispatch.Domain.Shelters;

/// <summary>The house's yes or no to a hold.</summary>
/// <param name="ExpectedAt">When she is expected, where it is known already.</param>
/// <param name="Why">Of a no; a text has none.</param>
public sealed record AnswerHold(string HoldId, bool Yes, string By, DateTimeOffset? ExpectedAt = null, PassedOver? Why = null);

public sealed record ExpectArrival(string HoldId, DateTimeOffset ExpectedAt, string By);

/// <summary>What the house answers, and when she is expected. From the yes on the beds are hers until a person says otherwise.</summary>
public static class Booking
{
    /// <summary>How long after the expected arrival somebody should ask where she is.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(3);

    public static readonly TimeSpan MaxAhead = TimeSpan.FromDays(3);
    private static readonly TimeSpan MaxPast = TimeSpan.FromHours(12);

    public static BedChange Confirm(BedLedger ledger, TravelHours travel, AnswerHold command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(command);
        var known = Expiring.At(ledger, now);
        if (known.FindGone(command.HoldId) is { } gone) return new(known, gone.How is GoneHow.Declined && !command.Yes ? null : BedRefusal.HoldOver);
        if (known.Find(command.HoldId) is not { } hold) return known.No(BedRefusal.NotFound);
        if (hold.Stage is not HoldStage.Held) return new(known, command.Yes ? null : BedRefusal.AlreadyBooked);
        if (string.IsNullOrEmpty(command.By)) return known.No(BedRefusal.PersonRequired);
        if (!command.Yes) return Declined(known, hold, command, now);
        if (!Possible(command.ExpectedAt ?? now, now)) return known.No(BedRefusal.Invalid);
        return new(known.With(Booked(hold, travel, command.ExpectedAt ?? now)).Stamp(now, Note(BedEventKind.Confirmed, now, hold.Id, command.By)));
    }

    private static BedChange Declined(BedLedger known, BedHold hold, AnswerHold command, DateTimeOffset now) =>
        new(known.Without(hold, GoneHow.Declined, now).WithGone(hold.Id, gone => gone with { Why = command.Why }).Stamp(now, Note(BedEventKind.Declined, now, hold.Id, command.By, command.Why is { } why ? EnumWords.Of(why) : null)));

    /// <summary>Says, or says anew, when she is expected.</summary>
    public static BedChange Expect(BedLedger ledger, TravelHours travel, ExpectArrival command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(command);
        var known = Expiring.At(ledger, now);
        if (known.Find(command.HoldId) is not { } hold) return known.No(known.FindGone(command.HoldId) is null ? BedRefusal.NotFound : BedRefusal.HoldOver);
        if (hold.Stage is HoldStage.Held) return known.No(BedRefusal.NotConfirmed);
        if (hold.Stage is HoldStage.Occupied || hold.ExpectedAt == command.ExpectedAt) return new(known);
        if (!Possible(command.ExpectedAt, now)) return known.No(BedRefusal.Invalid);
        return new(known.With(Booked(hold, travel, command.ExpectedAt)).Stamp(now, Note(BedEventKind.Expected, now, hold.Id, command.By)));
    }

    /// <summary>Says, or says anew, where staff meet this party. What is only held may have its place as well; it is shown from the yes on.</summary>
    public static BedChange Meet(BedLedger ledger, string holdId, Sealed<Place> at, string by, DateTimeOffset now)
    {
        var known = Expiring.At(ledger, now);
        if (string.IsNullOrEmpty(by)) return known.No(BedRefusal.PersonRequired);
        if (known.Find(holdId) is not { } hold) return known.No(known.FindGone(holdId) is null ? BedRefusal.NotFound : BedRefusal.HoldOver);
        if (hold.Stage is HoldStage.Occupied) return known.No(BedRefusal.StillThere);
        if (hold.MeetAt == at) return new(known);
        if (hold.MeetAt is null && known.Holds.Count(h => h.MeetAt is not null) >= BedLedger.MaxMeetings) return known.No(BedRefusal.Full);
        return new(known.With(hold with { MeetAt = at }).Stamp(now, Note(BedEventKind.MeetingSet, now, holdId, by)));
    }

    /// <summary>Whoever is held up by a curfew is waited for until it ends.</summary>
    internal static BedHold Booked(BedHold hold, TravelHours travel, DateTimeOffset expectedAt) => hold with
    {
        Stage = HoldStage.Booked, ExpiresAt = null, Renewed = false, ArrivedAt = null, ExpectedAt = expectedAt, Until = travel.AfterCurfew(expectedAt + Grace),
    };

    private static bool Possible(DateTimeOffset expectedAt, DateTimeOffset now) => expectedAt >= now - MaxPast && expectedAt <= now + MaxAhead;
}
