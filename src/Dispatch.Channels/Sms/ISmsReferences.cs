using Dispatch.Domain.Responders;

namespace Dispatch.Channels.Sms;

/// <summary>What the host keeps so that a gateway's report finds the offer it is about, hours later. No number is in it.</summary>
public interface ISmsReferences
{
    /// <summary>The reference of this text, the same in each repeat. Kept before it leaves where that can be had at once; a store in trouble keeps no text from leaving. Never throws.</summary>
    Task<string> Issue(SmsSubject subject);

    /// <summary>The gateway knows it by its own id. Returns at once and never throws.</summary>
    void Accepted(string gateway, string externalId, string reference);
}

/// <param name="Key">What is sent, and once only: a notice's id, or the part of it that a repeat shares.</param>
/// <param name="OfferId">Set where its delivery is the delivery of that offer.</param>
public sealed record SmsSubject(string Key, string Recipient, Device Device, string? OfferId = null, int Round = 0);
