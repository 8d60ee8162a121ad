using Dispatch.Web.Gateways.Voice.Incoming;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;

namespace Dispatch.Web.Gateways.Voice;

/// <summary>Where gateways ask what to say on a call, bring the key that was pressed, and report what became of it.</summary>
internal static class VoiceEndpoints
{
    public static void MapCalls(this IEndpointRouteBuilder routes)
    {
        var gateway = routes.MapGroup("/gateways/voice/{provider}").RequireAuthorization(Policies.Gateway).RequireRateLimiting(RateLimits.Gateway).WithTags("Gateways").WithMetadata(new CarriedHere(Carried.Voice))
            .WithDescription("For the gateway that the settings name so, recognised by its signature or, where it has none, by the secret in the path. Answered in the gateway's own language where it waits to be told what to say. Safe to repeat.")
            .Refuses(Code.InvalidBody, Code.NotSignedIn, Code.PayloadTooLarge, Code.Busy, Code.Unavailable);
        foreach (var secret in (string[])["", "/{secret}"])
        {
            gateway.MapPost(secret, Take).Produces<string>(StatusCodes.Status200OK, "text/xml", "application/json").Produces(StatusCodes.Status204NoContent);
        }
    }

    private static async Task<IResult> Take(string provider, HttpContext http, CallDesk desk, IncomingDesk incoming, ILogger<IncomingDesk> log)
    {
        var webhook = (IVoiceWebhook)http.Features.Get<IGatewayWebhook>()!;
        if (webhook.Incoming(http.Features.Get<GatewayCall>()!) is { } call && await Next(provider, call, incoming, log) is { } taken) return call.Waits ? webhook.Speak(taken.Step) : Results.NoContent();
        if (webhook.Event(http.Features.Get<GatewayCall>()!) is not { } said) return Problem.Of(Code.InvalidBody);
        var spoken = await desk.Take(provider, said);
        return said.Waits ? webhook.Speak(spoken) : Results.NoContent();
    }

    /// <summary>A gateway that is answered by an error ends her call, some with words of their own in a voice that nobody chose.</summary>
    private static async Task<TakenCall?> Next(string provider, IncomingCall call, IncomingDesk incoming, ILogger log)
    {
        try
        {
            return await incoming.Take(provider, call);
        }
#pragma warning disable CA1031 // Whatever failed, she stays on the line and the next step tries again.
        catch (Exception failure) when (call.Waits)
#pragma warning restore CA1031
        {
            log.LogError(failure, "A step of a call could not be taken; she is told to wait");
            return incoming.Anyway(provider, call);
        }
    }
}
