using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
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

/// <summary>A call-taker asks for beds. It goes through the alert, which writes it down before any house hears of it.</summary>
internal static class AlertHolds
{
    public static void MapAlertHolds(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/alerts/{id}/holds", Ask).RequireAuthorization(Policies.Hotline).RequireRateLimiting(RateLimits.Staff).WithTags("Shelters")
            .WithMetadata(new NeedsKey())
            .Produces<HoldBody>(StatusCodes.Status201Created)
            .Produces<HoldBody>(StatusCodes.Status202Accepted)
            .WithDescription("Holds beds for half an hour, in the house that is named or the one that the search would ask next. 202: the house has not answered yet and is asked until it does.")
            .Refuses(
                Code.NotSignedIn, Code.NotAllowed, Code.GuardMissing, Code.NotFound, Code.TooManyRequests, Code.Unavailable, Code.InvalidBody, Code.InvalidKey,
                Code.Of(Refusal.NoBed), Code.Of(Refusal.PartyUnknown), Code.Of(Refusal.HeldAlready), Code.Of(Refusal.KeyReused), Code.Of(Refusal.Ended), Code.Of(Refusal.NotAllowedHere), Code.Of(Refusal.TooMany));
    }

    private static async Task<IResult> Ask(string id, HoldRequestBody body, HttpContext http, AlertDesk desk, IGrainFactory grains, Vault vault, Macs macs, Tenant tenant, IAudit audit)
    {
        var given = IdempotencyKey.Required(http.Request);
        if (given.Refused is { } noKey) return noKey;
        if (body.Party is { Guests.MakeSense: false }) return Problem.Of(Code.InvalidBody, "party");
        if (await desk.Read(id, http.Staff()) is not { } alert) return Problem.Of(Code.NotFound);
        if (body.ShelterId is { } shelter && !tenant.HasHouse(shelter)) return Problem.Of(Refusal.NoBed);
        var me = http.Staff().Account;
        await audit.Write(me, "hold.ask", id, body.ShelterId);
        var command = Command(alert, body.ShelterId, body.Party, me, given.Key!.Value, macs.Body(JsonSerializer.SerializeToUtf8Bytes(body, DispatchJson.Options)), vault, macs);
        return Answer(id, await grains.GetGrain<IAlertGrain>(id).RequestBed(command));
    }

    internal static RequestBed Command(Alert alert, string? shelter, GuestsBody? party, string me, Guid key, string bodyMac, Vault vault, Macs macs) => new(
        me, macs.IdempotencyKey($"{me}/{alert.Id}", key), shelter, party?.Guests ?? PartyReading.Known(alert, vault), bodyMac,
        Said: party is null ? null : vault.AlertKey(alert.Id, alert.WrappedKey).Seal(PartyReading.GuestsName, party.Guests));

    internal static IResult Answer(string alert, BedRequestResult result)
    {
        if (result.Refused is { } why) return Problem.Of(why);
        var hold = HoldBody.Of(alert, result.Request!);
        return result.Request!.State is BedState.Requested ? Results.Accepted(value: hold) : Results.Json(hold, statusCode: StatusCodes.Status201Created);
    }
}
