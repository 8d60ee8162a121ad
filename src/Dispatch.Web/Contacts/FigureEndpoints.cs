using Dispatch.Domain.Contacts;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;
using Dispatch.Web.Tenancy;

namespace Dispatch.Web.Contacts;

/// <summary>How a line answered, beside what it wants to reach.</summary>
internal static class FigureEndpoints
{
    public static void MapFigures(this IEndpointRouteBuilder routes) => routes.MapGroup("/api/v1/hotline/{line}/figures").RequireAuthorization(Policies.Supervisor).RequireRateLimiting(RateLimits.Staff).WithTags("Hotline")
        .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.NotFound, Code.InvalidBody, Code.TooManyRequests, Code.Unavailable)
        .MapGet("", Figures).Produces<FiguresBody>()
        .WithDescription("Of one quarter of the line's day: the last one that was over an hour ago, or the one in which `at` lies. A count from one to four is absent, and so is every share from which one could be told.");

    private static async Task<IResult> Figures(string line, HttpContext http, FigureRows rows, LinesSettings lines, Tenant tenant, TimeProvider clock, DateTimeOffset? at = null)
    {
        if (!http.Staff().MayUse(line)) return Problem.Of(Code.NotFound);
        var (now, settings) = (clock.GetUtcNow(), lines.Of(line));
        var part = at is { } moment ? DayPart.Of(moment, tenant.LocalOffset) : DayPart.Last(now, tenant.LocalOffset);
        if (!part.MayBeSaid(now)) return Problem.Of(Code.InvalidBody, "at");
        var figures = await rows.Between(line, part.Since, part.Until);
        return Results.Ok(new FiguresBody(
            line, part.Since, part.Until, LineFigures.Of(figures, settings.AnswerWithin, settings.CallBackWithin),
            new TargetsBody((int)settings.AnswerWithin.TotalSeconds, settings.AnswerPercent, (int)settings.CallBackWithin.TotalSeconds, settings.CallBackPercent)));
    }
}

public sealed record FiguresBody(string Line, DateTimeOffset Since, DateTimeOffset Until, LineFigures Figures, TargetsBody Targets);

/// <summary>As this line's settings say.</summary>
public sealed record TargetsBody(int AnswerSeconds, int AnswerPercent, int CallBackSeconds, int CallBackPercent);
