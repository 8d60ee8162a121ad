using System.Security.Claims;
using System.Text.Encodings.Web;
using Dispatch.Domain;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Dispatch.Web.Gateways;

/// <summary>Recognises a gateway by its signature or secret. Nothing of what it says is looked at before.</summary>
internal sealed class GatewayAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, GatewayWebhooks webhooks, ForgedCalls forged, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Scheme_ = "Gateway";
    public const string GatewayClaim = "gateway";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.GetEndpoint()?.Metadata.GetMetadata<CarriedHere>() is not { What: var what }) return AuthenticateResult.NoResult();
        if (Request.RouteValues["provider"] is not string provider || webhooks.Of(what, provider) is not { } webhook) return AuthenticateResult.NoResult();
        // One name may stand for two gateways, each with its own limits and its own line in the audit.
        var name = what is Carried.Sms ? provider : $"{EnumWords.Of(what)}/{provider}";
        if (await GatewayCall.Read(Request) is not { } call || !webhook.Genuine(call, clock.GetUtcNow()))
        {
            await forged.Note(name);
            return AuthenticateResult.NoResult();
        }

        Context.Features.Set(call);
        Context.Features.Set(webhook);
        var identity = new ClaimsIdentity([new Claim(GatewayClaim, name)], Scheme_);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme_));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => HandleChallengeAsync(properties);
}
