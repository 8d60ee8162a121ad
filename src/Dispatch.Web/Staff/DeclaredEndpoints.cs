using System.Collections.Immutable;
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
        me.MapGet("/conflicts", Conflicts).Produces<ConflictsBody>();
        me.MapPut("/conflicts", SetConflicts).Produces<ConflictsBody>().Refuses(Code.InvalidBody, Code.GuardMissing)
            .WithDescription("All organisations and areas about whose cases she must not be asked. Whoever brought the survivor is known only where a call-taker wrote it down.");
        me.MapPut("/travel", SetTravel).Produces(StatusCodes.Status204NoContent).Refuses(Code.InvalidBody, Code.GuardMissing)
            .WithDescription("How long she needs to be in an area of hers; without a band it is not known any more. It counts for thirty days.");
    }

    private static async Task<IResult> Conflicts(HttpContext http, IGrainFactory grains, Tenant tenant, Macs macs)
    {
        var declared = (await grains.GetGrain<IResponderGrain>(http.Staff().Account).Work()).Declared ?? new Declared();
        return Results.Ok(new ConflictsBody
        {
            Organisations = [.. tenant.Settings.Organisations.Select(o => o.Id).Where(o => declared.ConflictOrganisations.Contains(macs.Organisation(tenant.Id, o)))],
            Areas = declared.ConflictAreas,
        });
    }

    private static async Task<IResult> SetConflicts(ConflictsBody body, HttpContext http, IGrainFactory grains, Tenant tenant, Macs macs, IAudit audit, Nudges nudges)
    {
        var (organisations, areas) = (Distinct(body.Organisations), Distinct(body.Areas));
        if (organisations.Length + areas.Length > Declared.MaxConflicts) return Problem.Of(Code.InvalidBody, "Forty at most.");
        if (!organisations.All(o => tenant.Organisation(o) is not null)) return Problem.Of(Code.InvalidBody, "organisations");
        if (!areas.All(tenant.HasArea)) return Problem.Of(Code.InvalidBody, "areas");
        var me = http.Staff().Account;
        await audit.Write(me, "conflicts.declare");
        await grains.GetGrain<IResponderGrain>(me).DeclareConflicts([.. organisations.Select(o => macs.Organisation(tenant.Id, o))], areas);
        await WorkNews.Tell(grains, me);
        // Whatever she is asked at this moment and now said that she must not be.
        foreach (var offer in await grains.GetGrain<IResponderGrain>(me).Offers())
        {
            if (OfferId.TryParse(offer.OfferId, out var id)) nudges.Wake(id.Alert);
        }

        return Results.Ok(new ConflictsBody { Organisations = organisations, Areas = areas });
    }

    private static async Task<IResult> SetTravel(TravelBody body, HttpContext http, IGrainFactory grains, IAudit audit)
    {
        var staff = http.Staff();
        if (!staff.Profile.Areas.Contains(body.Area)) return Problem.Of(Code.InvalidBody, "area");
        await audit.Write(staff.Account, "travel.declare", subject: body.Area);
        await grains.GetGrain<IResponderGrain>(staff.Account).DeclareTravel(body.Area, body.Band);
        await WorkNews.Tell(grains, staff.Account);
        return Results.NoContent();
    }

    private static ImmutableArray<string> Distinct(ImmutableArray<string>? named) => [.. (named ?? []).Where(n => n is not null).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}

public sealed record ConflictsBody
{
    public ImmutableArray<string>? Organisations { get; init; }
    public ImmutableArray<string>? Areas { get; init; }
}

public sealed record TravelBody
{
    public required string Area { get; init; }
    public TravelBand? Band { get; init; }
}
