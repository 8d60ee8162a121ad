using Dispatch.Domain.Channels;

namespace Dispatch.Web.Gateways;

/// <summary>How one kind of gateway proves that it is that gateway.</summary>
internal interface IGatewayWebhook
{
    /// <summary>Whether whoever calls has the gateway's secret. Who is at the far end of a text or a call is not proved by it: nobody can prove that.</summary>
    bool Genuine(GatewayCall call, DateTimeOffset now);
}

/// <summary>By what they carry and by the gateway's name: one provider may bring texts and calls under the same name.</summary>
internal sealed class GatewayWebhooks(IReadOnlyDictionary<(ChannelKind Channel, string Name), IGatewayWebhook> all)
{
    public IGatewayWebhook? Of(ChannelKind channel, string name) => all.GetValueOrDefault((channel, name));
}

/// <summary>What the gateways that call an endpoint carry.</summary>
internal sealed record CarriedHere(ChannelKind Channel);
