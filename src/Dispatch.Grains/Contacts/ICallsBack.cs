using Dispatch.Domain.Channels;
using Dispatch.Domain.Contacts;

namespace Dispatch.Grains.Contacts;

/// <summary>Rings a number that rang us. The host's: only it can open the number.</summary>
public interface ICallsBack
{
    /// <summary>One try, named by the contact and its number of the try: a repeat of the same rings once. Never throws for a refusal of the far side, and ends by the deadline.</summary>
    Task<DeliveryResult> Ring(Contact contact, CancellationToken deadline);
}
