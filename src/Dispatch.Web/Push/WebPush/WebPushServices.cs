using Dispatch.Channels.WebPush;
using Dispatch.Domain.Channels;
using Dispatch.Web.Hosting;
using Dispatch.Web.Sealing;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatch.Web.Push.WebPush;

internal static class WebPushServices
{
    /// <summary>The key's use in the master key's derivation. Another one would end every subscription.</summary>
    private const string KeyUse = "vapid";

    /// <summary>Push to browsers, where the settings say who answers for it.</summary>
    public static void AddWebPush(this WebApplicationBuilder builder, HostPaths paths)
    {
        if (WebPushSettings.Read(builder.Configuration, paths.Demo, builder.Environment.IsProduction()) is not { } settings)
        {
            builder.Services.AddSingleton(new PushHere(null, PushReach.Public, paths.Demo));
            return;
        }

        builder.Services.AddSingleton(services => new VapidKey(DerivedPair.Of(services.GetRequiredService<MasterKey>(), KeyUse)));
        builder.Services.AddSingleton(services => new PushHere(services.GetRequiredService<VapidKey>().PublicKey, settings.Reach, paths.Demo));
        builder.Services.TryAddSingleton(services => new WebPushAccount(services.GetRequiredService<VapidKey>(), settings.Contact, settings.Reach, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<IChannel, WebPushChannel>();
    }
}

/// <summary>What browsers are told of push on this host.</summary>
/// <param name="PublicKey">Null where it is off.</param>
/// <param name="Reach">Where a browser that registers may live.</param>
internal sealed record PushHere(string? PublicKey, PushReach Reach, bool Demo);
