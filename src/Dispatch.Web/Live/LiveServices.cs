using Dispatch.Channels.Live;
using Dispatch.Domain.Channels;
using Dispatch.Web.Hosting;

namespace Dispatch.Web.Live;

internal static class LiveServices
{
    /// <summary>A page sends receipts: a few dozen bytes each.</summary>
    private const int MaxMessageBytes = 4 * 1024;

    public static void AddLive(this WebApplicationBuilder builder)
    {
        builder.Services.AddSignalR(hub =>
        {
            hub.MaximumReceiveMessageSize = MaxMessageBytes;
            hub.MaximumParallelInvocationsPerClient = 4;
            hub.EnableDetailedErrors = false;
        }).AddJsonProtocol(json => WireJson.Apply(json.PayloadSerializerOptions));
        builder.Services.AddSingleton<Presence>();
        builder.Services.AddSingleton<LocalRelay>();
        builder.Services.AddSingleton<IOpenPages>(services => services.GetRequiredService<LocalRelay>());
        // An engine of many hosts puts its own in this one's place.
        builder.Services.AddSingleton<ILiveRelay>(services => services.GetRequiredService<LocalRelay>());
        builder.Services.AddSingleton<IChannel, LiveChannel>();
    }

    public static void MapLive(this IEndpointRouteBuilder routes) =>
        routes.MapHub<LiveHub>(LiveHub.Path, hub =>
        {
            // The page has until its ticket runs out; then it signs in again.
            hub.CloseOnAuthenticationExpiration = true;
            // What a page that stopped reading may cost in memory.
            hub.TransportMaxBufferSize = 32 * 1024;
            hub.ApplicationMaxBufferSize = 8 * 1024;
        });
}
