using System.Collections.Immutable;
using Dispatch.Domain.Responders;
using Dispatch.Grains.Responders;
using Dispatch.Web.Audit;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;
using Orleans;

namespace Dispatch.Web.Responders;

/// <summary>Care for those who help: what was severe, and the talks they are owed after it.</summary>
internal static class CareEndpoints
{
    public static void MapCare(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/me/debriefs", Debriefs).ForResponders()
            .Produces<DebriefsBody>()
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.TooManyRequests, Code.Unavailable);
        routes.MapPost("/api/v1/me/debriefs/{id}/done", Done).ForResponders()
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.GuardMissing, Code.TooManyRequests, Code.Unavailable);
        routes.MapPost("/api/v1/assignments/{offerId}/severe", Severe).ForResponders()
            .WithDescription("She says that it was severe: she rests, and is owed a talk. Nobody asks why.")
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.GuardMissing, Code.NotFound, Code.TooManyRequests, Code.Unavailable);
    }

    private static async Task<IResult> Debriefs(HttpContext http, IGrainFactory grains)
    {
        var work = await grains.GetGrain<IResponderGrain>(http.Staff().Account).Work();
        return Results.Ok(new DebriefsBody([.. work.Debriefs]));
    }

    private static async Task<IResult> Done(string id, HttpContext http, IGrainFactory grains, IAudit audit)
    {
        var me = http.Staff().Account;
        if (!OfferIds.TryRead(id, out var offer)) return Results.NoContent();
        await audit.Write(me, "debrief.done", offer.Alert, id);
        await grains.GetGrain<IResponderGrain>(me).Debriefed(id);
        return Results.NoContent();
    }

    private static async Task<IResult> Severe(string offerId, HttpContext http, IGrainFactory grains, IAudit audit)
    {
        if (!OfferIds.TryRead(offerId, out var offer)) return Problem.Of(Code.NotFound);
        var me = http.Staff().Account;
        await audit.Write(me, "assignment.severe", offer.Alert, offerId);
        if (!await grains.GetGrain<IResponderGrain>(me).Severe(offer.Alert)) return Problem.Of(Code.NotFound);
        await WorkNews.Tell(grains, me);
        return Results.NoContent();
    }
}

public sealed record DebriefsBody(ImmutableArray<DebriefDue> Debriefs);
