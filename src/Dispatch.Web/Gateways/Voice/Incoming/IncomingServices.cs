using Dispatch.Grains.Contacts;
using Dispatch.Web.Hosting;

namespace Dispatch.Web.Gateways.Voice.Incoming;

internal static class IncomingServices
{
    public static void AddIncomingCalls(this IServiceCollection services)
    {
        services.AddReadAtStart<IncomingLines>();
        services.AddSingleton<IncomingLimits>();
        services.AddSingleton<WithheldCalls>();
        services.AddSingleton<LastHeard>();
        services.AddSingleton<IvrWords>();
        services.AddSingleton<Takers>();
        services.AddSingleton<CallBackDesk>();
        services.AddSingleton<ICallsBack>(host => host.GetRequiredService<CallBackDesk>());
        services.AddSingleton<IncomingDesk>();
    }
}
