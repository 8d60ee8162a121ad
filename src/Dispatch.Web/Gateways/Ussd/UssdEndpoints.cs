using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;

namespace Dispatch.Web.Gateways.Ussd;

/// <summary>Where gateways bring the keys of a menu and fetch the next screen.</summary>
internal static class UssdEndpoints
{
    public static void AddMenus(this IServiceCollection services) => services.AddSingleton<UssdDesk>();

    public static void MapMenus(this IEndpointRouteBuilder routes)
    {
        var gateway = routes.MapGroup("/gateways/ussd/{provider}").RequireAuthorization(Policies.Gateway).RequireRateLimiting(RateLimits.Gateway).WithTags("Gateways").WithMetadata(new CarriedHere(Carried.Ussd))
            .WithDescription("For the gateway that the settings name so, recognised by its signature or, where it has none, by the secret in the path. Answered by the next screen in the gateway's own language. Safe to repeat.")
            .Refuses(Code.InvalidBody, Code.NotSignedIn, Code.PayloadTooLarge, Code.Busy, Code.Unavailable);
        foreach (var secret in (string[])["", "/{secret}"])
        {
            gateway.MapPost(secret, Take).Produces<string>(StatusCodes.Status200OK, "text/plain", "application/json").Produces(StatusCodes.Status204NoContent);
        }
    }

    private static async Task<IResult> Take(string provider, HttpContext http, UssdDesk desk)
    {
        var webhook = (IUssdWebhook)http.Features.Get<IGatewayWebhook>()!;
        if (webhook.Step(http.Features.Get<GatewayCall>()!) is not { } step) return Problem.Of(Code.InvalidBody);
        return await desk.Take(provider, step) is { } screen ? webhook.Answer(screen) : Results.NoContent();
    }
}
