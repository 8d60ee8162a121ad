using System.Collections.Immutable;
using Dispatch.Grains.ServiceAreas;
using Dispatch.Web.Audit;
using Dispatch.Web.Coordination;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Rosters;
using Dispatch.Web.Staff;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.ServiceAreas;

internal static class AreaEndpoints
{
    public static void MapServiceAreas(this IEndpointRouteBuilder routes)
    {
        var area = routes.MapGroup("/api/v1/areas/{area}").RequireRateLimiting(RateLimits.Staff).WithTags("Service areas")
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.NotFound, Code.TooManyRequests, Code.Unavailable);
        area.MapGet("", Show).RequireAuthorization(Policies.AreaReader).Produces<AreaStateBody>()
            .WithDescription("How a service area stands. The slash in its id is written %2F.");
        area.MapPut("/on", SwitchOn).RequireAuthorization(Policies.AreaSwitch).Produces<AreaStateBody>().Refuses(Code.GuardMissing, Code.AreaNotReady);
        area.MapDelete("/on", SwitchOff).RequireAuthorization(Policies.AreaSwitch).Produces<AreaStateBody>().Refuses(Code.GuardMissing);
        area.MapDrills();
        area.MapRoster();
        area.MapUnreached();
    }

    private static async Task<IResult> Show(string area, HttpContext http, IGrainFactory grains, Tenant tenant, TimeProvider clock) =>
        Mine(area, http, grains) is var (id, grain) ? await State(id, grain, tenant, clock.GetUtcNow()) : Problem.Of(Code.NotFound);

    private static async Task<IResult> SwitchOn(string area, HttpContext http, IGrainFactory grains, Tenant tenant, IAudit audit, TimeProvider clock)
    {
        if (Mine(area, http, grains) is not var (id, grain)) return Problem.Of(Code.NotFound);
        await audit.Write(http.Staff().Account, "area.on", subject: id);
        return await grain.SwitchOn() is { IsEmpty: false } missing ? Problem.AreaNotReady(missing) : await State(id, grain, tenant, clock.GetUtcNow());
    }

    private static async Task<IResult> SwitchOff(string area, HttpContext http, IGrainFactory grains, Tenant tenant, IAudit audit, TimeProvider clock)
    {
        if (Mine(area, http, grains) is not var (id, grain)) return Problem.Of(Code.NotFound);
        await audit.Write(http.Staff().Account, "area.off", subject: id);
        await grain.SwitchOff();
        return await State(id, grain, tenant, clock.GetUtcNow());
    }

    internal static async Task<IResult> State(string id, IServiceAreaGrain grain, Tenant tenant, DateTimeOffset now) => await grain.State() is { } state
        ? Results.Ok(new AreaStateBody(id, tenant.AreaName(id), state.Setup.On, state.Missing, state.Setup.DrillPassedAt, state.Setup.DrillUntil is { } until && now < until ? until : null))
        : Problem.Of(Code.NotFound);

    /// <summary>One of the caller's own areas; any other does not exist for her. The slash in an id comes escaped, or it would end the path's part.</summary>
    internal static (string Id, IServiceAreaGrain Grain)? Mine(string area, HttpContext http, IGrainFactory grains)
    {
        var id = Uri.UnescapeDataString(area);
        return http.Staff().Profile.Areas.Contains(id) ? (id, grains.GetGrain<IServiceAreaGrain>(id)) : null;
    }
}

/// <param name="Missing">What the area needs before it can be switched on.</param>
/// <param name="DrillUntil">How long the drill window is open; absent while it is closed.</param>
public sealed record AreaStateBody(string Id, string Name, bool On, ImmutableArray<string> Missing, DateTimeOffset? DrillPassedAt, DateTimeOffset? DrillUntil);
