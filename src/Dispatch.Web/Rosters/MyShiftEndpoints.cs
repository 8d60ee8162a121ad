using Dispatch.Domain.Rosters;
using Dispatch.Grains.ServiceAreas;
using Dispatch.Web.Audit;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;
using Orleans;

namespace Dispatch.Web.Rosters;

/// <summary>A person's own shifts, and the hours that colleagues give each other.</summary>
internal static class MyShiftEndpoints
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(28);

    public static void MapMyShifts(this IEndpointRouteBuilder routes)
    {
        var me = routes.MapGroup("/api/v1/me").RequireAuthorization(Policies.Responder).RequireRateLimiting(RateLimits.Staff).WithTags("Rosters")
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.TooManyRequests, Code.Unavailable);
        me.MapGet("/shifts", Shifts).Produces<MyShiftsBody>()
            .WithDescription("Her shifts of the next four weeks by the rosters of her areas, and the swaps that she is part of. What she says herself (PUT /api/v1/me/duty) holds before them.");
        var swaps = me.MapGroup("/swaps").Refuses(Code.GuardMissing, Code.NotFound);
        swaps.MapPost("", Offer).Produces<SwapBody>(StatusCodes.Status201Created).Refuses(Code.InvalidBody, Code.RosterInvalid, Code.RosterFull, Code.NotRostered)
            .WithDescription("Offers hours of hers to a colleague, for hours of the colleague's or for nothing. Nothing changes before the other accepts. Repeating it gives the same offer.");
        swaps.MapPost("/{swapId}/accept", Accept).Produces<SwapBody>().Refuses(Code.NotRostered, Code.SwapAnswered);
        swaps.MapPost("/{swapId}/decline", Decline).Produces(StatusCodes.Status204NoContent).Refuses(Code.SwapAnswered)
            .WithDescription("By whom it was offered to, or by whoever offered it.");
    }

    private static async Task<IResult> Shifts(HttpContext http, IGrainFactory grains, People people, TimeProvider clock)
    {
        var (staff, now) = (http.Staff(), clock.GetUtcNow());
        var rosters = await Task.WhenAll(staff.Profile.Areas.Select(async area => (Area: area, Roster: await grains.GetGrain<IServiceAreaGrain>(area).Roster())));
        var names = (await Task.WhenAll(rosters.SelectMany(r => r.Roster.People).Distinct().Select(people.Person))).ToDictionary(p => p.Id, StringComparer.Ordinal);
        return Results.Ok(new MyShiftsBody(
            [.. rosters.SelectMany(r => RosterTimes.Of(r.Roster, staff.Account, now, now + Ahead).Select(s => new MyShiftBody(r.Area, s.From, s.Until, s.Needs, s.Drill))).OrderBy(s => s.From)],
            [.. rosters.SelectMany(r => r.Roster.Swaps.Where(s => s.By == staff.Account || s.To == staff.Account).Select(s => RosterDesk.Body(r.Area, s, names)))],
            [.. names.Values.Where(p => p.Id != staff.Account).OrderBy(p => p.DisplayName, StringComparer.Ordinal)]));
    }

    private static async Task<IResult> Offer(SwapWriteBody body, HttpContext http, IGrainFactory grains, People people, IAudit audit)
    {
        if (body.Gives is null) return Problem.Of(Code.InvalidBody, "gives");
        var staff = http.Staff();
        if (!staff.Profile.Areas.Contains(body.Area)) return Problem.Of(Code.NotFound);
        var grain = grains.GetGrain<IServiceAreaGrain>(body.Area);
        // Only whom the roster names already: nobody finds out here who else works in the programme.
        if (!(await grain.Roster()).People.Contains(body.To)) return Problem.RosterInvalid([new("person_unknown", "to")]);
        await audit.Write(staff.Account, "swap.offer", subject: body.To, detail: body.Area);
        var change = await grain.OfferSwap(staff.Account, body.To, body.Gives.Hours, body.Takes?.Hours);
        if (change.Refused is not null) return RosterDesk.Refusal(change);
        var swap = await Body(body.Area, change, people);
        return Results.Created($"/api/v1/me/swaps/{swap.Id}", swap);
    }

    private static async Task<IResult> Accept(string swapId, HttpContext http, IGrainFactory grains, RosterDesk desk, People people, IAudit audit)
    {
        var staff = http.Staff();
        if (SwapId.Parse(swapId) is not { } id || !staff.Profile.Areas.Contains(id.Area)) return Problem.Of(Code.NotFound);
        await audit.Write(staff.Account, "swap.accept", detail: swapId);
        await desk.Enrol(staff.Account, staff.Profile, id.Area);
        var change = await grains.GetGrain<IServiceAreaGrain>(id.Area).AcceptSwap(id.Id, staff.Account);
        return change.Refused is null ? Results.Ok(await Body(id.Area, change, people)) : RosterDesk.Refusal(change);
    }

    private static async Task<IResult> Decline(string swapId, HttpContext http, IGrainFactory grains, IAudit audit)
    {
        var staff = http.Staff();
        if (SwapId.Parse(swapId) is not { } id || !staff.Profile.Areas.Contains(id.Area)) return Problem.Of(Code.NotFound);
        await audit.Write(staff.Account, "swap.decline", detail: swapId);
        var change = await grains.GetGrain<IServiceAreaGrain>(id.Area).DropSwap(id.Id, staff.Account);
        return change.Refused is null ? Results.NoContent() : RosterDesk.Refusal(change);
    }

    private static async Task<SwapBody> Body(string area, RosterChange change, People people)
    {
        var swap = change.Roster.Swaps.First(s => s.Id == change.Id);
        var names = await Task.WhenAll(people.Person(swap.By), people.Person(swap.To));
        return RosterDesk.Body(area, swap, names.ToDictionary(p => p.Id, StringComparer.Ordinal));
    }
}
