using System.Collections.Immutable;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Shelters;

/// <summary>A house with beds, and short words for what is done to it.</summary>
internal static class GivenHouse
{
    public static readonly HouseRules Any = new(ChildrenAlone: true, Wheelchair: true, Pets: true);
    public static readonly OrganisationFacts Shelter = new("house-org", OrganisationKind.Shelter);
    public static readonly Guests Alone = new(1);

    /// <summary>Local time is UTC; nobody on the road from 22:00 to 05:00.</summary>
    public static readonly TravelHours NightCurfew = new() { Closed = [new ClosedHours(new TimeOnly(22, 0), new TimeOnly(5, 0), ClosedFor.Curfew)] };

    public static BedLedger House(int beds = 0, int cots = 0, int accessible = 0, int rooms = 0, double at = 0) =>
        Counting.Confirm(new BedLedger(), new ConfirmCounts(0, [new(BedKind.Bed, beds, 0, 0), new(BedKind.Cot, cots, 0, 0), new(BedKind.AccessibleBed, accessible, 0, 0), new(BedKind.FamilyRoom, rooms, 0, 0)], "staff"), At(at)).Now();

    public static string Id(int no, string alert = "a1") => new HoldId(alert, no, "house").ToString();

    public static Guests Family(params Child[] children) => new(1, [.. children]);

    public static HoldBeds Asks(int no, Guests? guests = null, double at = 0) => new(Id(no), At(at), guests ?? Alone);

    public static BedChange Hold(this BedLedger ledger, int no, Guests? guests = null, double asked = 0, double? at = null) => Holding.Hold(ledger, Any, Asks(no, guests, asked), At(at ?? asked));

    public static BedChange Release(this BedLedger ledger, int no, double asked = 0, double? at = null, string? by = null) => Holding.Release(ledger, new ReleaseBeds(Id(no), At(asked), by), At(at ?? asked));

    public static BedChange Answer(this BedLedger ledger, int no, bool yes, double at, DateTimeOffset? expected = null, TravelHours? travel = null) =>
        Booking.Confirm(ledger, travel ?? TravelHours.Always, new AnswerHold(Id(no), yes, "staff", expected), At(at));

    public static BedChange Arrive(this BedLedger ledger, int no, double at) => Staying.Arrive(ledger, Id(no), "staff", At(at));

    public static BedChange Leave(this BedLedger ledger, int no, double at) => Staying.Leave(ledger, Id(no), "staff", At(at));

    public static BedChange Correct(this BedLedger ledger, int no, HoldStage to, double at, params BedCount[] beds) =>
        Correcting.Correct(ledger, TravelHours.Always, new CorrectHold(Id(no), to, beds is [] ? null : [.. beds], CorrectionReason.SaidTooEarly, "staff"), At(at));

    public static BedChange Count(this BedLedger ledger, double at, params BedFigures[] figures) => Counting.Confirm(ledger, new ConfirmCounts(ledger.Version, [.. figures], "staff"), At(at));

    /// <summary>The ledger after a change that must have been accepted.</summary>
    public static BedLedger Now(this BedChange change) => change.Refused is null ? change.Ledger : throw new InvalidOperationException($"refused: {change.Refused}");

    public static HouseCandidate Candidate(string id, int order = 0, int beds = 3, double? confirmedHoursAgo = 1, Func<HouseSummary, HouseSummary>? change = null)
    {
        DateTimeOffset? confirmed = confirmedHoursAgo is { } hours ? Night.AddHours(-hours) : null;
        var house = new HouseSummary(id, 1, "XX", Shelter with { Id = id + "-org" }, ["XX/demo"], new HouseRules(), TravelHours.Always, [new BedCount(BedKind.Bed, beds)], confirmed, Figures.At(confirmed, Night))
        {
            Capacity = [new BedCount(BedKind.Bed, beds)],
        };
        return new HouseCandidate(change?.Invoke(house) ?? house, order);
    }
}
