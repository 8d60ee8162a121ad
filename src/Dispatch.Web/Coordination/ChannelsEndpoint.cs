using System.Collections.Immutable;
using Dispatch.Channels.Health;
using Dispatch.Domain.Channels;
using Dispatch.Grains.Alerts;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;

namespace Dispatch.Web.Coordination;

/// <summary>What this installation can send on, and how its gateways are.</summary>
internal static class ChannelsEndpoint
{
    public static void MapChannels(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/channels", Show).RequireAuthorization(Policies.AreaReader).RequireRateLimiting(RateLimits.Staff).WithTags("Service areas")
            .Produces<ChannelsBody>().Refuses(Code.NotSignedIn, Code.NotAllowed, Code.TooManyRequests, Code.Unavailable)
            .WithDescription("The ways on which people can be told here, and how the last sends of the host that answers found its gateways.");

    private static IResult Show(AlertSender sender, IEnumerable<IChannelHealth> health) =>
        Results.Ok(new ChannelsBody([.. sender.Kinds], [.. health.SelectMany(h => h.Ways)]));
}

/// <param name="Kinds">What is set up.</param>
/// <param name="Gateways">Absent from it: the live channel and the push services of browsers, of which each phone has its own.</param>
public sealed record ChannelsBody(ImmutableArray<ChannelKind> Kinds, ImmutableArray<WayHealth> Gateways);
