using System.Collections.Immutable;
using Dispatch.Channels.Health;
using Dispatch.Channels.Sms;
using Dispatch.Domain.Channels;
using Dispatch.Web.Hosting;

namespace Dispatch.Web.Gateways;

internal static class SmsServices
{
    /// <summary>Texts, where the settings name a gateway. A number is kept without one, and its owner is told that nothing reaches it.</summary>
    public static void AddSms(this WebApplicationBuilder builder, HostPaths paths)
    {
        var settings = SmsSettings.Read(builder.Configuration, paths.Demo);
        var services = builder.Services;
        SmsHttp.AddClient(services);
        services.AddSingleton<SmsHttp>();
        services.AddSingleton(host => Routes(settings, host));
        services.AddSingleton<IChannelHealth>(host => host.GetRequiredService<SmsRoutes>());
        services.AddSingleton(new SmsWebhooks((settings?.Gateways ?? []).ToDictionary(g => g.Name, g => g.Webhook)));
        services.AddSingleton<SmsReferences>();
        services.AddSingleton<ISmsReferences>(host => host.GetRequiredService<SmsReferences>());
        services.AddSingleton<NumberIndex>();
        services.AddSingleton<NumberLimits>();
        services.AddSingleton<ForgedCalls>();
        services.AddSingleton<SeenTexts>();
        services.AddSingleton<SmsReplies>();
        services.AddSingleton<AnswerDesk>();
        services.AddSingleton<TextReports>();
        services.AddSingleton<TextSweep>();
        if (settings is null) return;
        services.AddHostedService(host => host.GetRequiredService<TextSweep>());
        services.AddSingleton<IChannel, SmsChannel>();
    }

    private static SmsRoutes Routes(SmsSettings? settings, IServiceProvider host)
    {
        var (http, clock, log) = (host.GetRequiredService<SmsHttp>(), host.GetRequiredService<TimeProvider>(), host.GetRequiredService<ILogger<GuardedGateway>>());
        var gateways = (settings?.Gateways ?? []).ToDictionary(g => g.Name, g => new GuardedGateway(g.Make(http), clock, log));
        var routes = (settings?.Routes ?? []).ToDictionary(r => r.Key, r => r.Value.Select(name => gateways[name]).ToImmutableArray());
        return new SmsRoutes(routes, clock);
    }
}
