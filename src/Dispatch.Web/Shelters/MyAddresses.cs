using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Accounts;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Shelters;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Shelters;

/// <summary>What a driver was let in on: that there is something to look at and until when, and nothing of what it says.</summary>
internal sealed class MyAddresses(IGrainFactory grains, Tenant tenant, AlertSender sender, TimeProvider clock)
{
    /// <summary>Every house says so itself: a list kept elsewhere could still show what was withdrawn. A house that does not answer fails the whole, for its silence must not read as a withdrawal.</summary>
    public async Task<ImmutableArray<MyAddressBody>> Of(string driver)
    {
        var now = clock.GetUtcNow();
        var houses = await Task.WhenAll(tenant.Settings.Houses.Select(async house =>
            (house.Id, Releases: await grains.GetGrain<IShelterGrain>(house.Id).AddressReleases())));
        var open = houses.SelectMany(h => h.Releases.Where(r => r.Driver == driver && r.OpenAt(now)).Select(r => (h.Id, Release: r))).ToArray();
        var may = await Task.WhenAll(open.Select(o => MayLearn(o.Release.HoldId, driver)));
        return [.. open.Where((_, i) => may[i]).Select(o => Body(o.Id, o.Release)).OfType<MyAddressBody>().OrderBy(r => r.Until).ThenBy(r => r.ReleaseId, StringComparer.Ordinal)];
    }

    /// <summary>Whoever she shut out, and police without a basis, do not learn where she sleeps: whatever a guardian decided who knows nothing of that, and whenever it was said.</summary>
    public async Task<bool> MayLearn(string holdId, string driver)
    {
        // What is no hold of an alert is refused by the house.
        if (!HoldId.TryParse(holdId, out var hold) || await grains.GetGrain<IAlertGrain>(hold.Alert).HotlineView() is not { } view) return true;
        return await grains.GetGrain<IAccountGrain>(driver).Profile() is { } profile && Reading.Allows(view.Alert, driver, profile.Organisation);
    }

    /// <summary>Un-awaited, and worth no repeat: the driver's page fetches by itself as well, and the look itself asks the house.</summary>
    public void Changed(AddressRelease release)
    {
        if (HoldId.TryParse(release.HoldId, out var hold)) _ = sender.Hint(new Notice(IdOf(release), NoticeKind.AlertChanged, release.Driver, hold.Alert, 0));
    }

    private static string IdOf(AddressRelease release) => string.Create(CultureInfo.InvariantCulture, $"{release.Id}:{(release.EndedAt is null ? "given" : "ended")}");

    private static MyAddressBody? Body(string house, AddressRelease release) =>
        HoldId.TryParse(release.HoldId, out var hold) ? new(release.Id, house, hold.Alert, release.Until, AddressRules.MaxLooks - release.Looks) : null;
}

internal static class MyAddressEndpoint
{
    public static void MapMyAddresses(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/me/address-releases", async (HttpContext http, MyAddresses mine) => Results.Ok(new MyAddressesBody(await mine.Of(http.Staff().Account))))
            .RequireAuthorization(Policies.Responder).RequireRateLimiting(RateLimits.Staff).WithTags("Responder")
            .Produces<MyAddressesBody>()
            .WithDescription("Addresses that the caller may look at now, each for one booking. It says where to ask and never the address.")
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.TooManyRequests, Code.Unavailable);
}

/// <param name="ShelterId">Whom to ask, by <c>POST /api/v1/shelters/{shelterId}/address-releases/{releaseId}/look</c>.</param>
/// <param name="AlertId">For which of the caller's assignments.</param>
/// <param name="LooksLeft">How often it may still be looked at.</param>
public sealed record MyAddressBody(string ReleaseId, string ShelterId, string AlertId, DateTimeOffset Until, int LooksLeft);

public sealed record MyAddressesBody(ImmutableArray<MyAddressBody> Releases);
