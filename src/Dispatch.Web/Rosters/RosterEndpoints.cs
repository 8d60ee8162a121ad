using System.Globalization;
using Dispatch.Domain.Rosters;
using Dispatch.Web.Audit;
using Dispatch.Web.Problems;
using Dispatch.Web.ServiceAreas;
using Dispatch.Web.Staff;
using Orleans;

namespace Dispatch.Web.Rosters;

/// <summary>Who is on call in a service area and when, and where the coming days lack somebody.</summary>
internal static class RosterEndpoints
{
    public static void MapRoster(this IEndpointRouteBuilder area)
    {
        area.MapGet("/roster", Show).RequireAuthorization(Policies.AreaReader).Produces<RosterBody>();
        area.MapPut("/roster", Write).RequireAuthorization(Policies.Coordinator).Produces<RosterBody>()
            .Refuses(Code.InvalidBody, Code.GuardMissing, Code.RosterInvalid, Code.RosterStale)
            .WithDescription("Replaces the weekly shifts. Whoever was not the first to write since the version that she read is refused with the one of now.");
        area.MapPost("/roster/overrides", Override).RequireAuthorization(Policies.Coordinator).Produces<RosterBody>()
            .Refuses(Code.InvalidBody, Code.GuardMissing, Code.RosterInvalid, Code.RosterStale, Code.RosterFull)
            .WithDescription("Somebody comes or stays away on one date. Of two decisions about the same hours the later one holds, also before an earlier swap.");
        area.MapDelete("/roster/overrides/{overrideId}", Restore).RequireAuthorization(Policies.Coordinator).Produces<RosterBody>().Refuses(Code.GuardMissing);
        area.MapGet("/gaps", ShowGaps).RequireAuthorization(Policies.AreaReader).Produces<GapsBody>()
            .WithDescription("The hours of the next three days in which nobody who may be asked is on duty, for each need that the protocol knows.");
    }

    private static async Task<IResult> Show(string area, HttpContext http, IGrainFactory grains, RosterDesk desk) =>
        AreaEndpoints.Mine(area, http, grains) is var (id, grain) && await grain.State() is not null ? Results.Ok(await desk.Body(id, await grain.Roster())) : Problem.Of(Code.NotFound);

    private static async Task<IResult> Write(string area, RosterWriteBody body, HttpContext http, IGrainFactory grains, RosterDesk desk, IAudit audit)
    {
        if (body.Shifts.IsDefault || body.Shifts.Any(s => s is null)) return Problem.Of(Code.InvalidBody, "shifts");
        if (AreaEndpoints.Mine(area, http, grains) is not var (id, grain) || await grain.State() is null) return Problem.Of(Code.NotFound);
        if (body.Shifts.Length > Roster.MaxShifts) return Problem.RosterInvalid([new("shifts_out_of_bounds", "shifts")]);
        var (shifts, named, faults) = await desk.Read(id, body.Shifts);
        if (!faults.IsEmpty) return Problem.RosterInvalid(faults);
        await audit.Write(http.Staff().Account, "roster.set", subject: id, detail: body.Version.ToString(CultureInfo.InvariantCulture));
        await Task.WhenAll(named.Select(p => desk.Enrol(p.Key, p.Value, id)));
        return await desk.Answer(id, await grain.SetRoster(body.Version, desk.UtcOffsetMinutes, shifts));
    }

    private static async Task<IResult> Override(string area, OverrideWriteBody body, HttpContext http, IGrainFactory grains, RosterDesk desk, IAudit audit)
    {
        if (AreaEndpoints.Mine(area, http, grains) is not var (id, grain) || await grain.State() is null) return Problem.Of(Code.NotFound);
        if (await desk.Person(body.Person, id) is not var (account, profile)) return Problem.RosterInvalid([new("person_unknown", "person")]);
        if (body.From is not null && RosterDesk.Time(body.From) is null) return Problem.RosterInvalid([new("time_invalid", "from")]);
        if (body.Until is not null && RosterDesk.Time(body.Until) is null) return Problem.RosterInvalid([new("time_invalid", "until")]);
        await audit.Write(http.Staff().Account, body.Adds ? "roster.add" : "roster.remove", subject: account, detail: id);
        await desk.Enrol(account, profile, id);
        var change = new RosterOverride("", 0, account, body.Date, body.Adds, RosterDesk.Time(body.From), RosterDesk.Time(body.Until)) { Needs = body.Needs, Drill = body.Drill };
        return await desk.Answer(id, await grain.Override(body.Version, desk.UtcOffsetMinutes, change));
    }

    private static async Task<IResult> Restore(string area, string overrideId, HttpContext http, IGrainFactory grains, RosterDesk desk, IAudit audit)
    {
        if (AreaEndpoints.Mine(area, http, grains) is not var (id, grain) || await grain.State() is null) return Problem.Of(Code.NotFound);
        if (overrideId.Length > Limits.Bounds.IdMax) return Problem.Of(Code.NotFound);
        await audit.Write(http.Staff().Account, "roster.restore", subject: id, detail: overrideId);
        return await desk.Answer(id, await grain.Restore(overrideId));
    }

    private static async Task<IResult> ShowGaps(string area, HttpContext http, IGrainFactory grains, TimeProvider clock)
    {
        var from = clock.GetUtcNow();
        var until = from + Gaps.Ahead;
        return AreaEndpoints.Mine(area, http, grains) is var (id, grain) && await grain.Gaps(from, until) is { } gaps
            ? Results.Ok(new GapsBody(id, from, until, gaps))
            : Problem.Of(Code.NotFound);
    }
}
