using System.Collections.Immutable;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;
using Dispatch.Web.Tenancy;

namespace Dispatch.Web.Hotline;

/// <summary>Places by any name they are known by, while the call-taker types.</summary>
internal static class PlaceEndpoint
{
    private const int Most = 8;

    public static void MapPlaces(this RouteGroupBuilder hotline) =>
        hotline.MapGet("/{line}/places", Find).Produces<PlacesBody>()
            .WithDescription("Places of the line's areas that go by a name like this one, the nearest first. Accents and case do not count, and a slip or two is forgiven.")
            .Refuses(Code.InvalidBody);

    private static IResult Find(string line, string? name, HttpContext http, Tenant tenant)
    {
        if (!http.Staff().MayUse(line)) return Problem.Of(Code.NotFound);
        if (string.IsNullOrWhiteSpace(name) || name.Length > Bounds.Area) return Problem.Of(Code.InvalidBody, "name");
        return Results.Ok(new PlacesBody([.. tenant.PlacesLike(name, line, Most).Select(p => new FoundPlaceBody(p.Name, p.CalledAlso, p.Within, new AreaBody(p.Area.Id, p.Area.Name)))]));
    }
}

public sealed record PlacesBody(ImmutableArray<FoundPlaceBody> Items);

/// <param name="CalledAlso">The name that was found, where it is not the first one.</param>
/// <param name="Within">The unit it lies in.</param>
/// <param name="Area">The service area that answers there.</param>
public sealed record FoundPlaceBody(string Name, string? CalledAlso, string? Within, AreaBody Area);
