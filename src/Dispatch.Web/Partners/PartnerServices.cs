using Dispatch.Channels.WebPush;
using Dispatch.Grains.Hosting;
using Dispatch.Web.Hosting;
using Dispatch.Web.Sealing;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatch.Web.Partners;

internal static class PartnerServices
{
    private const string LoopbackSetting = "Partners:Loopback";

    public static void AddPartners(this WebApplicationBuilder builder, HostPaths paths)
    {
        var reach = Reach(builder.Configuration, builder.Environment.IsProduction(), paths.Demo);
        builder.Services.AddSingleton<PartnerKeys>();
        builder.Services.AddSingleton<PartnerRows>();
        builder.Services.AddSingleton<PartnerUse>();
        builder.Services.AddSingleton<PartnerDesk>();
        builder.Services.TryAddSingleton(services => new WebhookHttp(reach, services.GetRequiredService<Macs>(), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<PartnerTelling>();
        builder.Services.AddSingleton<PartnerFollowing>();
        builder.Services.AddHostedService(services => services.GetRequiredService<PartnerFollowing>());
    }

    public static void MapPartners(this IEndpointRouteBuilder routes)
    {
        routes.MapPartnerAdministration();
        routes.MapPartnerCalls();
    }

    /// <summary>A demo calls nobody but this machine: whoever tries it out may write any address into it.</summary>
    private static PushReach Reach(IConfiguration configuration, bool production, bool demo)
    {
        var text = configuration[LoopbackSetting];
        var loopback = false;
        if (!string.IsNullOrWhiteSpace(text) && !bool.TryParse(text, out loopback)) throw new StartRefusedException($"{LoopbackSetting} must be true or false.");
        if (loopback && production) throw new StartRefusedException($"{LoopbackSetting} is set in Production. It is for a stand-in on this machine; no partner is reached with it.");
        return loopback || demo ? PushReach.Loopback : PushReach.Public;
    }
}
