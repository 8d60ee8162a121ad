using System.Collections.Immutable;
using Dispatch.Channels.Gateways;
using Dispatch.Channels.Health;
using Dispatch.Channels.Sms;
using Dispatch.Domain.Channels;

namespace Dispatch.Web.Gateways;

internal static class SmsServices
{
    /// <summary>Texts, where the settings name a gateway. A number is kept without one, and its owner is told that nothing reaches it.</summary>
    public static void AddTexts(this IServiceCollection services, SmsSettings? settings)
    {
        services.AddSingleton(host => Routes(settings, host));
        services.AddSingleton<IChannelHealth>(host => host.GetRequiredService<GatewayRoutes<SmsMessage>>());
        services.AddSingleton<SmsReferences>();
        services.AddSingleton<ISmsReferences>(host => host.GetRequiredService<SmsReferences>());
        services.AddSingleton<NumberIndex>();
        services.AddSingleton<NumberLimits>();
        services.AddSingleton<SeenTexts>();
        services.AddSingleton<SmsReplies>();
        services.AddSingleton<AnswerDesk>();
        services.AddSingleton<TextReports>();
        if (settings is not null) services.AddSingleton<IChannel, SmsChannel>();
    }

    private static GatewayRoutes<SmsMessage> Routes(SmsSettings? settings, IServiceProvider host)
    {
        var (http, clock, log) = (host.GetRequiredService<GatewayHttp>(), host.GetRequiredService<TimeProvider>(), host.GetRequiredService<ILogger<GuardedGateway<SmsMessage>>>());
        var gateways = (settings?.Gateways ?? []).ToDictionary(g => g.Name, g => new GuardedGateway<SmsMessage>(g.Make(http), clock, log));
        var routes = (settings?.Routes ?? []).ToDictionary(r => r.Key, r => r.Value.Select(name => gateways[name]).ToImmutableArray());
        return new GatewayRoutes<SmsMessage>(routes, clock);
    }
}
