using System.Security.Claims;
using System.Text.Encodings.Web;
using Dispatch.Domain.Accounts;
using Dispatch.Grains.Accounts;
using Dispatch.Web.Live;
using Dispatch.Web.Staff;
using Dispatch.Web.Tenancy;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Orleans;

namespace Dispatch.Web.Shelters.Tablets;

/// <summary>The tablet that asks, whether it is locked or not.</summary>
/// <param name="Person">Who unlocked it; null while it is locked.</param>
internal sealed record HouseTablet(TabletTicket Ticket, StaffMember? Person);

/// <summary>
/// A house's tablet by its cookie, and whoever unlocked it by a second, short one. Only policies that name this scheme ever see it: whatever else its people may do, they do not do
/// it here. Whoever signed in with her own password on this browser is herself, and no tablet.
/// </summary>
internal sealed class TabletAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TabletTickets tickets, Tenant tenant, IGrainFactory grains)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Scheme_ = "Tablet";
    public const string Cookie = "tablet";
    public const string UnlockedCookie = "unlocked";
    public const string TabletClaim = "tablet";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.Features.Get<StaffMember>() is not null || tickets.Tablet(Request.Cookies[Cookie]) is not { } ticket) return AuthenticateResult.NoResult();
        if (await Member(ticket.Maker, ticket.Session, ticket.House) is null) return AuthenticateResult.NoResult();

        // The live line outlives locks: it hears what a locked tablet may.
        var person = Request.Path.StartsWithSegments(LiveHub.Path, StringComparison.Ordinal) ? null : await Person(ticket);
        Context.Features.Set(new HouseTablet(ticket, person));
        if (person is not null) Context.Features.Set(person);
        var identity = new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, person?.Account ?? ticket.Maker),
            new Claim(StaffMembers.SessionClaim, person?.Session ?? ticket.Session),
            new Claim(StaffMembers.HouseClaim, ticket.House),
            new Claim(StaffMembers.ByCookieClaim, ""),
            new Claim(TabletClaim, ticket.Session),
            .. person is null ? Array.Empty<Claim>() : [new Claim(ClaimTypes.Role, nameof(Role.ShelterStaff))],
        ], Scheme_);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), new AuthenticationProperties { ExpiresUtc = ticket.ExpiresAt }, Scheme_));
    }

    /// <summary>To a locked tablet everything but the counts is as if nobody were signed in.</summary>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (Context.Features.Get<HouseTablet>() is { Person: null }) Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    /// <summary>Staff of this house and nothing else, whatever else she is.</summary>
    private async Task<StaffMember?> Person(TabletTicket tablet)
    {
        if (tickets.Unlocked(Request.Cookies[UnlockedCookie]) is not { } unlocked || unlocked.Tablet != tablet.Session) return null;
        return await Member(unlocked.Account, unlocked.Session, tablet.House) is { } staff
            ? staff with { Profile = staff.Profile with { Roles = [Role.ShelterStaff], Houses = [tablet.House], Lines = [] } }
            : null;
    }

    private async Task<StaffMember?> Member(string account, string session, string house) =>
        tenant.Lists(account) && await grains.GetGrain<IAccountGrain>(account).Session(session) is { } signedIn
        && new StaffMember(account, session, signedIn.Profile, signedIn.Duty, signedIn.MustChangePassword) is var staff && staff.IsOf(house) ? staff : null;
}

internal static class HouseTablets
{
    public static HouseTablet Tablet(this HttpContext http) =>
        http.Features.Get<HouseTablet>() ?? throw new InvalidOperationException("An endpoint for a house's tablet was reached without its policy.");
}
