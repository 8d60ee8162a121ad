using System.Security.Claims;
using System.Text.Encodings.Web;
using Dispatch.Domain.Partners;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Dispatch.Web.Partners;

/// <summary>Recognises a partner's key in the bearer header, and nowhere else: in an address it would end in logs.</summary>
internal sealed class PartnerAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, PartnerKeys keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Scheme_ = "Partner";
    public const string PartnerClaim = "partner";
    public const string ScopeClaim = "scope";

    public static string PartnerOf(ClaimsPrincipal user) => user.FindFirst(PartnerClaim)?.Value ?? "";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        const string bearer = "Bearer ";
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(bearer, StringComparison.OrdinalIgnoreCase) || await keys.Access(header[bearer.Length..].Trim()) is not { } access) return AuthenticateResult.NoResult();
        Context.Features.Set(access);
        var identity = new ClaimsIdentity([new Claim(PartnerClaim, access.Partner), .. access.Scopes.Select(scope => new Claim(ScopeClaim, scope.ToString()))], Scheme_);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme_));
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
}

internal static class PartnerCalls
{
    public static PartnerAccess Partner(this HttpContext http) => http.Features.Get<PartnerAccess>() ?? throw new InvalidOperationException("An endpoint for partners was reached without a policy for partners.");
}
