using System.Globalization;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.ServiceAreas;
using Dispatch.Grains.Shelters;
using Dispatch.Web.Audit;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.ServiceAreas;
using Dispatch.Web.Shelters.Exchange;
using Dispatch.Web.Shelters.Tablets;
using Dispatch.Web.Staff;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Shelters;

/// <summary>The beds of a house, for its own staff; and for others only added up over several houses.</summary>
internal static class ShelterEndpoints
{
    public static void AddShelters(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<HouseSetups>();
        builder.Services.AddSingleton<HoldDesk>();
        builder.Services.AddSingleton<HouseTexts>();
        builder.Services.AddSingleton<HouseStaff>();
        builder.Services.AddSingleton<HouseCalls>();
        builder.Services.AddHostedService(services => services.GetRequiredService<HouseCalls>());
        builder.Services.AddSingleton<HouseLooks>();
        builder.Services.AddSingleton<HouseBoards>();
        builder.Services.AddSingleton<TabletTickets>();
        builder.Services.AddSingleton<MyAddresses>();
    }

    public static void MapShelters(this IEndpointRouteBuilder routes)
    {
        var house = routes.MapGroup("/api/v1/shelters/{id}").RequireAuthorization(Policies.HouseStaff).RequireRateLimiting(RateLimits.Staff).WithTags("Shelters")
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.NotFound, Code.TooManyRequests, Code.Unavailable);
        house.MapGet("/beds", Board).Produces<BedBoardBody>();
        house.MapPut("/beds", Count).Produces<BedBoardBody>()
            .WithDescription("What staff count themselves, with the version that they counted from. It touches no hold. Occupied is everybody who sleeps there, also who came without a hold.")
            .Refuses(Code.InvalidBody, Code.GuardMissing, Code.Of(BedRefusal.Invalid), Code.Of(BedRefusal.Stale), Code.Of(BedRefusal.BelowPromised), Code.Of(BedRefusal.BelowStays));
        routes.MapGet("/api/v1/areas/{area}/beds", OfArea).RequireAuthorization(Policies.BedCounts).RequireRateLimiting(RateLimits.Staff).WithTags("Shelters").Produces<AreaBedsBody>()
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.NotFound, Code.TooManyRequests, Code.Unavailable);
        routes.MapOccupancy();
        routes.MapBedExchange();
        routes.MapAddresses();
        routes.MapMyAddresses();
        routes.MapHolds();
        routes.MapTablets();
        routes.MapAlertHolds();
        routes.MapHousesToRing();
        routes.MapOverflow();
    }

    private static async Task<IResult> Board(string id, HttpContext http, HouseBoards boards) =>
        http.Staff().IsOf(id) ? Results.Ok(await boards.Read(id, http.Staff().Account)) : Problem.Of(Code.NotFound);

    private static async Task<IResult> Count(string id, CountsBody body, HttpContext http, IGrainFactory grains, HouseBoards boards, IAudit audit)
    {
        if (body.Beds.IsDefault || body.Beds.Any(b => b is null)) return Problem.Of(Code.InvalidBody, "beds");
        if (!http.Staff().IsOf(id)) return Problem.Of(Code.NotFound);
        var me = http.Staff().Account;
        await audit.Write(me, "beds.count", subject: id, detail: body.Version.ToString(CultureInfo.InvariantCulture));
        var result = await grains.GetGrain<IShelterGrain>(id).ConfirmCounts(new ConfirmCounts(body.Version, body.Beds, me));
        return result.Refused is { } why ? Problem.Of(Code.Of(why)) : Results.Ok(await boards.Body(id, result.Board, me));
    }

    private static async Task<IResult> OfArea(string area, HttpContext http, IGrainFactory grains, Tenant tenant)
    {
        var id = Uri.UnescapeDataString(area);
        if (!tenant.HasArea(id) || await grains.GetGrain<IServiceAreaGrain>(id).State() is not { } state || !MayCount(http.Staff(), id, state.Setup.Line)) return Problem.Of(Code.NotFound);
        var beds = await AreaSums.Of(state.Setup, grains);
        return Results.Ok(new AreaBedsBody(id, beds?.Free, beds?.OldestConfirmedAt));
    }

    /// <summary>Whoever answers the area's line looks for beds there, also where she has no duty in it.</summary>
    private static bool MayCount(StaffMember staff, string area, string line) => staff.Profile.Areas.Contains(area) || (staff.Profile.Roles.Any(Policies.IsHotline) && staff.MayUse(line));
}
