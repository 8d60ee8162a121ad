using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Grains.Alerts;
using Microsoft.Extensions.Logging;

namespace Dispatch.Grains.Contacts;

internal sealed partial class ContactGrain
{
    /// <summary>Her call waits no longer than this for an alert that does not answer.</summary>
    private static readonly TimeSpan AskWithin = TimeSpan.FromSeconds(2);

    /// <summary>Asked before anything of it is shown, so that the first row is right. Null where an alert does not say: then what was known holds.</summary>
    private async Task<ShutOut?> WhoIsShutOut(params string[] more)
    {
        if (Current is not { } contact) return null;
        string[] alerts = [.. Shutting.Asked(contact).Union(more)];
        if (alerts.Length == 0) return null;
        try
        {
            var said = await Task.WhenAll(alerts.Select(a => GrainFactory.GetGrain<IAlertGrain>(a).WhoIsShutOut())).WaitAsync(AskWithin, clock);
            return said.OfType<ShutOut>().Aggregate(ShutOut.Nobody, (all, one) => all.And(one));
        }
#pragma warning disable CA1031 // What rings must ring, whatever is not known of it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("An alert did not say who must not know of a number: {Failure}", failure.GetType().Name);
            return null;
        }
    }
}
