using Dispatch.Domain;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Alerts;
using Dispatch.Web.Hotline;
using Dispatch.Web.Limits;
using Dispatch.Web.OpenApi;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Survivors;

internal static class SurvivorEndpoints
{
    public static void AddSurvivors(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SurvivorTokens>();
        builder.Services.AddSingleton<RaiseReading>();
        builder.Services.AddSingleton<Intake>();
        builder.Services.AddSingleton<AdditionDesk>();
        builder.Services.AddSingleton<CancelDesk>();
        builder.Services.AddSingleton<CancelReading>();
    }

    public static void MapSurvivors(this IEndpointRouteBuilder routes)
    {
        routes.MapRaise();
        var alert = routes.MapGroup("/api/v1/alerts/{id}").RequireRateLimiting(RateLimits.Survivor);
        alert.MapGet("", View).RequireAuthorization(Policies.SurvivorOrHotline).WithTags("Survivor", "Hotline")
            .WithDescription("With a survivor's token: her view. For the hotline's staff: the whole alert; reading it is recorded.")
            .Produces<SurvivorBody>()
            .WithMetadata(new AlsoAnswers(typeof(HotlineAlertBody)), new AlsoAnswers(typeof(CancelledBody)))
            .Produces(StatusCodes.Status304NotModified)
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.NotFound, Code.TooManyRequests, Code.Unavailable);
        alert.MapPost("/additions", (string id, AdditionBody body, HttpRequest request, AdditionDesk desk) => desk.Add(id, body, request)).RequireAuthorization(Policies.Survivor).WithTags("Survivor")
            .Produces<AddedBody>()
            .WithMetadata(new NeedsKey(Required: false))
            .Refuses(Code.InvalidBody, Code.InvalidKey, Code.Of(Refusal.KeyReused), Code.NotSignedIn, Code.Of(Refusal.PinRequired), Code.NotFound, Code.Of(Refusal.Ended), Code.Of(Refusal.TooMany), Code.TooManyRequests, Code.Unavailable);
        alert.MapPost("/cancel", Cancel).RequireAuthorization(Policies.Survivor).WithTags("Survivor")
            .Accepts<CancelBody>(isOptional: true, "application/json", "*/*")
            .Produces<CancelledBody>()
            .Refuses(Code.NotSignedIn, Code.TooManyRequests, Code.Unavailable);
    }

    private static async Task<IResult> View(string id, HttpContext http, IGrainFactory grains, Tenant tenant, MeetingPlaces places, AlertReading hotline)
    {
        if (!http.User.HasClaim(c => c.Type == SurvivorAuthentication.AlertClaim)) return await hotline.Read(id, http.Staff());
        if (await grains.GetGrain<IAlertGrain>(id).SurvivorView() is not { } view) return Problem.Of(Code.NotFound);
        // After a cancel, real or forced, the device is told this and no more: always the same bytes.
        if (view.Status is SurvivorStatus.Cancelled) return Results.Ok(CancelledBody.Only);
        var body = SurvivorBody.Of(view, tenant.FallbackNumber, places);
        http.Response.Headers.ETag = body.ETag;
        return http.Request.Headers.IfNoneMatch == body.ETag ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Ok(body);
    }

    private static async Task<IResult> Cancel(string id, HttpContext http, CancelReading reading, CancelDesk desk)
    {
        await desk.Cancel(id, await reading.Pin(http.Request), http.RequestAborted);
        return Results.Ok(CancelledBody.Only);
    }
}
