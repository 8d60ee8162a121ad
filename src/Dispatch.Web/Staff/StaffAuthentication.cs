using System.Security.Claims;
using System.Text.Encodings.Web;
using Dispatch.Domain.Accounts;
using Dispatch.Grains.Accounts;
using Dispatch.Web.Tenancy;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Orleans;

namespace Dispatch.Web.Staff;

/// <summary>Reads the ticket from the cookie or the bearer header and asks the account whether its session is still open: a sign-out holds from the next request on.</summary>
internal sealed class StaffAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Tickets tickets, Tenant tenant, IGrainFactory grains)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Scheme_ = "Staff";
    public const string Cookie = "session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var (text, byCookie) = Token();
        if (text is null || tickets.Open(text) is not { } ticket || !tenant.Lists(ticket.Account)) return AuthenticateResult.NoResult();
        if (await grains.GetGrain<IAccountGrain>(ticket.Account).Session(ticket.Session) is not { } signedIn) return AuthenticateResult.NoResult();

        Context.Features.Set(new StaffMember(ticket.Account, ticket.Session, signedIn.Profile, signedIn.Duty, signedIn.MustChangePassword));
        var identity = new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, ticket.Account),
            new Claim(StaffMembers.SessionClaim, ticket.Session),
            .. signedIn.Profile.Roles.Select(role => new Claim(ClaimTypes.Role, role.ToString())),
            // What a line is told is for those who answer it; an administrator who is listed there hears nothing.
            .. (signedIn.Profile.Roles.Any(Policies.IsHotline) ? signedIn.Profile.Lines : []).Select(line => new Claim(StaffMembers.LineClaim, line)),
            .. (signedIn.Profile.Roles.Contains(Role.ShelterStaff) ? signedIn.Profile.Houses ?? [] : []).Select(house => new Claim(StaffMembers.HouseClaim, house)),
            .. (signedIn.Profile.Roles.Any(Policies.IsHotline) ? signedIn.Profile.Areas : []).Select(area => new Claim(StaffMembers.AreaClaim, area)),
            .. byCookie ? new[] { new Claim(StaffMembers.ByCookieClaim, "") } : [],
        ], Scheme_);
        var properties = new AuthenticationProperties { ExpiresUtc = ticket.ExpiresAt };
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme_));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private (string? Text, bool ByCookie) Token()
    {
        const string bearer = "Bearer ";
        var header = Request.Headers.Authorization.ToString();
        if (header.StartsWith(bearer, StringComparison.OrdinalIgnoreCase)) return (header[bearer.Length..].Trim(), false);
        // A browser cannot set a header on a WebSocket; elsewhere a token in an address would end in histories and logs.
        if (Request.Path.StartsWithSegments(Live.LiveHub.Path, StringComparison.Ordinal) && Request.Query["access_token"].ToString() is { Length: > 0 } query) return (query, false);
        return (Request.Cookies[Cookie], true);
    }
}
