using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Dispatch.Web.Survivors;

/// <summary>Recognises the phone that raised the alert in the path, or, for the page without scripts, the one in its cookie. Stateless.</summary>
internal sealed class SurvivorAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, SurvivorTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Scheme_ = "Survivor";
    public const string AlertClaim = "alert";
    public const string Cookie = "note";
    public const string NotePath = "/note";

    public static string CookieValue(string alertId, string token) => $"{alertId}.{token}";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var (alert, token) = Request.RouteValues["id"] is string id ? (id, Bearer()) : FromCookie();
        if (alert is null || token is null || !tokens.Holds(alert, token)) return Task.FromResult(AuthenticateResult.NoResult());
        var identity = new ClaimsIdentity([new Claim(AlertClaim, alert)], Scheme_);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme_)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // Whoever opens the page again without its cookie sees the neutral one, and not that there was another.
        if (Request.Path.StartsWithSegments(NotePath, StringComparison.Ordinal)) Response.Redirect("/");
        else Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => HandleChallengeAsync(properties);

    private string? Bearer()
    {
        const string bearer = "Bearer ";
        var header = Request.Headers.Authorization.ToString();
        return header.StartsWith(bearer, StringComparison.OrdinalIgnoreCase) ? header[bearer.Length..].Trim() : null;
    }

    private (string?, string?) FromCookie() =>
        Request.Cookies[Cookie]?.Split('.') is [var alert, var token] ? (alert, token) : (null, null);
}
