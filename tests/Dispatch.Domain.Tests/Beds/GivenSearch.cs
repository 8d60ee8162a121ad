using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Beds;

/// <summary>An alert that looks for a bed, and houses that have some.</summary>
internal static class GivenSearch
{
    public static readonly OrganisationFacts Homes = new("homes", OrganisationKind.Shelter);

    /// <summary>Its needs are open, and machines ask houses in its area.</summary>
    public static Alert Searching(RaiseAlert? press = null, bool byHand = false) =>
        Asking.Open(Raising.Raise(null, press ?? Press(Need.Shelter), Night).Now(), Rules() with { BedsByHand = byHand }, Night, houses: true).Now();

    public static HouseCandidate House(string id, int beds = 1, int order = 0, OrganisationFacts? organisation = null) => new(
        new HouseSummary(id, 1, "XX", organisation ?? Homes, ["XX/demo"], new HouseRules(), TravelHours.Always, [new BedCount(BedKind.Bed, beds)], Night, Freshness.Fresh), order);

    public static HousesKnown Known(params HouseCandidate[] houses) => new([.. houses], []);

    public static HoldView Hold(HoldStage? stage, GoneHow? over = null, DateTimeOffset? expiresAt = null) =>
        new("hold", stage, over, [new BedCount(BedKind.Bed, 1)], Night, expiresAt, false, null, null, false, null, null, null);

    public static BedAnswer SaysYes(int no = 0) => new(no, BedState.Requested, null, Hold(HoldStage.Held, expiresAt: At(1800)), false);

    public static BedAnswer SaysNo(BedRefusal why, int no = 0, bool askedBefore = false) => new(no, BedState.Requested, why, null, askedBefore);

    public static BedAnswer Released(BedRefusal? why = null, HoldView? hold = null, int no = 0) => new(no, BedState.Releasing, why, hold, false);

    public static Alert Asked(this Alert alert, params HouseCandidate[] houses) => BedSearching.Step(alert, Known(houses), alert.LastNow).Now();

    public static Alert Held(this Alert alert, int no = 0) => BedAnswers.Answered(alert, SaysYes(no), At(1)).Now();

    public static Alert Booked(this Alert alert, int no = 0, double at = 60) => BedAnswers.Pulled(alert, no, Hold(HoldStage.Booked), At(at)).Now();

    public static BedRequest Request(this Alert alert, int no = 0) => alert.Beds!.Requests[no];

    public static bool Rings(this Alert alert, RingReason reason) => alert.Alarms.Any(a => a.Ring.Reason == reason);
}
