using Dispatch.Grains.Hosting;
using Dispatch.Web.Problems;

namespace Dispatch.Web.Hosting;

internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").AllowAnonymous().WithTags("Operations");
        health.MapGet("/live", () => Results.Ok(new HealthBody("live")))
            .Produces<HealthBody>();
        // Ready means: reminders are loaded and every open alert was looked at once.
        health.MapGet("/ready", (IEngineReadiness engine) => engine is { Ready: true, Fault: null } ? Results.Ok(new HealthBody("ready")) : Problem.Of(Code.Unavailable))
            .Produces<HealthBody>()
            .Refuses(Code.Unavailable);
    }
}

public sealed record HealthBody(string Status);
