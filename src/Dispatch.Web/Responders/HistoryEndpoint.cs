using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Responders;
using Dispatch.Grains.Rows;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;

namespace Dispatch.Web.Responders;

/// <summary>What somebody did, for herself: how often, how, and how it ended. Nothing in it leads to whom she helped.</summary>
internal static class HistoryEndpoint
{
    private const int Page = 30;

    public static void MapOwnHistory(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/me/history", List).ForResponders()
            .Produces<OwnHistoryBody>()
            .Refuses(Code.InvalidBody, Code.NotSignedIn, Code.NotAllowed, Code.TooManyRequests, Code.Unavailable);

    private static async Task<IResult> List(string? after, HttpContext http, IRows rows)
    {
        if (after?.Length > Bounds.IdMax) return Problem.Of(Code.InvalidBody, "after");
        var some = await rows.List<OwnWork>(Tables.OwnWork, http.Staff().Account, after, Page + 1);
        return Results.Ok(new OwnHistoryBody(
            [.. some.Take(Page).Select(row => new OwnWorkBody(row.Value.Need, row.Value.Mode, row.Value.AcceptedAt, row.Value.EndedAt, row.Value.State, row.Value.Exercise))],
            some.Count > Page ? some[Page - 1].Key : null));
    }
}

/// <param name="Items">The newest first.</param>
/// <param name="Next">Where the next page goes on; absent on the last one.</param>
public sealed record OwnHistoryBody(ImmutableArray<OwnWorkBody> Items, string? Next);

public sealed record OwnWorkBody(Need Need, Mode Mode, DateTimeOffset AcceptedAt, DateTimeOffset EndedAt, AssignmentState State, bool Exercise);
