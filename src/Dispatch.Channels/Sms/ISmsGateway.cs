using Dispatch.Channels.Gateways;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Numbers;

namespace Dispatch.Channels.Sms;

public interface ISmsGateway : IGateway<SmsMessage>
{
    ChannelKind IGateway<SmsMessage>.Kind => ChannelKind.Sms;
}

/// <param name="Reference">By which a report is recognised: opaque, at most 36 characters, the same in each repeat, so that a gateway that knows it sends it once.</param>
/// <param name="Urgent">Goes before whatever is not.</param>
public sealed record SmsMessage(PhoneNumber To, string Text, string Reference, bool Urgent) : IGatewayMessage;
