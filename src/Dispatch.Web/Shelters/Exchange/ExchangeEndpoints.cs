using System.Text;
using Dispatch.Domain.Shelters;
using Dispatch.Web.Audit;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.ServiceAreas;
using Dispatch.Web.Staff;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Shelters.Exchange;

/// <summary>The beds of an area for other systems, in the shapes that they read. What leaves is the sum that a coordinator sees, and no more.</summary>
internal static class ExchangeEndpoints
{
    public static void MapBedExchange(this IEndpointRouteBuilder routes)
    {
        var beds = routes.MapGroup("/api/v1/areas/{area}").RequireAuthorization(Policies.BedExchange).RequireRateLimiting(RateLimits.Staff).WithTags("Shelters")
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.NotFound, Code.TooManyRequests, Code.Unavailable);
        beds.MapGet("/beds.have.xml", Have).Produces<string>(StatusCodes.Status200OK, HaveDocument.MediaType)
            .WithDescription("In the manner of EDXL-HAVE 2.0. Free and existing beds of three houses or more together; no house, name, address or coordinate.");
        beds.MapGet("/beds.hsds.json", Hsds).Produces<HsdsService>()
            .WithDescription("As an Open Referral HSDS 3 service with its capacities. Free and existing beds of three houses or more together; no house, name, address or location.");
    }

    private static async Task<IResult> Have(string area, HttpContext http, IGrainFactory grains, Tenant tenant, IAudit audit) =>
        await Summed(area, "have", http, grains, audit) is var (id, beds) ? Results.Text(HaveDocument.Of(id, tenant.AreaName(id), beds), HaveDocument.MediaType, Encoding.UTF8) : Problem.Of(Code.NotFound);

    private static async Task<IResult> Hsds(string area, HttpContext http, IGrainFactory grains, Tenant tenant, IAudit audit) =>
        await Summed(area, "hsds", http, grains, audit) is var (id, beds) ? Results.Ok(HsdsService.Of(id, tenant.AreaName(id), beds)) : Problem.Of(Code.NotFound);

    private static async Task<(string Area, AreaBeds? Beds)?> Summed(string area, string shape, HttpContext http, IGrainFactory grains, IAudit audit)
    {
        if (AreaEndpoints.Mine(area, http, grains) is not var (id, grain) || await grain.State() is not { } state) return null;
        await audit.Write(http.Staff().Account, "beds.exchange", subject: id, detail: shape);
        return (id, await AreaSums.Of(state.Setup, grains));
    }
}
