using Dispatch.Domain;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Shelters;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;

namespace Dispatch.Web.Shelters;

/// <summary>What staff of a house, and the line that asked it, say about one hold.</summary>
internal static class HoldEndpoints
{
    public static void MapHolds(this IEndpointRouteBuilder routes)
    {
        var hold = routes.MapGroup("/api/v1/holds/{holdId}").RequireRateLimiting(RateLimits.Staff).WithTags("Shelters")
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.GuardMissing, Code.NotFound, Code.TooManyRequests, Code.Unavailable, Code.Of(BedRefusal.HoldOver));
        hold.MapPost("/confirm", Confirm).RequireAuthorization(Policies.HoldKeeper).Produces<HoldAnswerBody>()
            .WithDescription("The house's yes or no; from the yes on only a person releases the beds. A call-taker says it for a house that answered by telephone.")
            .Refuses(Code.InvalidBody, Code.Of(BedRefusal.AlreadyBooked), Code.Of(BedRefusal.Invalid));
        hold.MapPost("/renew", Renew).RequireAuthorization(Policies.HoldKeeper).Produces<HoldAnswerBody>()
            .WithDescription("Half an hour more for the house's answer, once; a second time changes nothing.");
        hold.MapPut("/meeting-point", Meet).RequireAuthorization(Policies.HoldKeeper).Produces<HoldAnswerBody>()
            .WithDescription("Where staff meet this party, if not where they usually do. Never the house itself: others are told it in place of the address.")
            .Refuses(Code.InvalidBody, Code.Of(BedRefusal.StillThere), Code.Of(BedRefusal.Full));
        hold.MapPost("/release", Release).RequireAuthorization(Policies.HoldKeeper).Produces<HoldAnswerBody>()
            .WithDescription("Gives the beds back, also those that were booked.")
            .Refuses(Code.InvalidBody, Code.Of(BedRefusal.StillThere), Code.Of(Refusal.WrongProgress));
        hold.MapPost("/arrive", Arrive).RequireAuthorization(Policies.HouseStaff).Produces<HoldAnswerBody>()
            .Refuses(Code.Of(BedRefusal.NoBed));
        hold.MapPost("/leave", Leave).RequireAuthorization(Policies.HouseStaff).Produces<HoldAnswerBody>()
            .Refuses(Code.Of(BedRefusal.NotThere));
        hold.MapPost("/correct", Correct).RequireAuthorization(Policies.HouseStaff).Produces<HoldAnswerBody>()
            .WithDescription("Puts right what was said by mistake, within a day, by naming what is true.")
            .Refuses(Code.InvalidBody, Code.Of(BedRefusal.ReasonRequired), Code.Of(BedRefusal.Invalid), Code.Of(BedRefusal.NoBed), Code.Of(BedRefusal.Full), Code.Of(BedRefusal.NotConfirmed), Code.Of(BedRefusal.NotThere));
    }

    private static Task<IResult> Confirm(string holdId, ConfirmBody body, HoldDesk desk, HttpContext http) =>
        desk.Say(holdId, http.Staff(), body.Yes ? "hold.yes" : "hold.no", async (house, me) =>
        {
            var answer = await house.Confirm(new AnswerHold(holdId, body.Yes, me, body.ExpectedAt, body.Yes ? null : body.Reason));
            // Booked before: what is new is when she is expected.
            return answer is { Refused: null, Hold.Stage: HoldStage.Booked } && body.ExpectedAt is { } expected && answer.Hold.ExpectedAt != expected
                ? await house.Book(new ExpectArrival(holdId, expected, me))
                : answer;
        });

    private static Task<IResult> Meet(string holdId, LocationBody body, HoldDesk desk, Vault vault, HttpContext http)
    {
        if (MeetingPoints.Fault(body) is { } fault) return Task.FromResult<IResult>(Problem.Of(Code.InvalidBody, fault));
        if (!HoldId.TryParse(holdId, out var id)) return Task.FromResult<IResult>(Problem.Of(Code.NotFound));
        return desk.Say(holdId, http.Staff(), "hold.meet", (house, me) => house.Meet(holdId, vault.ShelterKey(id.Shelter).SealSame(ShelterFields.MeetingPoint, Fields.Place(body)!), me));
    }

    private static Task<IResult> Renew(string holdId, HoldDesk desk, HttpContext http) => desk.Say(holdId, http.Staff(), "hold.renew", (house, _) => house.Renew(holdId));

    private static Task<IResult> Release(string holdId, ReleaseBody body, HoldDesk desk, HttpContext http) => desk.Release(holdId, body.NotCome, http.Staff());

    private static Task<IResult> Arrive(string holdId, HoldDesk desk, HttpContext http) => desk.Say(holdId, http.Staff(), "hold.arrive", (house, me) => house.Arrive(holdId, me));

    private static Task<IResult> Leave(string holdId, HoldDesk desk, HttpContext http) => desk.Say(holdId, http.Staff(), "hold.leave", (house, me) => house.Leave(holdId, me));

    private static Task<IResult> Correct(string holdId, CorrectBody body, HoldDesk desk, HttpContext http) =>
        desk.Say(holdId, http.Staff(), "hold.correct", (house, me) => house.Correct(new CorrectHold(holdId, body.To, body.Beds, body.Reason, me)));
}
