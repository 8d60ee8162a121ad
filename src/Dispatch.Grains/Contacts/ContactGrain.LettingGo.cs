using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Grains.Alerts;
using Microsoft.Extensions.Logging;

namespace Dispatch.Grains.Contacts;

internal sealed partial class ContactGrain
{
    /// <summary>Where one of them does not answer they stay, and go on being asked before anything goes to the number.</summary>
    private async Task<Contact> LetGo(Contact contact, DateTimeOffset now)
    {
        var alerts = LettingGo.Asked(contact).Select(a => GrainFactory.GetGrain<IAlertGrain>(a)).ToArray();
        if (alerts.Length == 0) return contact;
        try
        {
            var (phones, shut) = (Task.WhenAll(alerts.Select(a => a.HerPhone())), Task.WhenAll(alerts.Select(a => a.WhoIsShutOut())));
            await Task.WhenAll(phones, shut).WaitAsync(AskWithin, clock);
            var nobody = (await shut).OfType<ShutOut>().Aggregate(ShutOut.Nobody, (all, one) => all.And(one));
            return LettingGo.Leave(contact, [.. (await phones).OfType<HerPhone>()], nobody, now) is ContactDecision.Changed left ? left.Contact : contact;
        }
#pragma warning disable CA1031 // Nothing waits for it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("An earlier alert of a number did not say what it knows of it, and is asked again: {Failure}", failure.GetType().Name);
            return contact;
        }
    }
}
