using System.Security.Claims;
using System.Text.Encodings.Web;
using Dispatch.Domain.Partners;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Dispatch.Web.Partners;

/// <summary>
/// Recognises a partner's key in the bearer header, and nowhere else: in an address it would end in logs. Each key is looked up, whatever its address did before: only a wrong one is ever told
/// to wait.
/// </summary>
internal sealed class PartnerAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, PartnerKeys keys, WrongKeys wrong)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Scheme_ = "Partner";
    public const string PartnerClaim = "partner";
    public const string ScopeClaim = "scope";

    public static string PartnerOf(ClaimsPrincipal user) => user.FindFirst(PartnerClaim)?.Value ?? "";

    private TimeSpan? _wait;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        const string bearer = "Bearer ";
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(bearer, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var (known, guessed) = await keys.Access(header[bearer.Length..].Trim());
        if (guessed && !wrong.Allowed(WrongKeys.Bucket(Context.Connection.RemoteIpAddress), out var wait)) _wait = wait;
        if (known is not { } access) return AuthenticateResult.NoResult();
        Context.Features.Set(access);
        var identity = new ClaimsIdentity([new Claim(PartnerClaim, access.Partner), .. access.Scopes.Select(scope => new Claim(ScopeClaim, scope.ToString()))], Scheme_);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme_));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_wait is { } wait) return Problem.Of(Code.TooManyRequests, retryAfter: wait).ExecuteAsync(Context);
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
