using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Rows;
using Dispatch.Grains.Shelters;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.ServiceAreas;
using Dispatch.Web.Staff;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Shelters;

/// <summary>How full the houses of an area were: for planning, and from no record of a person.</summary>
internal static class OccupancyEndpoint
{
    private const int HoursShown = 48;

    public static void MapOccupancy(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/areas/{area}/beds/history", Show).RequireAuthorization(Policies.Coordinator).RequireRateLimiting(RateLimits.Staff).WithTags("Shelters").Produces<OccupancyBody>()
            .WithDescription("How many beds were free, held, booked, slept in and out of service, over three houses or more together; fewer are not counted. step=hour: the last 48 hours, step=day: the last thirteen weeks; each figure as it stood at the end of its hour or day, the newest first and as it is now.")
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.NotFound, Code.TooManyRequests, Code.Unavailable, Code.InvalidBody);

    private static async Task<IResult> Show(string area, string? step, HttpContext http, IGrainFactory grains, IRows rows, Tenant tenant, TimeProvider clock)
    {
        if (EnumWords.Read<OccupancyStep>(step ?? "hour") is not { } by) return Problem.Of(Code.InvalidBody, "step");
        if (AreaEndpoints.Mine(area, http, grains) is not var (id, grain) || await grain.State() is not { } state) return Problem.Of(Code.NotFound);
        var now = clock.GetUtcNow();
        ImmutableArray<DateTimeOffset> moments = [now, .. Ends(by, TimeSpan.FromMinutes(tenant.Settings.UtcOffsetMinutes), now)];
        var serves = (state.Setup.Houses ?? []).Select(h => h.Shelter).ToHashSet(StringComparer.Ordinal);
        var houses = await Task.WhenAll((await OccupancyRows.Houses(rows, id)).Select(async house => new OccupancyOfHouse(serves.Contains(house), await OccupancyRows.Since(rows, id, house, moments[^1], now))));
        return Results.Ok(new OccupancyBody(id, by, now, [.. OccupancyHistory.At(houses, moments).Select(p => new OccupancyPointBody(p.Until, p.Lines.IsEmpty ? null : p.Lines))]));
    }

    /// <summary>Of every hour, or every local day, that is over, the newest first.</summary>
    private static IEnumerable<DateTimeOffset> Ends(OccupancyStep step, TimeSpan offset, DateTimeOffset now)
    {
        var length = step is OccupancyStep.Day ? TimeSpan.FromDays(1) : HouseOccupancy.Step;
        var local = now.UtcTicks + (step is OccupancyStep.Day ? offset.Ticks : 0);
        var last = now.AddTicks(-(local % length.Ticks));
        var count = step is OccupancyStep.Day ? (int)(HouseOccupancy.KeptFor / length) : HoursShown;
        return Enumerable.Range(0, count).Select(n => last - (n * length));
    }
}

public enum OccupancyStep { Hour = 1, Day = 2 }

/// <param name="Points">The newest first.</param>
public sealed record OccupancyBody(string Area, OccupancyStep Step, DateTimeOffset Now, ImmutableArray<OccupancyPointBody> Points);

/// <param name="Until">The figures are those of this moment.</param>
/// <param name="Beds">Absent where there were too few houses to be counted.</param>
public sealed record OccupancyPointBody(DateTimeOffset Until, ImmutableArray<BoardLine>? Beds);
