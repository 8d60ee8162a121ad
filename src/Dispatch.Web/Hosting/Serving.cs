using Dispatch.Grains.Hosting;
using Dispatch.Web.Limits;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatch.Web.Hosting;

internal static class Serving
{
    /// <summary>How long requests under way may take to finish once the host is told to stop.</summary>
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(5);

    public static void AddServing(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Bounds.BodyBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopWithin);
        // A reverse proxy on this machine, or one that the settings name, says who is asking and whether by https; anybody else's word is ignored.
        var proxies = Proxies.Known(builder.Configuration);
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            foreach (var proxy in proxies) forwarded.KnownIPNetworks.Add(proxy);
        });
        builder.Services.ConfigureHttpJsonOptions(json => WireJson.Apply(json.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = false);
        builder.Services.TryAddSingleton<TimeProvider, SteadyClock>();
        builder.Services.TryAddSingleton<IIds, RandomIds>();
    }
}
