using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Grains.Alerts;
using Dispatch.Web.Audit;
using Dispatch.Web.Limits;
using Dispatch.Web.OpenApi;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;
using Orleans;

namespace Dispatch.Web.Hotline;

/// <summary>A safe place to meet her: a call-taker proposes it, and she answers on her page or to the call-taker.</summary>
internal static class MeetingEndpoints
{
    public static void MapMeetings(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/alerts/{id}/meeting-points", Propose).RequireAuthorization(Policies.Hotline).RequireRateLimiting(RateLimits.Staff).WithTags("Hotline")
            .Produces<MeetingNoBody>(StatusCodes.Status201Created)
            .WithDescription("A place where she is met for one need; sealed. Whoever meets her sees it once she agreed, or once a call-taker says for her that she did. Not before she is verified.")
            .WithMetadata(new NeedsKey())
            .Refuses(
                Code.NotSignedIn, Code.NotAllowed, Code.GuardMissing, Code.NotFound, Code.TooManyRequests, Code.Unavailable, Code.InvalidBody, Code.InvalidKey,
                Code.Of(Refusal.KeyReused), Code.Of(Refusal.Ended), Code.Of(Refusal.NotAllowedHere), Code.Of(Refusal.TooMany));
        routes.MapPost("/api/v1/alerts/{id}/meeting-points/{no}/answer", Answer).RequireAuthorization(Policies.SurvivorOrHotline).RequireRateLimiting(RateLimits.Survivor).WithTags("Survivor", "Hotline")
            .Produces<VersionBody>()
            .WithDescription("Whether she comes there: with a survivor's token her own word, otherwise a call-taker's for her. After a no somebody of the line is called to find another place.")
            .Refuses(
                Code.NotSignedIn, Code.NotAllowed, Code.GuardMissing, Code.NotFound, Code.TooManyRequests, Code.Unavailable, Code.InvalidBody, Code.Of(Refusal.Ended), Code.Of(Refusal.OfferClosed));
    }

    private static async Task<IResult> Propose(string id, MeetingPointBody body, HttpContext http, AlertDesk desk, IGrainFactory grains, Vault vault, Macs macs, IAudit audit)
    {
        var given = IdempotencyKey.Required(http.Request);
        if (given.Refused is { } noKey) return noKey;
        if (RaiseChecks.Fault(body.Place) is { } fault) return Problem.Of(Code.InvalidBody, fault);
        if (Fields.Place(body.Place) is not { } place || !Enum.IsDefined(body.Need)) return Problem.Of(Code.InvalidBody, "place");
        if (await desk.Read(id, http.Staff()) is not { } alert) return Problem.Of(Code.NotFound);
        var me = http.Staff().Account;
        await audit.Write(me, "meeting.propose", id, null, EnumWords.Of(body.Need));
        var where = vault.AlertKey(id, alert.WrappedKey).Seal(MeetingPlaces.Field, place);
        var command = new ProposeMeeting(body.Need, where, me, macs.IdempotencyKey($"{me}/{id}", given.Key!.Value), macs.Body(JsonSerializer.SerializeToUtf8Bytes(body, DispatchJson.Options)), body.Agreed);
        var result = await grains.GetGrain<IAlertGrain>(id).ProposeMeeting(command);
        return result.Refused is { } why ? Problem.Of(why) : Results.Json(new MeetingNoBody(result.No!.Value, result.Version), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> Answer(string id, int no, MeetingAnswerBody body, HttpContext http, AlertDesk desk, IGrainFactory grains)
    {
        if (!http.User.HasClaim(c => c.Type == SurvivorAuthentication.AlertClaim))
        {
            return await desk.Decide(id, http.Staff(), "meeting.answer", null, body.Yes ? "yes" : "no", (alert, me) => alert.AnswerMeeting(new AnswerMeeting(no, body.Yes, me)));
        }

        var answer = await grains.GetGrain<IAlertGrain>(id).AnswerMeeting(new AnswerMeeting(no, body.Yes, Consent.Survivor));
        return answer.Refused is { } why ? Problem.Of(why) : Results.Ok(new VersionBody(answer.Version));
    }
}

/// <param name="Agreed">She has said yes to it, to this call-taker.</param>
public sealed record MeetingPointBody(bool Agreed = false)
{
    /// <summary>Transport: where the driver picks her up. Shelter: where the people of the house fetch her.</summary>
    public required Need Need { get; init; }
    public required LocationBody Place { get; init; }
}

public sealed record MeetingNoBody(int No, long Version);

public sealed record MeetingAnswerBody
{
    public required bool Yes { get; init; }
}

public enum MeetingState { Asked = 1, Agreed = 2, Refused = 3, Over = 4 }

/// <summary>One place that was proposed, as the line sees it.</summary>
/// <param name="By">The colleague who proposed it; absent where a house did.</param>
/// <param name="AnsweredBy">A colleague's name, or "survivor".</param>
public sealed record HotlineMeetingBody(int No, Need Need, MeetingState State, LocationBody Place, DateTimeOffset At, PersonBody? By, DateTimeOffset? AnsweredAt, string? AnsweredBy);
