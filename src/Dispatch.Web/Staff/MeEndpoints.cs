using System.Collections.Immutable;
using Dispatch.Domain.Accounts;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;
using Dispatch.Grains.Responders;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Staff;

internal static class MeEndpoints
{
    public static void MapMe(this IEndpointRouteBuilder routes)
    {
        var me = routes.MapGroup("/api/v1/me").RequireAuthorization(Policies.Staff).RequireRateLimiting(RateLimits.Staff).WithTags("Staff");
        me.MapGet("", Me)
            .Produces<MeBody>()
            .Refuses(Code.NotSignedIn, Code.TooManyRequests, Code.Unavailable);
        me.MapPut("/duty", SetDuty)
            .WithDescription("Her own word, which holds before any roster until the time that it ends. Off without an end: until her shift of now is over.")
            .Produces<Duty>()
            .Refuses(Code.InvalidBody, Code.NotSignedIn, Code.GuardMissing, Code.TooManyRequests, Code.Unavailable);
    }

    private static async Task<IResult> Me(HttpContext http, Tenant tenant, Vault vault, DutyDesk desk, IGrainFactory grains, TimeProvider clock)
    {
        var (account, _, profile, duty, _) = http.Staff();
        var key = vault.StaffKey(account);
        var work = await grains.GetGrain<IResponderGrain>(account).Work();
        var organisation = profile.Organisation;
        return Results.Ok(new MeBody(
            account, key.Open(SealedFields.DisplayName, profile.DisplayName), key.Open(SealedFields.UserName, profile.UserName), profile.Roles,
            new OrganisationBody(organisation.Id, tenant.Organisation(organisation.Id)?.Name ?? organisation.Id, organisation.Kind),
            profile.Needs, [.. profile.Areas.Select(a => new AreaBody(a, tenant.AreaName(a)))], profile.Lines,
            [.. (profile.Roles.Contains(Role.ShelterStaff) ? profile.Houses ?? [] : []).Select(h => new HouseBody(h, tenant.HouseName(h)))],
            await desk.Now(account, profile, duty), profile.Language,
            work.Debriefs.Length, work.Rest?.Until > clock.GetUtcNow() ? work.Rest.Until : null));
    }

    private static async Task<IResult> SetDuty(DutyBody body, HttpContext http, DutyDesk desk, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        if (body.Until is { } until && (until <= now || until > now + Bounds.DutyAhead)) return Problem.Of(Code.InvalidBody, "until must lie ahead, within seven days.");
        return Results.Ok(await desk.Set(http.Staff(), body.OnDuty ? new Duty(true, body.Until, body.Drill) : new Duty(false, body.Until, false)));
    }
}

public sealed record DutyBody(bool OnDuty, DateTimeOffset? Until = null, bool Drill = false);

public sealed record AreaBody(string Id, string Name);

/// <summary>A house whose staff she is.</summary>
public sealed record HouseBody(string Id, string Name);

public sealed record OrganisationBody(string Id, string Name, OrganisationKind Kind);

/// <param name="OpenDebriefs">Talks with a colleague that she is owed.</param>
/// <param name="RestUntil">Until then she is asked only when everybody is needed and she came on duty anew.</param>
public sealed record MeBody(
    string AccountId, string DisplayName, string UserName, ImmutableArray<Role> Roles, OrganisationBody Organisation, ImmutableArray<Need> Needs,
    ImmutableArray<AreaBody> Areas, ImmutableArray<string> Lines, ImmutableArray<HouseBody> Houses, Duty Duty, string Language,
    int OpenDebriefs, DateTimeOffset? RestUntil);
