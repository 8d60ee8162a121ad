using Dispatch.Domain.Channels;
using Dispatch.Domain.Numbers;

namespace Dispatch.Channels.Gateways;

/// <summary>One way to hand something to a telephone network. Never throws for what the far side does, and ends by the deadline.</summary>
public interface IGateway<in TMessage>
    where TMessage : IGatewayMessage
{
    ChannelKind Kind { get; }

    /// <summary>As the settings name it.</summary>
    string Name { get; }

    Task<GatewayOutcome> Send(TMessage message, CancellationToken deadline);
}

/// <summary>What every gateway must know of what it is to send.</summary>
public interface IGatewayMessage
{
    PhoneNumber To { get; }

    /// <summary>Goes before whatever is not.</summary>
    bool Urgent { get; }
}
