using Dispatch.Web.Live;
using Dispatch.Web.Problems;
using Microsoft.AspNetCore.Authorization;

namespace Dispatch.Web.Staff;

/// <summary>
/// A cookie comes along by itself, so it alone changes nothing: the page must add a header that another site's page cannot, and a live connection must
/// come from our own pages.
/// </summary>
internal static class CrossSiteGuard
{
    public const string Header = "X-Dispatch";

    public static void UseCrossSiteGuard(this IApplicationBuilder app) => app.Use(static (http, next) =>
        http.User.HasClaim(c => c.Type == StaffMembers.ByCookieClaim) && http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null && !Ours(http.Request)
            ? Problem.Of(Code.GuardMissing, $"Send the header {Header}: 1.").ExecuteAsync(http)
            : next(http));

    private static bool Ours(HttpRequest request)
    {
        if (request.Path.StartsWithSegments(LiveHub.Path, StringComparison.Ordinal))
        {
            var origin = request.Headers.Origin.ToString();
            return origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority == request.Host.Value);
        }

        return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Headers.ContainsKey(Header);
    }
}
