using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Alerts;
using Dispatch.Web.Audit;
using Dispatch.Web.Hotline;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;
using Dispatch.Web.Staff;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Shelters;

/// <summary>Hotels, host families and rooms for when every house is full: whom to ask, and what they said.</summary>
internal static class OverflowEndpoints
{
    /// <summary>Nobody keeps a room for longer; beyond it a date was mistyped.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(60);

    public static void MapOverflow(this IEndpointRouteBuilder routes)
    {
        var places = routes.MapGroup("/api/v1/alerts/{id}/overflow").RequireAuthorization(Policies.Hotline).RequireRateLimiting(RateLimits.Staff).WithTags("Shelters")
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.NotFound, Code.TooManyRequests, Code.Unavailable);
        places.MapGet("", List).Produces<OverflowBody>()
            .WithDescription("Where to ask by telephone when every house is full, in order, and what those said that were asked.")
            .Refuses(Code.Of(Refusal.PartyUnknown));
        places.MapPost("/{placeId}", Say).Produces<OverflowPlaceBody>()
            .WithDescription("What a place said. Its yes ends the search; what was said stands until something else is.")
            .Refuses(Code.InvalidBody, Code.GuardMissing, Code.Of(Refusal.ReasonRequired), Code.Of(Refusal.HeldAlready), Code.Of(Refusal.WrongProgress), Code.Of(Refusal.Ended), Code.Of(Refusal.NotAllowedHere), Code.Of(Refusal.TooMany));
        places.MapPost("/{placeId}/release", Release).Produces<OverflowPlaceBody>()
            .WithDescription("Gives the place back, or asks it no more; also after the end.")
            .Refuses(Code.GuardMissing, Code.Of(Refusal.WrongProgress));
    }

    private static async Task<IResult> List(string id, HttpContext http, AlertDesk desk, IGrainFactory grains, Vault vault, Tenant tenant, People people, TimeProvider clock)
    {
        if (await desk.Read(id, http.Staff()) is not { } alert) return Problem.Of(Code.NotFound);
        if (PartyReading.Known(alert, vault) is not { } guests) return Problem.Of(Refusal.PartyUnknown);
        if (await grains.GetGrain<IAlertGrain>(id).Houses() is not { } known) return Problem.Of(Code.NotFound);
        var may = OverflowPlace.For(BedSearching.NeedOf(alert, guests), known.Overflow, clock.GetUtcNow());
        var asked = (alert.Beds?.Places ?? []).Where(p => may.All(m => m.Place.Id != p.Place));
        return Results.Ok(new OverflowBody(
        [
            .. await Task.WhenAll(may.Select(async m => await Body(m.Place.Id, m.Place.Kind, m.Place.Organisation.Id, alert.Beds?.PlaceOf(m.Place.Id), tenant, people) with { DepartAt = m.DepartAt })),
            .. await Task.WhenAll(asked.Select(p => Body(p, tenant, people))),
        ]));
    }

    private static async Task<IResult> Say(string id, string placeId, PlaceSaidBody body, HttpContext http, AlertDesk desk, IGrainFactory grains, Tenant tenant, People people, IAudit audit, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        if (placeId.Length > Bounds.IdMax) return Problem.Of(Code.NotFound);
        if (body.Until <= now || body.Until > now + Longest) return Problem.Of(Code.InvalidBody, "until");
        if (await desk.Read(id, http.Staff()) is null) return Problem.Of(Code.NotFound);
        var me = http.Staff().Account;
        await audit.Write(me, $"place.{EnumWords.Of(body.Answer)}", id, placeId, body.Reason is { } reason ? EnumWords.Of(reason) : null);
        var answer = await grains.GetGrain<IAlertGrain>(id).SayPlace(new PlaceAnswer(placeId, body.Answer, me, body.Answer is PlaceSays.Yes or PlaceSays.Arrived ? body.Until : null, body.Answer is PlaceSays.No ? body.Reason : null));
        return answer.Refused is { } why ? Problem.Of(why) : await Now(id, placeId, grains, tenant, people);
    }

    private static async Task<IResult> Release(string id, string placeId, HttpContext http, AlertDesk desk, IGrainFactory grains, Tenant tenant, People people, IAudit audit)
    {
        if (await desk.Read(id, http.Staff()) is not { } alert || alert.Beds?.PlaceOf(placeId) is null) return Problem.Of(Code.NotFound);
        await audit.Write(http.Staff().Account, "place.release", id, placeId);
        var answer = await grains.GetGrain<IAlertGrain>(id).ReleasePlace(placeId, http.Staff().Account);
        return answer.Refused is { } why ? Problem.Of(why) : await Now(id, placeId, grains, tenant, people);
    }

    private static async Task<IResult> Now(string id, string placeId, IGrainFactory grains, Tenant tenant, People people) =>
        await grains.GetGrain<IAlertGrain>(id).HotlineView() is { Alert.Beds: { } beds } && beds.PlaceOf(placeId) is { } asked ? Results.Ok(await Body(asked, tenant, people)) : Problem.Of(Code.NotFound);

    internal static Task<OverflowPlaceBody> Body(PlaceAsked asked, Tenant tenant, People people) => Body(asked.Place, asked.Kind, asked.Organisation.Id, asked, tenant, people);

    private static async Task<OverflowPlaceBody> Body(string id, OverflowKind kind, string organisation, PlaceAsked? asked, Tenant tenant, People people) => new(
        id, kind, tenant.OrganisationName(organisation), tenant.TelephoneOfPlace(id), null, asked?.State, asked?.AskedAt, asked?.AnsweredAt, asked?.Until, asked?.Why, await people.PersonOrNull(asked?.By));
}

public sealed record OverflowBody(ImmutableArray<OverflowPlaceBody> Places);

/// <param name="DepartAt">The first moment from which the way there is lawful; absent where it may not be asked any more.</param>
/// <param name="State">Absent while nobody asked it for her.</param>
/// <param name="Until">Until when it is hers.</param>
/// <param name="Reason">Why it said no.</param>
/// <param name="By">Who recorded its last word.</param>
public sealed record OverflowPlaceBody(
    string Id, OverflowKind Kind, string Organisation, string? Telephone, DateTimeOffset? DepartAt, PlaceState? State, DateTimeOffset? AskedAt, DateTimeOffset? AnsweredAt, DateTimeOffset? Until, PassedOver? Reason, PersonBody? By);

/// <param name="Until">With a yes: until when it is hers.</param>
/// <param name="Reason">With a no.</param>
public sealed record PlaceSaidBody(DateTimeOffset? Until = null, PassedOver? Reason = null)
{
    public required PlaceSays Answer { get; init; }
}
