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

/// <summary>Why people on duty in an alert's area are not asked: what a supervisor wants to know when nobody answers.</summary>
internal static class NotAskedEndpoint
{
    private const int Page = 50;

    public static void MapNotAsked(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/alerts/{id}/not-asked", List).RequireAuthorization(Policies.Supervisor).RequireRateLimiting(RateLimits.Staff).WithTags("Hotline")
            .Produces<NotAskedBody>()
            .Refuses(Code.InvalidBody, Code.NotSignedIn, Code.NotAllowed, Code.NotFound, Code.TooManyRequests, Code.Unavailable);

    private static async Task<IResult> List(string id, string? need, string? after, HttpContext http, IGrainFactory grains, People people, IAudit audit, TimeProvider clock)
    {
        if (EnumWords.Read<Need>(need) is not { } wanted) return Problem.Of(Code.InvalidBody, "need");
        if (after?.Length > Bounds.IdMax) return Problem.Of(Code.InvalidBody, "after");
        if (await grains.Readable(id, http.Staff()) is not { Alert: var alert }) return Problem.Of(Code.NotFound);
        await audit.Write(http.Staff().Account, "alert.notAsked", id);
        var area = grains.GetGrain<IServiceAreaGrain>(alert.Area);
        var now = clock.GetUtcNow();
        var why = Matching.WhyNot(alert, wanted, await area.People(now), now);
        var page = why.Where(p => string.CompareOrdinal(p.Responder, after) > 0).Take(Page + 1).ToArray();
        var items = await Task.WhenAll(page.Take(Page).Select(async p => new NotAskedItem(await people.Person(p.Responder), p.Why)));
        return Results.Ok(new NotAskedBody(wanted, await area.IsOn(), [.. items], page.Length > Page ? items[^1].Person.Id : null));
    }
}

/// <param name="Need">For which need.</param>
/// <param name="AreaOn">While the area is not switched on, machines ask nobody there.</param>
/// <param name="Items">People of the alert's own area who would not be asked by the next step, and the first rule that keeps each from it.</param>
/// <param name="Next">Where the next page goes on; absent on the last one.</param>
public sealed record NotAskedBody(Need Need, bool AreaOn, ImmutableArray<NotAskedItem> Items, string? Next);

public sealed record NotAskedItem(PersonBody Person, NotAsked Reason);
