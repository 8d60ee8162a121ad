using Dispatch.Domain;
using Dispatch.Domain.Survivors;
using Dispatch.Web.Hosting;
using Dispatch.Web.Limits;
using Dispatch.Web.OpenApi;
using Dispatch.Web.Pages;
using Dispatch.Web.Problems;
using Dispatch.Web.Tenancy;

namespace Dispatch.Web.Survivors;

internal static class RaiseEndpoint
{
    /// <summary>The answer to a raise is the same each time it is given: how things stood when it was received.</summary>
    private const long FirstVersion = 1;

    public static void MapRaise(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/alerts", Raise).AllowAnonymous().RequireRateLimiting(RateLimits.Raise).WithTags("Survivor")
            .Accepts<RaiseBody>("application/json", "application/x-www-form-urlencoded")
            .WithMetadata(new NeedsKey())
            .Produces<RaisedBody>(StatusCodes.Status202Accepted)
            .Produces(StatusCodes.Status303SeeOther)
            .Refuses(
                Code.InvalidBody, Code.InvalidKey, Code.Of(Refusal.IdTaken), Code.PayloadTooLarge, Code.UnsupportedMediaType, Code.Of(Refusal.KeyReused), Code.Of(Refusal.TooOld),
                Code.Of(Refusal.ExerciseOutsideWindow), Code.Busy, Code.Unavailable);

    private static Task<IResult> Raise(HttpContext http, RaiseReading reading, Intake intake, SurvivorTokens tokens, Tenant tenant, IIds ids) =>
        RaiseReading.IsForm(http.Request) ? FromForm(http, intake, tokens, tenant, ids)
        : RaiseReading.IsJson(http.Request) ? FromJson(http, reading, intake, tokens, tenant)
        : Task.FromResult<IResult>(Problem.Of(Code.UnsupportedMediaType));

    private static async Task<IResult> FromJson(HttpContext http, RaiseReading reading, Intake intake, SurvivorTokens tokens, Tenant tenant)
    {
        var given = IdempotencyKey.Required(http.Request);
        if (given.Key is not { } key) return given.Refused!;
        if (await reading.Json(http.Request, given.Text) is not { } body) return Problem.Of(Code.InvalidBody);
        if (RaiseChecks.Fault(body) is { } member) return Problem.Of(Code.InvalidBody, member);
        var outcome = await intake.FromHer(body, key);
        return outcome.Refused is { } why
            ? Problem.Of(why)
            : Results.Json(
                new RaisedBody(outcome.Id, FirstVersion, SurvivorStatus.Received, tokens.For(outcome.Id, key), tenant.FallbackNumber, outcome.ReceivedAt),
                statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>
    /// Without scripts nobody retries and nobody explains: what a form cannot say right is left out, and a page that was used before gets a key of its own. A doubled
    /// alert costs a question; a refused one may cost more.
    /// </summary>
    private static async Task<IResult> FromForm(HttpContext http, Intake intake, SurvivorTokens tokens, Tenant tenant, IIds ids)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var body = RaiseReading.Form(form, tenant.Settings.DefaultNeeds);
        var key = Guid.TryParseExact(form["key"], "D", out var given) ? given : ids.NewUuid();
        var outcome = await intake.FromHer(body, key);
        if (outcome.Refused is Refusal.KeyReused or Refusal.IdTaken)
        {
            key = ids.NewUuid();
            outcome = await intake.FromHer(body, key);
        }

        if (outcome.Refused is { } why) return Problem.Of(why);
        NoteCookie.Keep(http, SurvivorAuthentication.CookieValue(outcome.Id, tokens.For(outcome.Id, key)));
        return new SeeOther(body.Language is "en" ? "/note?lang=en" : "/note");
    }
}

/// <summary>After a form post: go and look there, and do not post again on a reload.</summary>
internal sealed class SeeOther(string location) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
