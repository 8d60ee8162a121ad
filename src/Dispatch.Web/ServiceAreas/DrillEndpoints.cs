using Dispatch.Domain.ServiceAreas;
using Dispatch.Grains.Alerts;
using Dispatch.Web.Audit;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.ServiceAreas;

/// <summary>Drills: the window in which an exercise may be raised, and the record of one that was passed.</summary>
internal static class DrillEndpoints
{
    public static void MapDrills(this IEndpointRouteBuilder area)
    {
        area.MapPut("/drill", Open).RequireAuthorization(Policies.DrillWindow).Produces<AreaStateBody>().Refuses(Code.InvalidBody, Code.GuardMissing);
        area.MapDelete("/drill", Close).RequireAuthorization(Policies.DrillWindow).Produces<AreaStateBody>().Refuses(Code.GuardMissing);
        area.MapPost("/drill/passed", Passed).RequireAuthorization(Policies.Coordinator).Produces<AreaStateBody>()
            .Refuses(Code.InvalidBody, Code.GuardMissing, Code.DrillNotPassed);
    }

    private static async Task<IResult> Open(string area, DrillBody body, HttpContext http, IGrainFactory grains, Tenant tenant, IAudit audit, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        if (body.Until <= now || body.Until > now + Drills.LongestWindow) return Problem.Of(Code.InvalidBody, "until must lie ahead, within four hours.");
        if (AreaEndpoints.Mine(area, http, grains) is not var (id, grain) || await grain.State() is null) return Problem.Of(Code.NotFound);
        await audit.Write(http.Staff().Account, "drill.open", subject: id, detail: body.Until.ToString("O"));
        await grain.DrillWindow(body.Until);
        return await AreaEndpoints.State(id, grain, tenant, now);
    }

    private static async Task<IResult> Close(string area, HttpContext http, IGrainFactory grains, Tenant tenant, IAudit audit, TimeProvider clock)
    {
        if (AreaEndpoints.Mine(area, http, grains) is not var (id, grain) || await grain.State() is null) return Problem.Of(Code.NotFound);
        await audit.Write(http.Staff().Account, "drill.close", subject: id);
        await grain.DrillWindow(null);
        return await AreaEndpoints.State(id, grain, tenant, clock.GetUtcNow());
    }

    /// <summary>A coordinator never reads a case: of an alert that was no drill here she learns nothing, not even that there is one.</summary>
    private static async Task<IResult> Passed(string area, PassedDrillBody body, HttpContext http, IGrainFactory grains, Tenant tenant, IAudit audit, TimeProvider clock)
    {
        if (!RaiseChecks.IsId(body.AlertId)) return Problem.Of(Code.InvalidBody, "alertId");
        if (AreaEndpoints.Mine(area, http, grains) is not var (id, grain) || await grain.State() is null) return Problem.Of(Code.NotFound);
        if (await grains.GetGrain<IAlertGrain>(body.AlertId).HotlineView() is not { } view || Drills.PassedAt(view.Alert, id) is not { } at) return Problem.Of(Code.DrillNotPassed);
        await audit.Write(http.Staff().Account, "drill.passed", body.AlertId, id);
        await grain.DrillPassed(at);
        return await AreaEndpoints.State(id, grain, tenant, clock.GetUtcNow());
    }
}

public sealed record DrillBody
{
    public required DateTimeOffset Until { get; init; }
}

public sealed record PassedDrillBody
{
    public required string AlertId { get; init; }
}
