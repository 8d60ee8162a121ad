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
        services.AddSingleton(host => host.RoutesThrough((settings?.Gateways ?? []).Select(g => g.Make(host.GetRequiredService<GatewayHttp>())), settings?.Routes));
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
}
