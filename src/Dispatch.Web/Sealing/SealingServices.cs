using Dispatch.Web.Hosting;

namespace Dispatch.Web.Sealing;

internal static class SealingServices
{
    public static void AddSealing(this WebApplicationBuilder builder, HostPaths paths)
    {
        builder.Services.AddSingleton(services => MasterKey.Load(paths.Keys, create: paths.Demo, services.GetRequiredService<IIds>()));
        builder.Services.AddSingleton<Vault>();
        builder.Services.AddSingleton<Macs>();
        builder.Services.AddSingleton<OutboxKey>();
    }
}
