using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Grains.Alerts;
using Dispatch.Web.Limits;
using Dispatch.Web.OpenApi;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;

namespace Dispatch.Web.Hotline;

/// <summary>A supervisor has more people asked, or ends the asking, at her name.</summary>
internal static class WideningEndpoints
{
    public static void MapWidening(this IEndpointRouteBuilder routes)
    {
        var alert = routes.MapGroup("/api/v1/alerts/{id}").RequireAuthorization(Policies.Supervisor).RequireRateLimiting(RateLimits.Staff).WithTags("Hotline")
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.GuardMissing, Code.NotFound, Code.TooManyRequests, Code.Unavailable);
        alert.MapPost("/widen", Widen).Produces<VersionBody>()
            .WithDescription("The next step's people are asked now, and machines go on asking in their steps although a human has the alert. Refused where no machine may send anything: perhaps under duress, or too late.")
            .WithMetadata(new NeedsKey(Required: false))
            .Refuses(Code.InvalidBody, Code.InvalidKey, Code.Of(Refusal.KeyReused), Code.Of(Refusal.NotAllowedHere), Code.Of(Refusal.AlreadyFilled), Code.Of(Refusal.Ended));
        alert.MapPost("/call-off", CallOff).Produces<VersionBody>()
            .WithDescription("Nobody is asked for this need any more: its offers are withdrawn, and who is on the way is called off. Whoever has her in the car brings her where she is met.")
            .Refuses(Code.InvalidBody, Code.Of(Refusal.ReasonRequired), Code.Of(Refusal.Ended));
    }

    private static Task<IResult> Widen(string id, WidenBody body, AlertDesk desk, Macs macs, HttpContext http)
    {
        var given = IdempotencyKey.Optional(http.Request);
        if (given.Refused is { } noKey) return Task.FromResult(noKey);
        var me = http.Staff().Account;
        var (keyMac, bodyMac) = given.Key is { } key ? (macs.IdempotencyKey(me, key), macs.Body(JsonSerializer.SerializeToUtf8Bytes(body, DispatchJson.Options))) : (null, null);
        return desk.Decide(id, http.Staff(), "alert.widen", null, Word(body.Need), (alert, by) => alert.Widen(new WidenAsking(body.Need, by, keyMac, bodyMac)));
    }

    private static Task<IResult> CallOff(string id, CallOffBody body, AlertDesk desk, HttpContext http) => DisclosureEndpoints.IsCode(body.Reason)
        ? desk.Decide(id, http.Staff(), "alert.callOff", body.Reason, Word(body.Need), (alert, by) => alert.CallOff(new CallOffNeed(body.Need, by, body.Reason)))
        : Task.FromResult<IResult>(Problem.Of(Code.InvalidBody, "reason"));

    private static string? Word(Need? need) => need is { } one ? EnumWords.Of(one) : null;
}

/// <param name="Need">Left out: every need for which people are asked.</param>
public sealed record WidenBody(Need? Need = null);

/// <param name="Reason">A code.</param>
public sealed record CallOffBody(string? Reason = null)
{
    public required Need Need { get; init; }
}
