using Dispatch.Grains.ServiceAreas;
using Orleans;

namespace Dispatch.Grains.Responders;

/// <summary>
/// Tells a person's areas how much she has to do. Not in her own actor's turn: an area that does not answer must not keep her offers and
/// other alerts waiting. Repeat it until it succeeds; repeating costs nothing, and an area ignores what is older than it knows.
/// </summary>
public static class WorkNews
{
    public static async Task Tell(IGrainFactory grains, string responder)
    {
        ArgumentNullException.ThrowIfNull(grains);
        var work = await grains.GetGrain<IResponderGrain>(responder).Work();
        await Task.WhenAll(work.Areas.Select(area => grains.GetGrain<IServiceAreaGrain>(area).Working(responder, work)));
    }
}
