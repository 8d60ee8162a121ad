using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Shelters;
using Dispatch.Web.Audit;
using Dispatch.Web.Limits;
using Dispatch.Web.OpenApi;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Shelters;

/// <summary>Where a house is: given by its guardian, opened by her only for one driver and one booking, and every look is on record before anything is shown.</summary>
internal static class AddressEndpoints
{
    public static void MapAddresses(this IEndpointRouteBuilder routes)
    {
        var house = routes.MapGroup("/api/v1/shelters/{id}").RequireRateLimiting(RateLimits.Staff).WithTags("Shelters")
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.NotFound, Code.TooManyRequests, Code.Unavailable);
        house.MapPut("/address", Set).RequireAuthorization(Policies.HouseGuardian).Produces(StatusCodes.Status204NoContent)
            .WithDescription("Sealed, and never read back: another address ends every release of the old one.")
            .Refuses(Code.InvalidBody, Code.GuardMissing);
        house.MapGet("/address-releases", List).RequireAuthorization(Policies.ShelterStaff).Produces<AddressReleasesBody>();
        house.MapPost("/address-releases", Give).RequireAuthorization(Policies.HouseGuardian).Produces<AddressReleaseBody>(StatusCodes.Status201Created)
            .WithDescription("The guardian's exception: one driver may look, for one booking, until then.")
            .WithMetadata(new NeedsKey())
            .Refuses(
                Code.InvalidBody, Code.InvalidKey, Code.GuardMissing, Code.Of(BedRefusal.IdTaken), Code.Of(BedRefusal.Invalid), Code.Of(BedRefusal.ReasonRequired), Code.Of(BedRefusal.NoAddress), Code.Of(BedRefusal.NotBooked),
                Code.Of(BedRefusal.AlreadyGiven), Code.Of(BedRefusal.Full));
        house.MapDelete("/address-releases/{releaseId}", Withdraw).RequireAuthorization(Policies.ShelterStaff).Produces<AddressReleaseBody>().Refuses(Code.GuardMissing);
        house.MapPost("/address-releases/{releaseId}/look", Look).RequireAuthorization(Policies.Responder).Produces<AddressBody>()
            .WithDescription("For the driver alone. The look is in the house's history before the answer is given.")
            .Refuses(Code.GuardMissing, Code.Of(BedRefusal.NotReleased), Code.Of(BedRefusal.NotBooked), Code.Of(BedRefusal.TooMany));
    }

    private static async Task<IResult> Set(string id, AddressBody body, HttpContext http, IGrainFactory grains, Vault vault, IAudit audit)
    {
        if (string.IsNullOrWhiteSpace(body.Text) || body.Text.Length > Bounds.Note) return Problem.Of(Code.InvalidBody, "text");
        if (RaiseChecks.Fault(new LocationBody(body.Latitude, body.Longitude)) is { } fault) return Problem.Of(Code.InvalidBody, fault);
        if (!http.Staff().Guards(id)) return Problem.Of(Code.NotFound);
        var me = http.Staff().Account;
        await audit.Write(me, "address.set", subject: id);
        // The same again is the same box, and ends no release.
        var address = vault.ShelterKey(id).SealSame(ShelterFields.Address, new ShelterAddress(body.Text, body.Latitude, body.Longitude));
        return await grains.GetGrain<IShelterGrain>(id).SetAddress(address, me) is { } why ? Problem.Of(Code.Of(why)) : Results.NoContent();
    }

    private static async Task<IResult> List(string id, HttpContext http, IGrainFactory grains, People people)
    {
        if (!http.Staff().IsOf(id)) return Problem.Of(Code.NotFound);
        var releases = await grains.GetGrain<IShelterGrain>(id).AddressReleases();
        return Results.Ok(new AddressReleasesBody([.. await Task.WhenAll(releases.Select(r => Body(r, people)))]));
    }

    private static async Task<IResult> Give(string id, GiveAddressBody body, HttpContext http, IGrainFactory grains, Tenant tenant, Macs macs, People people, MyAddresses mine, IAudit audit)
    {
        var given = IdempotencyKey.Required(http.Request);
        if (given.Refused is { } noKey) return noKey;
        if (string.IsNullOrWhiteSpace(body.Driver) || body.Driver.Length > Bounds.UserName) return Problem.Of(Code.InvalidBody, "driver");
        var driver = tenant.Lists(body.Driver) ? body.Driver : macs.AccountId(tenant.Id, body.Driver);
        if (!tenant.Lists(driver)) return Problem.Of(Code.InvalidBody, "driver");
        if (!http.Staff().Guards(id)) return Problem.Of(Code.NotFound);
        var me = http.Staff().Account;
        await audit.Write(me, "address.give", HoldId.TryParse(body.HoldId, out var hold) ? hold.Alert : null, driver, EnumWords.Of(body.Reason));
        // As a name that nobody has: whom she shuts out is not for the house to learn.
        if (!await mine.MayLearn(body.HoldId, driver)) return Problem.Of(Code.InvalidBody, "driver");
        var result = await grains.GetGrain<IShelterGrain>(id).GiveAddress(new GiveAddress(given.Key!.Value.ToString("D"), body.HoldId, driver, me, body.Reason, body.Until));
        if (result.Release is { } release) mine.Changed(release);
        return result.Refused is { } why ? Problem.Of(Code.Of(why)) : Results.Json(await Body(result.Release!, people), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> Withdraw(string id, string releaseId, HttpContext http, IGrainFactory grains, People people, MyAddresses mine, IAudit audit)
    {
        if (!http.Staff().IsOf(id) || releaseId.Length > Bounds.IdMax) return Problem.Of(Code.NotFound);
        var me = http.Staff().Account;
        await audit.Write(me, "address.withdraw", subject: id, detail: releaseId);
        var result = await grains.GetGrain<IShelterGrain>(id).WithdrawAddress(releaseId, me);
        if (result.Release is { } withdrawn) mine.Changed(withdrawn);
        return result.Refused is { } why ? Problem.Of(Code.Of(why)) : Results.Ok(await Body(result.Release!, people));
    }

    private static async Task<IResult> Look(string id, string releaseId, HttpContext http, IGrainFactory grains, Tenant tenant, Vault vault, MyAddresses mine, IAudit audit)
    {
        if (!tenant.HasHouse(id) || releaseId.Length > Bounds.IdMax) return Problem.Of(Code.NotFound);
        var me = http.Staff().Account;
        // Also a look that is refused: somebody tried.
        await audit.Write(me, "address.look", subject: id, detail: releaseId);
        var house = grains.GetGrain<IShelterGrain>(id);
        var release = (await house.AddressReleases()).FirstOrDefault(r => r.Id == releaseId && r.Driver == me);
        if (release is not null && !await mine.MayLearn(release.HoldId, me)) return Problem.Of(Code.Of(BedRefusal.NotReleased));
        var look = await house.LookAtAddress(releaseId, me);
        if (look.Refused is { } why) return Problem.Of(Code.Of(why));
        var address = vault.ShelterKey(id).Open(ShelterFields.Address, look.Address!);
        return Results.Ok(new AddressBody(address.Latitude, address.Longitude) { Text = address.Text });
    }

    private static async Task<AddressReleaseBody> Body(AddressRelease r, People people) =>
        new(r.Id, r.HoldId, await people.Person(r.Driver), await people.Person(r.By), r.Reason, r.At, r.Until, r.EndedAt, r.Looks);
}

public sealed record AddressBody(double? Latitude = null, double? Longitude = null)
{
    public required string Text { get; init; }
}

/// <param name="Driver">The account, or its user name.</param>
/// <param name="Until">Absent for as long as she is waited for.</param>
public sealed record GiveAddressBody(DateTimeOffset? Until = null)
{
    public required string HoldId { get; init; }
    public required string Driver { get; init; }
    public required AddressReason Reason { get; init; }
}

public sealed record AddressReleaseBody(string ReleaseId, string HoldId, PersonBody Driver, PersonBody By, AddressReason Reason, DateTimeOffset At, DateTimeOffset Until, DateTimeOffset? EndedAt, int Looks);

public sealed record AddressReleasesBody(ImmutableArray<AddressReleaseBody> Releases);
