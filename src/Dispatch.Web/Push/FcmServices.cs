using Dispatch.Channels.Fcm;
using Dispatch.Domain.Channels;
using Dispatch.Web.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatch.Web.Push;

internal static class FcmServices
{
    /// <summary>Native push, where the settings name a project; a device of that kind is kept without it, and its owner is told that nothing reaches it.</summary>
    public static void AddFcm(this WebApplicationBuilder builder, HostPaths paths)
    {
        if (FcmSettings.Read(builder.Configuration, paths.Demo) is not { } settings) return;
        builder.Services.TryAddSingleton(_ => new FcmAccount(settings.Key, settings.ProjectId));
        builder.Services.AddSingleton<IChannel, FcmChannel>();
    }
}
