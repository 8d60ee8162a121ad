using System.Collections.Immutable;
using Dispatch.Domain.Accounts;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Responders;
using Dispatch.Grains.Responders;
using Dispatch.Web.Audit;
using Dispatch.Web.Hotline;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Staff;

/// <summary>What a person says of herself before anybody asks her: whom she must not be asked about, and how far she has to go.</summary>
internal static class DeclaredEndpoints
{
    public static void MapDeclared(this IEndpointRouteBuilder routes)
    {
        var me = routes.MapGroup("/api/v1/me").RequireAuthorization(Policies.Responder).RequireRateLimiting(RateLimits.Staff).WithTags("Staff")
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.TooManyRequests, Code.Unavailable);
        me.MapGet("/declared", Declared).Produces<DeclaredBody>()
            .WithDescription("What she said beforehand, and the areas whose alerts may ask her.");
        me.MapPut("/conflicts", SetConflicts).Produces<DeclaredBody>().Refuses(Code.InvalidBody, Code.GuardMissing)
            .WithDescription("All organisations (by name or id) and areas about whose cases she must not be asked. It holds for what she is asked now as well. Whoever brought the survivor is known only where a call-taker wrote it down. After anything but 200, send it again.");
        me.MapPut("/travel", SetTravel).Produces(StatusCodes.Status204NoContent).Refuses(Code.InvalidBody, Code.GuardMissing)
            .WithDescription("How long she needs to be in an area whose alerts may ask her; without a band it is not known any more. It counts for thirty days.");
    }

    private static async Task<IResult> Declared(HttpContext http, IGrainFactory grains, Tenant tenant, Macs macs, TimeProvider clock) =>
        Results.Ok(await Body(http.Staff(), grains, tenant, macs, clock));

    private static async Task<IResult> SetConflicts(ConflictsWriteBody body, HttpContext http, IGrainFactory grains, Tenant tenant, Macs macs, IAudit audit, Nudges nudges, TimeProvider clock)
    {
        var (named, areas) = (Distinct(body.Organisations), Distinct(body.Areas));
        if (named.Length + areas.Length > Domain.Responders.Declared.MaxConflicts) return Problem.Of(Code.InvalidBody, "Forty at most.");
        var organisations = named.ToDictionary(n => n, n => Meant(tenant, n), StringComparer.Ordinal);
        if (organisations.FirstOrDefault(o => o.Value.IsEmpty).Key is { } unknown) return Problem.Of(Code.InvalidBody, $"organisations: {unknown}");
        if (!areas.All(tenant.HasArea)) return Problem.Of(Code.InvalidBody, "areas");
        var me = http.Staff().Account;
        await audit.Write(me, "conflicts.declare");
        await grains.GetGrain<IResponderGrain>(me).DeclareConflicts([.. Distinct([.. organisations.Values.SelectMany(o => o)]).Select(o => macs.Organisation(tenant.Id, o))], areas);
        await WorkNews.Tell(grains, me);
        // Whatever she is asked at this moment and now said that she must not be.
        foreach (var offer in await grains.GetGrain<IResponderGrain>(me).Offers())
        {
            if (OfferId.TryParse(offer.OfferId, out var id)) nudges.Wake(id.Alert);
        }

        return Results.Ok(await Body(http.Staff(), grains, tenant, macs, clock));
    }

    private static async Task<IResult> SetTravel(TravelWriteBody body, HttpContext http, IGrainFactory grains, Tenant tenant, IAudit audit)
    {
        var staff = http.Staff();
        if (!AreasThatAsk(staff.Profile, tenant).Contains(body.Area)) return Problem.Of(Code.InvalidBody, "area");
        await audit.Write(staff.Account, "travel.declare", subject: body.Area);
        await grains.GetGrain<IResponderGrain>(staff.Account).DeclareTravel(body.Area, body.Band);
        await WorkNews.Tell(grains, staff.Account);
        return Results.NoContent();
    }

    private static async Task<DeclaredBody> Body(StaffMember staff, IGrainFactory grains, Tenant tenant, Macs macs, TimeProvider clock)
    {
        var declared = (await grains.GetGrain<IResponderGrain>(staff.Account).Work()).Declared ?? new Declared();
        return new DeclaredBody(
            [.. tenant.Settings.Organisations.Where(o => declared.ConflictOrganisations.Contains(macs.Organisation(tenant.Id, o.Id))).Select(o => new NamedBody(o.Id, o.Name))],
            [
                .. AreasThatAsk(staff.Profile, tenant).Union(declared.ConflictAreas)
                    .Select(a => new DeclaredAreaBody(new AreaBody(a, tenant.AreaName(a)), declared.ConflictAreas.Contains(a), declared.To(a, clock.GetUtcNow()))),
            ]);
    }

    /// <summary>Her own, and those that ask hers when they ask everybody.</summary>
    private static IEnumerable<string> AreasThatAsk(Profile profile, Tenant tenant) =>
        profile.Areas.Union(tenant.Settings.Areas.Where(a => a.Neighbours.Any(profile.Areas.Contains)).Select(a => a.Id));

    /// <summary>Several may go by one name: then she means each of them.</summary>
    private static ImmutableArray<string> Meant(Tenant tenant, string named) => tenant.Organisation(named) is { } known ? [known.Id] : [.. tenant.OrganisationsNamed(named)];

    private static ImmutableArray<string> Distinct(ImmutableArray<string>? named) => [.. (named ?? []).Where(n => n is not null).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}

public sealed record NamedBody(string Id, string Name);

/// <param name="Organisations">About whose cases she must not be asked.</param>
/// <param name="Areas">Those whose alerts may ask her.</param>
public sealed record DeclaredBody(ImmutableArray<NamedBody> Organisations, ImmutableArray<DeclaredAreaBody> Areas);

/// <param name="Conflict">She must not be asked about cases there.</param>
/// <param name="Travel">How long she needs to be there; absent where it is not known or too long ago.</param>
public sealed record DeclaredAreaBody(AreaBody Area, bool Conflict, TravelBand? Travel);

public sealed record ConflictsWriteBody
{
    public ImmutableArray<string>? Organisations { get; init; }
    public ImmutableArray<string>? Areas { get; init; }
}

public sealed record TravelWriteBody
{
    public required string Area { get; init; }
    public TravelBand? Band { get; init; }
}
