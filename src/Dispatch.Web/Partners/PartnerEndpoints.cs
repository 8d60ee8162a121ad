using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Partners;
using Dispatch.Domain.Survivors;
using Dispatch.Web.Audit;
using Dispatch.Web.Limits;
using Dispatch.Web.OpenApi;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;
using Dispatch.Web.Tenancy;

namespace Dispatch.Web.Partners;

/// <summary>For other programmes' apps: open an alert, follow how it stands. Whoever holds the key learns nobody's name and no place.</summary>
internal static class PartnerEndpoints
{
    public static void MapPartnerCalls(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/partner", Own).RequireAuthorization(Policies.PartnerStatus).RequireRateLimiting(RateLimits.PartnerStatus).WithTags("Partner")
            .WithDescription("What this key may do, and whether its partner's webhook takes what it is told.")
            .Produces<OwnPartnerBody>()
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.TooManyRequests, Code.Unavailable);
        var alerts = routes.MapGroup("/api/v1/partner/alerts").WithTags("Partner");
        alerts.MapPost("", Raise).RequireAuthorization(Policies.PartnerRaise).RequireRateLimiting(RateLimits.PartnerRaise)
            .WithDescription("Opens an alert as her own phone would. The same key and body answer the same. Above the quota it is taken all the same. With a sandbox key it is an exercise, and nothing else can be raised with it.")
            .Accepts<RaiseBody>("application/json")
            .WithMetadata(new NeedsKey())
            .Produces<PartnerRaisedBody>(StatusCodes.Status202Accepted)
            .Refuses(
                Code.InvalidBody, Code.InvalidKey, Code.NotSignedIn, Code.NotAllowed, Code.SandboxOnly, Code.PayloadTooLarge, Code.UnsupportedMediaType, Code.Of(Refusal.IdTaken), Code.Of(Refusal.KeyReused), Code.Of(Refusal.TooOld),
                Code.Of(Refusal.ExerciseOutsideWindow), Code.TooManyRequests, Code.Busy, Code.Unavailable);
        alerts.MapGet("/{id}", Look).RequireAuthorization(Policies.PartnerStatus).RequireRateLimiting(RateLimits.PartnerStatus)
            .WithDescription("How an alert of this partner stands, as she herself reads it. After a cancel, real or forced: cancelled, and always the same bytes. For seven days.")
            .Produces<PartnerStatusBody>()
            .WithMetadata(new AlsoAnswers(typeof(CancelledBody)))
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.NotFound, Code.TooManyRequests, Code.Unavailable);
        alerts.MapPost("/{id}/cancel", Cancel).RequireAuthorization(Policies.PartnerRaise).RequireRateLimiting(RateLimits.PartnerStatus)
            .WithDescription("Cancels, with the PIN that came with the raise. The answer says nothing of whether it was the right one.")
            .Accepts<CancelBody>(isOptional: true, "application/json", "*/*")
            .Produces<CancelledBody>()
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.NotFound, Code.TooManyRequests, Code.Unavailable);
    }

    private static async Task<IResult> Raise(HttpContext http, RaiseReading reading, PartnerDesk desk, Tenant tenant)
    {
        if (!RaiseReading.IsJson(http.Request)) return Problem.Of(Code.UnsupportedMediaType);
        var given = IdempotencyKey.Required(http.Request);
        if (given.Key is not { } key) return given.Refused!;
        if (await reading.Json(http.Request, given.Text) is not { } body) return Problem.Of(Code.InvalidBody);
        if (RaiseChecks.Fault(body) is { } member) return Problem.Of(Code.InvalidBody, member);
        var partner = http.Partner();
        if (partner.Exercise(body.Exercise) is not { } exercise) return Problem.Of(Code.SandboxOnly, "A sandbox key raises exercises only. For real alerts use another key.");
        var raised = await desk.Raise(partner, body with { Exercise = exercise, Relay = null, Agreed = null }, key);
        return raised.Refused is { } why
            ? Problem.Of(why)
            : Results.Json(new PartnerRaisedBody(raised.Id, SurvivorStatus.Received, raised.ReceivedAt, tenant.FallbackNumber, raised.OverQuota, Seconds(raised.OverQuota)), statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> Own(HttpContext http, PartnerRows partners, PartnerUse use)
    {
        var access = http.Partner();
        if (!use.MayLook(access, out var wait)) return Problem.Of(Code.TooManyRequests, retryAfter: wait);
        var webhook = (await partners.Find(access.Partner))?.Webhook;
        return Results.Ok(new OwnPartnerBody(access.Partner, access.Scopes, access.PerHour, WebhookStateBody.Of(webhook)));
    }

    private static async Task<IResult> Look(string id, HttpContext http, PartnerDesk desk, PartnerUse use)
    {
        var partner = http.Partner();
        if (!use.MayLook(partner, out var wait)) return Problem.Of(Code.TooManyRequests, retryAfter: wait);
        if (await desk.Find(partner, id) is not { } found) return Problem.Of(Code.NotFound);
        if (found.News.Status is SurvivorStatus.Cancelled) return Results.Ok(CancelledBody.Only);
        return Results.Ok(PartnerStatusBody.Of(id, found.News, found.Row, Seconds(use.IsOver(partner))));
    }

    private static async Task<IResult> Cancel(string id, HttpContext http, PartnerDesk desk, CancelReading reading, CancelDesk cancel, IAudit audit)
    {
        var partner = http.Partner();
        if (await desk.Find(partner, id) is null) return Problem.Of(Code.NotFound);
        await audit.Write(PartnerDesk.By(partner), "partner.cancel", id);
        await cancel.Cancel(id, await reading.Pin(http.Request), http.RequestAborted);
        return Results.Ok(CancelledBody.Only);
    }

    private static int Seconds(bool over) => (int)(over ? PartnerQuota.LookAfterOver : PartnerQuota.LookAfter).TotalSeconds;
}

/// <param name="Id">By which the partner follows it.</param>
/// <param name="OverQuota">It came above the partner's quota. It is dealt with like any other.</param>
/// <param name="LookAfterSeconds">What to leave between two looks.</param>
public sealed record PartnerRaisedBody(string Id, SurvivorStatus Status, DateTimeOffset? ReceivedAt, string FallbackNumber, bool OverQuota, int LookAfterSeconds);

/// <param name="ToldCount">People whose phone confirmed that it was told. Never who.</param>
public sealed record PartnerStatusBody(string Id, SurvivorStatus Status, long Version, int ToldCount, ImmutableArray<PartnerNeedBody> Needs, DateTimeOffset? ReceivedAt, bool OverQuota, bool Sandbox, int LookAfterSeconds)
{
    internal static PartnerStatusBody Of(string id, PartnerNews news, PartnerAlert row, int seconds) =>
        new(id, news.Status, news.Version, news.ToldCount, PartnerNeedBody.Of(news), news.ReceivedAt, row.OverQuota, row.Sandbox, seconds);
}

/// <param name="Mode">How somebody who accepted will help; absent while nobody has.</param>
public sealed record PartnerNeedBody(Need Need, SurvivorNeedState State, Mode? Mode, int? EtaMinutes)
{
    internal static ImmutableArray<PartnerNeedBody> Of(PartnerNews news) => [.. news.Needs.Select(n => new PartnerNeedBody(n.Need, n.Mode is not null ? SurvivorNeedState.Accepted : (SurvivorNeedState)(int)n.State, n.Mode, n.EtaMinutes))];
}
