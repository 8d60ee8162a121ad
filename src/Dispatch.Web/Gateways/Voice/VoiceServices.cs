using Dispatch.Channels.Gateways;
using Dispatch.Channels.Health;
using Dispatch.Channels.Voice;
using Dispatch.Domain.Channels;
using Dispatch.Web.Gateways.Voice.Incoming;

namespace Dispatch.Web.Gateways.Voice;

internal static class VoiceServices
{
    /// <summary>Calls, where the settings name a gateway. A number is kept without one, and its owner is told that nothing rings it.</summary>
    /// <param name="services">Of the host.</param>
    /// <param name="settings">Null: nothing rings anybody.</param>
    /// <param name="staff">Staff are rung, too, and not only who rang.</param>
    public static void AddCalls(this IServiceCollection services, VoiceSettings? settings, bool staff)
    {
        services.AddSingleton(host => new VoiceGateways((settings?.Gateways ?? []).Select(g => g.Make(host.GetRequiredService<GatewayHttp>()))));
        services.AddSingleton(host => host.RoutesThrough((settings?.Gateways ?? []).Select(g => host.GetRequiredService<VoiceGateways>().Of(g.Name)!), settings?.Routes));
        services.AddSingleton<IChannelHealth>(host => host.GetRequiredService<GatewayRoutes<VoiceCall>>());
        services.AddSingleton<CallBook>();
        services.AddSingleton<ICallBook>(host => host.GetRequiredService<CallBook>());
        services.AddSingleton<CallDesk>();
        services.AddIncomingCalls();
        if (staff) services.AddSingleton<IChannel, VoiceChannel>();
    }
}
