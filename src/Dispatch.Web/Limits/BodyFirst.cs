using Microsoft.AspNetCore.RateLimiting;

namespace Dispatch.Web.Limits;

internal static class BodyFirst
{
    /// <summary>
    /// Where few may work at once, the whole body is here before one of them starts: an upload that trickles in on a bad network, or on purpose, waits without holding the
    /// place that the next alert needs. At most <see cref="Bounds.BodyBytes"/> each, all of it in memory.
    /// </summary>
    public static void UseBodyFirst(this IApplicationBuilder app) => app.Use(static async (http, next) =>
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName is RateLimits.Raise or RateLimits.SignIn or RateLimits.PartnerRaise)
        {
            http.Request.EnableBuffering(bufferThreshold: Bounds.BodyBytes + 1);
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
            http.Request.Body.Position = 0;
        }

        await next(http);
    });
}
