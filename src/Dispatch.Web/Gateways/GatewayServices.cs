using System.Collections.Immutable;
using Dispatch.Channels.Gateways;
using Dispatch.Web.Demo;
using Dispatch.Web.Gateways.Testing;
using Dispatch.Web.Gateways.Texts;
using Dispatch.Web.Gateways.Ussd;
using Dispatch.Web.Gateways.Voice;
using Dispatch.Web.Hosting;

namespace Dispatch.Web.Gateways;

/// <summary>Texts, calls and menus, and what they have in common.</summary>
internal static class GatewayServices
{
    public static void AddGateways(this WebApplicationBuilder builder, HostPaths paths)
    {
        var (texts, calls, menus) = (SmsSettings.Read(builder.Configuration, paths.Demo), VoiceSettings.Read(builder.Configuration, paths.Demo), UssdSettings.Read(builder.Configuration, paths.Demo));
        var services = builder.Services;
        GatewayHttp.AddClient(services);
        services.AddSingleton<GatewayHttp>();
        // In the demo a page plays the telephone, through the same gateway as a real one's bridge.
        var telephone = paths.Demo ? new DemoTelephone() : null;
        if (telephone is not null) services.AddSingleton(telephone);
        var rings = calls ?? telephone?.Settings;
        services.AddSingleton(Webhooks(texts, rings, menus));
        services.AddSingleton<ForgedCalls>();
        services.AddSingleton<OfferAnswers>();
        services.AddSingleton<DeadNumbers>();
        services.AddSingleton<NumberTests>();
        services.AddSingleton<TextSweep>();
        services.AddTexts(texts);
        services.AddCalls(rings, staff: calls is not null);
        services.AddConversations();
        services.AddMenus();
        if (texts is not null || calls is not null || !menus.IsEmpty) services.AddHostedService(host => host.GetRequiredService<TextSweep>());
    }

    public static void MapGateways(this IEndpointRouteBuilder routes)
    {
        routes.MapTexts();
        routes.MapCalls();
        routes.MapMenus();
    }

    /// <summary>Each gateway guarded once, in however many countries it is asked.</summary>
    /// <param name="routes">By calling code: names of the gateways; null where the settings name none.</param>
    public static GatewayRoutes<TMessage> RoutesThrough<TMessage>(this IServiceProvider host, IEnumerable<IGateway<TMessage>> gateways, ImmutableDictionary<string, ImmutableArray<string>>? routes)
        where TMessage : IGatewayMessage
    {
        var (clock, log) = (host.GetRequiredService<TimeProvider>(), host.GetRequiredService<ILogger<GuardedGateway<TMessage>>>());
        var guarded = gateways.ToDictionary(g => g.Name, g => new GuardedGateway<TMessage>(g, clock, log));
        return new GatewayRoutes<TMessage>((routes ?? ImmutableDictionary<string, ImmutableArray<string>>.Empty).ToDictionary(r => r.Key, r => r.Value.Select(name => guarded[name]).ToImmutableArray()), clock);
    }

    private static GatewayWebhooks Webhooks(SmsSettings? texts, VoiceSettings? calls, ImmutableArray<(string Name, IUssdWebhook Webhook)> menus) => new(
        (texts?.Gateways ?? []).Select(g => (Key: (Carried.Sms, g.Name), Webhook: (IGatewayWebhook)g.Webhook))
            .Concat((calls?.Gateways ?? []).Select(g => (Key: (Carried.Voice, g.Name), Webhook: (IGatewayWebhook)g.Webhook)))
            .Concat(menus.Select(g => (Key: (Carried.Ussd, g.Name), Webhook: (IGatewayWebhook)g.Webhook)))
            .ToDictionary(w => w.Key, w => w.Webhook));
}
