using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Alerts;
using Dispatch.Web.Audit;
using Dispatch.Web.Hotline;
using Dispatch.Web.Limits;
using Dispatch.Web.OpenApi;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Shelters;

/// <summary>Which houses the line may ask for her, in order, and what those that are rung say on the telephone. No distance and no number of beds is ever said of one house.</summary>
internal static class HousesToRing
{
    public static void MapHousesToRing(this IEndpointRouteBuilder routes)
    {
        var houses = routes.MapGroup("/api/v1/alerts/{id}/houses").RequireAuthorization(Policies.Hotline).RequireRateLimiting(RateLimits.Staff).WithTags("Shelters")
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.NotFound, Code.TooManyRequests, Code.Unavailable, Code.Of(Refusal.PartyUnknown));
        houses.MapGet("", List).Produces<HousesBody>()
            .WithDescription("The houses that may be asked for her, in the order in which to try. Those to ring first, whose figure is over twelve hours old, stand last.");
        houses.MapPost("/{shelterId}/said", Said)
            .WithMetadata(new NeedsKey())
            .Produces<HoldBody>()
            .Produces<HoldBody>(StatusCodes.Status201Created)
            .Produces<HoldBody>(StatusCodes.Status202Accepted)
            .WithDescription("What a house said on the telephone. Yes holds beds there, also where its old figure shows none; no passes it over until it confirms its figure anew.")
            .Refuses(
                Code.InvalidBody, Code.InvalidKey, Code.GuardMissing, Code.Of(Refusal.ReasonRequired), Code.Of(Refusal.NoBed), Code.Of(Refusal.HeldAlready), Code.Of(Refusal.KeyReused), Code.Of(Refusal.Ended),
                Code.Of(Refusal.NotAllowedHere), Code.Of(Refusal.TooMany));
    }

    private static async Task<IResult> List(string id, HttpContext http, AlertDesk desk, IGrainFactory grains, Vault vault, Tenant tenant, IAudit audit, TimeProvider clock)
    {
        if (await desk.Read(id, http.Staff()) is not { } alert) return Problem.Of(Code.NotFound);
        await audit.Write(http.Staff().Account, "beds.houses", id);
        if (PartyReading.Known(alert, vault) is not { } guests) return Problem.Of(Refusal.PartyUnknown);
        if (await grains.GetGrain<IAlertGrain>(id).Houses() is not { } known) return Problem.Of(Code.NotFound);
        var order = HouseMatching.Order(BedSearching.NeedOf(alert, guests), known.Houses, clock.GetUtcNow());
        var houses = known.Houses.Select(h => h.House).DistinctBy(h => h.Shelter).ToDictionary(h => h.Shelter, StringComparer.Ordinal);
        return Results.Ok(new HousesBody(
            alert.Beds?.Machine is true, alert.Beds?.HumanAt, known.Complete,
            [.. order.Options.Select(o => HouseToAskBody.Of(alert, o, houses[o.Shelter], tenant))],
            [.. order.LeftOut.Select(h => new HouseLeftOutBody(h.Shelter, tenant.LineNameOfHouse(h.Shelter), tenant.OrganisationName(houses[h.Shelter].Organisation.Id), h.Why, h.Misfits))]));
    }

    private static async Task<IResult> Said(string id, string shelterId, HouseSaidBody body, HttpContext http, AlertDesk desk, IGrainFactory grains, Vault vault, Macs macs, Tenant tenant, IAudit audit)
    {
        var given = IdempotencyKey.Required(http.Request);
        if (given.Refused is { } noKey) return noKey;
        if (body.Party is { Guests.MakeSense: false }) return Problem.Of(Code.InvalidBody, "party");
        if (body is { Answer: HouseAnswer.No, Reason: null }) return Problem.Of(Refusal.ReasonRequired);
        if (await desk.Read(id, http.Staff()) is not { } alert || !tenant.HasHouse(shelterId)) return Problem.Of(Code.NotFound);
        var me = http.Staff().Account;
        await audit.Write(me, body.Answer is HouseAnswer.Yes ? "house.yes" : "house.no", id, shelterId, body.Reason is { } why ? EnumWords.Of(why) : null);
        var grain = grains.GetGrain<IAlertGrain>(id);
        if (body is { Answer: HouseAnswer.No, Reason: { } reason })
        {
            var passed = await grain.PassOver(new PassOver(shelterId, reason, me));
            return passed.Refused is { } not ? Problem.Of(not) : Results.Ok(HoldBody.Of(id, passed.Request!));
        }

        var command = AlertHolds.Command(alert, shelterId, body.Party, me, given.Key!.Value, macs.Body(JsonSerializer.SerializeToUtf8Bytes(body, DispatchJson.Options)), vault, macs);
        return AlertHolds.Answer(id, await grain.RequestBed(command with { ByTelephone = true }));
    }
}

