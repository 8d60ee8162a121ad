using System.Collections.Immutable;
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
        services.AddSingleton(host => Routes(settings, host));
        services.AddSingleton<IChannelHealth>(host => host.GetRequiredService<GatewayRoutes<VoiceCall>>());
        services.AddSingleton<CallBook>();
        services.AddSingleton<ICallBook>(host => host.GetRequiredService<CallBook>());
        services.AddSingleton<CallDesk>();
        if (settings is not null) services.AddSingleton<IChannel, VoiceChannel>();
    }

    private static GatewayRoutes<VoiceCall> Routes(VoiceSettings? settings, IServiceProvider host)
    {
        var (gateways, clock, log) = (host.GetRequiredService<VoiceGateways>(), host.GetRequiredService<TimeProvider>(), host.GetRequiredService<ILogger<GuardedGateway<VoiceCall>>>());
        var guarded = (settings?.Gateways ?? []).ToDictionary(g => g.Name, g => new GuardedGateway<VoiceCall>(gateways.Of(g.Name)!, clock, log));
        return new GatewayRoutes<VoiceCall>((settings?.Routes ?? []).ToDictionary(r => r.Key, r => r.Value.Select(name => guarded[name]).ToImmutableArray()), clock);
    }
}
