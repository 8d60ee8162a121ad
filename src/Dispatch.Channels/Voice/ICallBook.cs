using Dispatch.Domain.Numbers;
using Dispatch.Domain.Responders;

namespace Dispatch.Channels.Voice;

/// <summary>What the host keeps of calls, so that whoever asks what to say, or reports what became of one, is understood on any host and after a crash. Throws when it cannot be asked.</summary>
public interface ICallBook
{
    /// <param name="key">What she is called about.</param>
    Task<CallRecord?> Find(string key, string recipient);

    /// <summary>
    /// Durable before anything rings: a call that nobody can answer to is none. Null while another call to her is under way; one that is not urgent yields to one that is.
    /// </summary>
    Task<BegunCall?> Begin(CallSubject subject, PhoneNumber number, Device device);

    /// <summary>A gateway took it; from here on it can be ended.</summary>
    Task Placed(BegunCall call, string gateway, string? externalId);

    /// <summary>No gateway took it: her line is free, and the same attempt may be made again.</summary>
    Task NotPlaced(BegunCall call);

    /// <summary>It is over, for this reason.</summary>
    Task Over(BegunCall call, string why);

    /// <summary>It was ended for one that is urgent.</summary>
    Task Over(YieldedCall call);
}

/// <param name="Key">What is called about, and once only: a notice's id, or the part of it that a repeat shares.</param>
/// <param name="Words">Key of the approved words.</param>
/// <param name="OfferId">Set where a key answers that offer.</param>
/// <param name="Urgent">Waits for no call that is not.</param>
public sealed record CallSubject(string Key, string Recipient, string Words, string? Language, string? OfferId = null, int Round = 0, bool Urgent = true);

/// <param name="No">Which attempt.</param>
/// <param name="Reference">By which the gateway names it to us.</param>
/// <param name="Yields">The call that had her line until now and still rings.</param>
public sealed record BegunCall(string Key, string Recipient, int No, string Reference, YieldedCall? Yields = null);

/// <param name="Id">Of all calls to her about it.</param>
/// <param name="No">Which attempt.</param>
public sealed record YieldedCall(string Id, int No, string Gateway, RingingCall Call);
