using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Accounts;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Numbers;
using Dispatch.Grains.Accounts;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.ServiceAreas;
using Dispatch.Web.Audit;
using Dispatch.Web.Limits;
using Dispatch.Web.OpenApi;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Relays;

/// <summary>For the desk of a clinic, a women's group, the police, a focal point: raise for somebody who is there, and be rung by the line. Nothing of an alert can be read here.</summary>
internal static class RelayEndpoints
{
    public static void AddRelays(this WebApplicationBuilder builder) => builder.Services.AddSingleton<RelayDesks>();

    public static void MapRelays(this IEndpointRouteBuilder routes)
    {
        var relay = routes.MapGroup("/api/v1/relay").RequireAuthorization(Policies.Relay).WithTags("Relay");
        relay.MapGet("", Desk).RequireRateLimiting(RateLimits.Staff)
            .WithDescription("Whether the charter was accepted, where the line rings, and the areas to choose from.")
            .Produces<RelayDeskBody>()
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.TooManyRequests, Code.Unavailable);
        relay.MapPut("/desk", Accept).RequireRateLimiting(RateLimits.Staff)
            .WithDescription("Accepts the charter, and says where the line rings.")
            .Produces<RelayDeskBody>()
            .Refuses(Code.InvalidBody, Code.InvalidNumber, Code.NotSignedIn, Code.NotAllowed, Code.GuardMissing, Code.TooManyRequests, Code.Unavailable);
        relay.MapPost("/alerts", Raise).RequireRateLimiting(RateLimits.Raise)
            .WithDescription("Raises for somebody who is there. The line's queue rings at once with the number of the desk.")
            .Accepts<RaiseBody>("application/json")
            .WithMetadata(new NeedsKey())
            .Produces<RelayedBody>(StatusCodes.Status202Accepted)
            .Refuses(
                Code.InvalidBody, Code.InvalidKey, Code.InvalidNumber, Code.NotSignedIn, Code.NotAllowed, Code.GuardMissing, Code.CharterNeeded, Code.Of(Refusal.ConsentMissing), Code.Of(Refusal.IdTaken), Code.PayloadTooLarge, Code.UnsupportedMediaType,
                Code.Of(Refusal.KeyReused), Code.Of(Refusal.TooOld), Code.Of(Refusal.ExerciseOutsideWindow), Code.Busy, Code.Unavailable);
        relay.MapGet("/receipts/{receipt}", State).RequireRateLimiting(RateLimits.Staff)
            .WithDescription("For half an hour: received, or taken by a person. Never more.")
            .Produces<RelayStateBody>()
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.NotFound, Code.TooManyRequests, Code.Unavailable);
    }

    private static async Task<IResult> Desk(HttpContext http, RelayDesks desks) => Results.Ok(await desks.Read(http.Staff()));

    private static async Task<IResult> Accept(RelayAcceptBody body, HttpContext http, RelayDesks desks, IGrainFactory grains, IAudit audit)
    {
        if (body.CharterVersion is not { Length: > 0 and <= Bounds.Wording } version) return Problem.Of(Code.InvalidBody, "charterVersion");
        if (!PhoneNumber.TryParse(body.Number, out var number)) return Problem.Of(Code.InvalidNumber, "number");
        var staff = http.Staff();
        await audit.Write(staff.Account, "relay.charter", detail: version);
        await grains.GetGrain<IAccountGrain>(staff.Account).AcceptCharter(version, desks.Seal(staff.Account, number));
        return Results.Ok(await desks.Read(staff));
    }

    private static async Task<IResult> Raise(HttpContext http, RaiseReading reading, Intake intake, RelayDesks desks, Macs macs, Tenant tenant, IGrainFactory grains, IAudit audit, TimeProvider clock)
    {
        if (!RaiseReading.IsJson(http.Request)) return Problem.Of(Code.UnsupportedMediaType);
        var given = IdempotencyKey.Required(http.Request);
        if (given.Key is not { } key) return given.Refused!;
        if (await reading.Json(http.Request, given.Text) is not { } body) return Problem.Of(Code.InvalidBody);
        if (RaiseChecks.Fault(body) is { } member) return Problem.Of(Code.InvalidBody, member);
        // Her story is hers to tell, to whoever rings: a desk that could write it down could keep it.
        if (!string.IsNullOrWhiteSpace(body.Note)) return Problem.Of(Code.InvalidBody, "note");
        if (body.Agreed is not { How: { } how }) return Problem.Of(Refusal.ConsentMissing);
        var staff = http.Staff();
        if (await grains.GetGrain<IAccountGrain>(staff.Account).Desk() is not { } desk) return Problem.Of(Code.CharterNeeded);
        var rings = desks.Open(staff.Account, desk);
        if (body.Relay?.Number is { Length: > 0 } other)
        {
            if (!PhoneNumber.TryParse(other, out var now)) return Problem.Of(Code.InvalidNumber, "relay.number");
            rings = now.E164;
        }

        // Not which alert: who reads the audit must not learn from it who is helped where. The account is in the alert, sealed.
        await audit.Write(staff.Account, "relay.raise");
        var agreed = new Agreement(how, clock.GetUtcNow(), body.Agreed.WordingVersion ?? Fields.UnknownWording, body.Agreed.Language ?? body.Language ?? "fr");
        var outcome = await intake.ByRelay(body, key, desks.Sign(staff, rings), staff.Profile.Organisation.Id, staff.Profile.Areas.FirstOrDefault(), agreed);
        return outcome.Refused is { } why
            ? Problem.Of(why)
            : Results.Json(new RelayedBody($"{outcome.Id}.{macs.Receipt(staff.Account, outcome.Id)}", outcome.ReceivedAt, tenant.FallbackNumber), statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> State(string receipt, HttpContext http, Macs macs, IGrainFactory grains) =>
        receipt.Split('.') is [var id, var proof] && RaiseChecks.IsId(id) && Macs.Same(proof, macs.Receipt(http.Staff().Account, id)) && await grains.GetGrain<IAlertGrain>(id).RelayView() is { } view
            ? Results.Ok(new RelayStateBody(view.State))
            : Problem.Of(Code.NotFound);
}

/// <summary>What the host knows of those who raise for others.</summary>
internal sealed class RelayDesks(IGrainFactory grains, Tenant tenant, Vault vault, TimeProvider clock)
{
    public Domain.Sealing.Sealed<string> Seal(string account, PhoneNumber number) => vault.StaffKey(account).Seal(SealedFields.DeskNumber, number.E164);

    public string Open(string account, RelayDesk desk) => vault.StaffKey(account).Open(SealedFields.DeskNumber, desk.Number);

    /// <summary>Who brings it, as the line reads it.</summary>
    public Relay Sign(StaffMember staff, string number) => new(
        vault.StaffKey(staff.Account).Open(SealedFields.DisplayName, staff.Profile.DisplayName), tenant.OrganisationName(staff.Profile.Organisation.Id), number, staff.Account);

    public async Task<RelayDeskBody> Read(StaffMember staff)
    {
        var desk = await grains.GetGrain<IAccountGrain>(staff.Account).Desk();
        var number = desk is not null && PhoneNumber.TryParse(Open(staff.Account, desk), out var known) ? known.Masked : null;
        var drills = await Task.WhenAll(staff.Profile.Areas.Where(tenant.HasArea).Select(DrillOpen));
        return new RelayDeskBody(
            desk?.CharterVersion, desk?.CharterAt, number, [.. staff.Profile.Areas.Where(tenant.HasArea).Select(a => new AreaBody(a, tenant.AreaName(a)))], drills.Any(open => open), tenant.FallbackNumber);
    }

    private async Task<bool> DrillOpen(string area) =>
        await grains.GetGrain<IServiceAreaGrain>(area).Plan() is { Setup.DrillUntil: { } until } && clock.GetUtcNow() < until;
}

/// <param name="Number">Where the line rings this desk: +223 or the like, with its digits.</param>
public sealed record RelayAcceptBody(string? CharterVersion = null, string? Number = null);

/// <param name="CharterVersion">The text that was accepted last; absent: none yet, and nothing can be raised.</param>
/// <param name="Number">Where the line rings, masked.</param>
/// <param name="DrillOpen">A drill goes on in one of her areas: an exercise may be raised.</param>
public sealed record RelayDeskBody(string? CharterVersion, DateTimeOffset? CharterAt, string? Number, ImmutableArray<AreaBody> Areas, bool DrillOpen, string FallbackNumber);

/// <param name="Receipt">Opens nothing but the two words of its state, and those for half an hour and for this account alone.</param>
public sealed record RelayedBody(string Receipt, DateTimeOffset? ReceivedAt, string FallbackNumber);

public sealed record RelayStateBody(RelayState State);
