using Dispatch.Domain.Contacts;
using Dispatch.Grains.Alerts;
using Orleans;

namespace Dispatch.Web.Contacts;

/// <summary>
/// A number as it stands once the alerts that it is or was tied to have said what they know of her phone. Asked just before anything goes to it or is said of it; where one of them does
/// not answer, nothing goes there.
/// </summary>
internal sealed class HerPhones(IGrainFactory grains, TimeProvider clock, ILogger<HerPhones> log)
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(2);

    public async Task<StandingNumber> Ask(Contact? contact)
    {
        if (contact is null) return new StandingNumber(null, MayText: false);
        try
        {
            var said = await Task.WhenAll(Heeding.Asks(contact).Select(alert => grains.GetGrain<IAlertGrain>(alert).HerPhone())).WaitAsync(Within, clock);
            return new StandingNumber(Heeding.Heed(contact, [.. said.OfType<HerPhone>()]), Heeding.MayText(contact, [.. said.OfType<HerPhone>()], clock.GetUtcNow()));
        }
#pragma warning disable CA1031 // What she wrote is taken whatever an earlier alert says or does not say.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("An alert did not say what it knows of a phone, which is left alone: {Failure}", failure.GetType().Name);
            return new StandingNumber(contact, MayText: false, IsKnown: false);
        }
    }
}

/// <param name="Contact">With the mark that holds now.</param>
/// <param name="IsKnown">Every alert answered. Otherwise the number is given to nobody, and a human asks.</param>
internal sealed record StandingNumber(Contact? Contact, bool MayText, bool IsKnown = true);
