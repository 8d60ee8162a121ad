using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Orleans;
using Orleans.Concurrency;

namespace Dispatch.Grains.Contacts;

/// <summary>
/// One number on one line. Key: <see cref="ContactId"/> of a keyed fingerprint that the host makes. Called by the host only; it calls alerts, the line and the service area, and nobody
/// calls it back.
/// </summary>
[Alias("dispatch.contact")]
public interface IContactGrain : IGrainWithStringKey
{
    /// <summary>
    /// Something came in. The answer follows the durable write of it with everything that it causes: the item in the queue, the alert to raise, the call-back. Repeating the same event
    /// changes nothing and answers what is known now. After a timeout, repeat.
    /// </summary>
    [Alias("receive"), ResponseTimeout("00:00:10")]
    Task<ContactResult> Receive(ReceiveContact command);

    /// <summary>How the number may be answered, in a human's words.</summary>
    [Alias("mark"), ResponseTimeout("00:00:10")]
    Task<ContactResult> Mark(ContactMark mark);

    /// <summary>A human who has one of its items rings the number through the line. Repeating it while it rings changes nothing.</summary>
    [Alias("callBack"), ResponseTimeout("00:00:10")]
    Task<ContactResult> CallBack(string by);

    /// <summary>A human says which alert it is about. Idempotent.</summary>
    /// <param name="alert">Which.</param>
    /// <param name="carry">It is the same event: what the number asked for lately is asked there, too.</param>
    /// <param name="by">Who says so.</param>
    [Alias("tie"), ResponseTimeout("00:00:10")]
    Task<ContactResult> Tie(string alert, bool carry, string by);

    /// <summary>A human says that it is not about that alert; with a raise, it becomes one of its own. Idempotent.</summary>
    [Alias("untie"), ResponseTimeout("00:00:10")]
    Task<ContactResult> Untie(string alert, RaiseAlert? raise, string by);

    /// <summary>Pulls what the line decided and does what is due. Calling it at any time is harmless. False: there is no such contact. Throws when what is due could not be done.</summary>
    [Alias("wake"), ResponseTimeout("00:00:10")]
    Task<bool> Wake();

    /// <summary>
    /// Forgets it where nothing of it is open and it was idle for so long; otherwise it is looked at again when that may be. False: there is no such contact, and nothing to look at again.
    /// Calling it at any time is harmless.
    /// </summary>
    [Alias("forget"), ResponseTimeout("00:00:10")]
    Task<bool> Forget(TimeSpan keptFor);

    /// <summary>What is known of it, sealed parts still sealed; null where nothing ever came in.</summary>
    [Alias("view"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<Contact?> View();
}

/// <param name="Contact">As it is now; null where there is none.</param>
/// <param name="First">The event was new.</param>
[Immutable]
public sealed record ContactResult(Refusal? Refused, Contact? Contact, bool First = false);
