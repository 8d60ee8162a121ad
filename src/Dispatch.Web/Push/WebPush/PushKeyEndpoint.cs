using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;

namespace Dispatch.Web.Push.WebPush;

internal static class PushKeyEndpoint
{
    public static void MapPushKey(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/push-key", Key).RequireAuthorization(Policies.Staff).RequireRateLimiting(RateLimits.Staff).WithTags("Staff")
            .WithDescription("The key that a browser subscribes with. Without one nothing is pushed to browsers here.")
            .Produces<PushKeyBody>()
            .Refuses(Code.NotSignedIn, Code.TooManyRequests, Code.Unavailable);

    private static IResult Key(PushHere push) => Results.Ok(new PushKeyBody(push.PublicKey is null ? DeviceChannel.NotConfigured : DeviceChannel.Ready, push.PublicKey, push.Demo));
}

/// <param name="PublicKey">A point of P-256, uncompressed, in base64url; null where push to browsers is off.</param>
/// <param name="Demo">An invented programme: it calls no real push service.</param>
public sealed record PushKeyBody(DeviceChannel Channel, string? PublicKey, bool Demo);
