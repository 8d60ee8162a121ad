using Dispatch.Grains.Hosting;
using Dispatch.Web.Hosting;

namespace Dispatch.Web.Push;

internal static class FcmServices
{
    /// <summary>This build has no native push. Somebody who set it up must not believe that phones ring.</summary>
    public static void AddFcm(this WebApplicationBuilder builder, HostPaths _)
    {
        foreach (var setting in new[] { "Fcm:ServiceAccountFile", "Fcm:ProjectId" })
        {
            if (!string.IsNullOrWhiteSpace(builder.Configuration[setting])) throw new StartRefusedException($"{setting} is set, and this build has no native push. Remove the setting, or build with -p:Engine=Orleans.");
        }
    }
}
