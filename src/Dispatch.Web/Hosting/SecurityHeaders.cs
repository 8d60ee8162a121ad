namespace Dispatch.Web.Hosting;

internal static class SecurityHeaders
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    /// <summary>When the answer starts: what an exception handler clears on the way is set again.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use(static (http, next) =>
    {
        http.Response.OnStarting(static context => Set((HttpContext)context), http);
        // Answers are about people: nothing on the way may keep them. Assets say otherwise for themselves, later.
        http.Response.Headers.CacheControl = "no-store";
        return next(http);
    });

    private static Task Set(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        if (!IsAsset(http.Request.Path))
        {
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers.ContentSecurityPolicy = Policy;
            headers["Referrer-Policy"] = "no-referrer";
            headers["Permissions-Policy"] = "geolocation=(self), camera=(), microphone=(), payment=(), usb=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
        }

        if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
        if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=63072000; includeSubDomains";
        return Task.CompletedTask;
    }

    /// <summary>
    /// What a page loads obeys the page's policy, and is the same for everybody; repeated on each of sixteen small files, the headers weighed a third of her first view. The
    /// service worker is a context of its own and keeps them.
    /// </summary>
    private static bool IsAsset(PathString path) =>
        Path.GetExtension(path.Value) is ".css" or ".svg" or ".webmanifest" || (Path.GetExtension(path.Value) is ".js" && path != "/sw.js");
}
