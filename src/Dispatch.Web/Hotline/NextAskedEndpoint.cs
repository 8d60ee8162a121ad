using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Grains.ServiceAreas;
using Dispatch.Web.Audit;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;
using Orleans;

namespace Dispatch.Web.Hotline;

/// <summary>Whom an alert's next step may ask, best first, and what puts each in her place.</summary>
internal static class NextAskedEndpoint
{
    private const int Most = 50;

    public static void MapNextAsked(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/alerts/{id}/next-asked", List).RequireAuthorization(Policies.Supervisor).RequireRateLimiting(RateLimits.Staff).WithTags("Hotline")
            .WithDescription("The first fifty of those in the alert's own area whom the next step may ask. Ordered by what is said of each: a way of helping that the survivor chose, her own area before a neighbouring one, the time on the way, her language, the load, who was asked last.")
            .Produces<NextAskedBody>()
            .Refuses(Code.InvalidBody, Code.NotSignedIn, Code.NotAllowed, Code.NotFound, Code.TooManyRequests, Code.Unavailable);

    private static async Task<IResult> List(string id, string? need, HttpContext http, IGrainFactory grains, People people, IAudit audit, TimeProvider clock)
    {
        if (EnumWords.Read<Need>(need) is not { } wanted) return Problem.Of(Code.InvalidBody, "need");
        if (await grains.Readable(id, http.Staff()) is not { Alert: var alert }) return Problem.Of(Code.NotFound);
        await audit.Write(http.Staff().Account, "alert.nextAsked", id);
        var now = clock.GetUtcNow();
        var ranked = Matching.NextAsked(alert, wanted, await grains.GetGrain<IServiceAreaGrain>(alert.Area).People(now), now);
        return Results.Ok(new NextAskedBody(wanted, [.. await Task.WhenAll(ranked.Take(Most).Select(async r => new NextAskedItem(await people.Person(r.Person.Responder), r.Modes, RankedBody.Of(r.Because))))]));
    }
}

public sealed record NextAskedBody(Need Need, ImmutableArray<NextAskedItem> Items);

public sealed record NextAskedItem(PersonBody Person, ImmutableArray<Mode> Modes, RankedBody RankedBecause);