/// <summary>For whom the beds are, as far as the host can open it.</summary>
internal static class PartyReading
{
    public const string GuestsName = "guests";

    /// <summary>What the alert has in the clear while it searches, what a call-taker said of them, or what she once said herself. Null where only later words say it.</summary>
    public static Guests? Known(Alert alert, Vault vault) => Known(alert.Id, new BedParty(BedSearching.GuestsOf(alert), alert.Beds?.Said, alert.Party, alert.Child, alert.WrappedKey), vault);

    public static Guests? Known(string alert, BedParty party, Vault vault)
    {
        if (party.Guests is not null || party is { Said: null, Party: null }) return party.Guests;
        var key = vault.AlertKey(alert, party.WrappedKey);
        return party.Said is { } said ? key.Open(GuestsName, said) : Guests.With(key.Open(Fields.PartyName, party.Party!), party.Child);
    }
}

/// <param name="Machine">Machines ask houses for her as well, until a human takes the alert.</param>
/// <param name="CalledAt">Since when the line is rung because no house was left that a machine could ask.</param>
/// <param name="Complete">False: a house did not say how it stands.</param>
public sealed record HousesBody(bool Machine, DateTimeOffset? CalledAt, bool Complete, ImmutableArray<HouseToAskBody> Houses, ImmutableArray<HouseLeftOutBody> LeftOut);

/// <param name="Name">What its organisation wishes the line to call it; absent where it wishes nothing.</param>
/// <param name="ConfirmedAt">How old its figure is; absent where its staff never counted.</param>
/// <param name="DepartAt">The first moment from which the way there is lawful.</param>
/// <param name="Askable">Its figure has room for this party.</param>
/// <param name="Asked">What was asked of it last for her.</param>
public sealed record HouseToAskBody(
    string ShelterId, string? Name, string Organisation, string? Telephone, Freshness Freshness, DateTimeOffset? ConfirmedAt, DateTimeOffset DepartAt, bool Askable, ImmutableArray<HouseNote> Notes, HoldBody? Asked)
{
    internal static HouseToAskBody Of(Alert alert, HouseOption option, HouseSummary house, Tenant tenant) => new(
        option.Shelter, tenant.LineNameOfHouse(option.Shelter), tenant.OrganisationName(house.Organisation.Id), tenant.TelephoneOfHouse(option.Shelter), option.Freshness, house.ConfirmedAt, option.DepartAt, option.Askable, option.Notes,
        alert.Beds?.Requests.LastOrDefault(r => r.Shelter == option.Shelter) is { } last ? HoldBody.Of(alert.Id, last) : null);
}

public sealed record HouseLeftOutBody(string ShelterId, string? Name, string Organisation, NotAskedHouse Reason, ImmutableArray<Misfit> Misfits);

public enum HouseAnswer { Yes = 1, No = 2 }

/// <param name="Reason">With a no.</param>
/// <param name="Party">Absent: as it is known.</param>
public sealed record HouseSaidBody(PassedOver? Reason = null, GuestsBody? Party = null)
{
    public required HouseAnswer Answer { get; init; }
}
