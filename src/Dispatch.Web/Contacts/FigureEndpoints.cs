using Dispatch.Domain.Contacts;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;

namespace Dispatch.Web.Contacts;

/// <summary>How a line answered, beside what it wants to reach.</summary>
internal static class FigureEndpoints
{
    private const int MostHours = 24 * 31;

    public static void MapFigures(this IEndpointRouteBuilder routes) => routes.MapGroup("/api/v1/hotline/{line}/figures").RequireAuthorization(Policies.Supervisor).RequireRateLimiting(RateLimits.Staff).WithTags("Hotline")
        .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.NotFound, Code.InvalidBody, Code.TooManyRequests, Code.Unavailable)
        .MapGet("", Figures).Produces<FiguresBody>()
        .WithDescription("Of the last `hours`, 24 unless said. A count from one to four is absent, and so is every share from which one could be told.");

    private static async Task<IResult> Figures(string line, HttpContext http, FigureRows rows, LinesSettings lines, TimeProvider clock, int hours = 24)
    {
        if (!http.Staff().MayUse(line)) return Problem.Of(Code.NotFound);
        if (hours is < 1 or > MostHours) return Problem.Of(Code.InvalidBody, "hours");
        // To the hour: two looks a moment apart must not tell one call from none.
        var (now, settings) = (clock.GetUtcNow(), lines.Of(line));
        var until = now - TimeSpan.FromTicks(now.Ticks % TimeSpan.TicksPerHour);
        var since = until - TimeSpan.FromHours(hours);
        var figures = await rows.Between(line, since, until);
        return Results.Ok(new FiguresBody(
            line, since, until, LineFigures.Of(figures, settings.AnswerWithin, settings.CallBackWithin),
            new TargetsBody((int)settings.AnswerWithin.TotalSeconds, settings.AnswerPercent, (int)settings.CallBackWithin.TotalSeconds, settings.CallBackPercent)));
    }
}

public sealed record FiguresBody(string Line, DateTimeOffset Since, DateTimeOffset Until, LineFigures Figures, TargetsBody Targets);

/// <summary>As this line's settings say.</summary>
public sealed record TargetsBody(int AnswerSeconds, int AnswerPercent, int CallBackSeconds, int CallBackPercent);
