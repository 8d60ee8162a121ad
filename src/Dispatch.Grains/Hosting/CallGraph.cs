using Dispatch.Grains.Alerts;
using Dispatch.Grains.Contacts;
using Dispatch.Grains.Hotline;
using Dispatch.Grains.Protocols;
using Dispatch.Grains.Responders;
using Dispatch.Grains.ServiceAreas;
using Dispatch.Grains.Shelters;

namespace Dispatch.Grains.Hosting;

/// <summary>The only calls from actor to actor. They go one way, so that no two can ever wait for each other.</summary>
public static class CallGraph
{
    public static IReadOnlyList<(string Caller, string Callee)> Edges { get; } =
    [
        (nameof(ContactGrain), nameof(IAlertGrain)),
        (nameof(ContactGrain), nameof(IHotlineGrain)),
        (nameof(ContactGrain), nameof(IServiceAreaGrain)),
        (nameof(AlertGrain), nameof(IResponderGrain)),
        (nameof(AlertGrain), nameof(IHotlineGrain)),
        (nameof(AlertGrain), nameof(IServiceAreaGrain)),
        (nameof(AlertGrain), nameof(IShelterGrain)),
        (nameof(HotlineGrain), nameof(IServiceAreaGrain)),
        (nameof(ResponderGrain), nameof(IServiceAreaGrain)),
        (nameof(ServiceAreaGrain), nameof(IProtocolGrain)),
    ];
}
