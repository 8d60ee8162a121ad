using Dispatch.Channels.Gateways;
using Dispatch.Channels.Health;
using Dispatch.Channels.Voice;
using Dispatch.Domain.Channels;

namespace Dispatch.Web.Gateways.Voice;

internal static class VoiceServices
{
    /// <summary>Calls, where the settings name a gateway. A number is kept without one, and its owner is told that nothing rings it.</summary>
    public static void AddCalls(this IServiceCollection services, VoiceSettings? settings)
    {
        services.AddSingleton(host => new VoiceGateways((settings?.Gateways ?? []).Select(g => g.Make(host.GetRequiredService<GatewayHttp>()))));
        services.AddSingleton(host => host.RoutesThrough((settings?.Gateways ?? []).Select(g => host.GetRequiredService<VoiceGateways>().Of(g.Name)!), settings?.Routes));
        services.AddSingleton<IChannelHealth>(host => host.GetRequiredService<GatewayRoutes<VoiceCall>>());
        services.AddSingleton<CallBook>();
        services.AddSingleton<ICallBook>(host => host.GetRequiredService<CallBook>());
        services.AddSingleton<CallDesk>();
        if (settings is not null) services.AddSingleton<IChannel, VoiceChannel>();
    }
}
