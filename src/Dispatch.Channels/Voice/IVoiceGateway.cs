using Dispatch.Channels.Gateways;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Numbers;

namespace Dispatch.Channels.Voice;

/// <summary>One way to make a phone ring. What is said on it is asked for by the gateway, once somebody picks up.</summary>
public interface IVoiceGateway : IGateway<VoiceCall>
{
    ChannelKind IGateway<VoiceCall>.Kind => ChannelKind.Voice;

    /// <summary>Ends a call that rings; one that somebody has picked up goes on. A call that is over counts as ended. Refused where this kind cannot.</summary>
    Task<GatewayOutcome> HangUp(RingingCall call, CancellationToken deadline);
}

/// <param name="Reference">By which the gateway's questions and reports are recognised: opaque, at most 36 characters, the same in each repeat, so that a gateway that knows it rings once.</param>
/// <param name="Urgent">Goes before whatever is not.</param>
public sealed record VoiceCall(PhoneNumber To, string Reference, bool Urgent) : IGatewayMessage;

/// <param name="ExternalId">What the gateway calls it, where it said so.</param>
public sealed record RingingCall(string Reference, string? ExternalId);

/// <summary>By the name that the settings gave them.</summary>
public sealed class VoiceGateways(IEnumerable<IVoiceGateway> gateways)
{
    private readonly Dictionary<string, IVoiceGateway> _byName = gateways.ToDictionary(g => g.Name, StringComparer.Ordinal);

    public IVoiceGateway? Of(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Whether anything here can make a phone ring.</summary>
    public bool Any => _byName.Count > 0;
}
