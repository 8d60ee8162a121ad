using System.Collections.Immutable;
using System.Xml.Linq;
using Dispatch.Channels.Voice;

namespace Dispatch.Web.Gateways.Voice.Kinds;

/// <summary>Africa's Talking signs nothing; the secret stands in the address that its dashboard holds. It asks there whenever somebody picks up, and says there how a call ended.</summary>
/// <param name="asks">That address.</param>
/// <param name="voices">Which of its voices reads which language; without one it is theirs.</param>
internal sealed class AfricasTalkingVoiceWebhook(string secret, Uri asks, ImmutableDictionary<string, string> voices) : IVoiceWebhook
{
    public bool Genuine(GatewayCall call, DateTimeOffset now) => GatewayCall.Same(call.Secret, secret);

    public CallEvent? Event(GatewayCall call) => (call.Field("sessionId"), call.Field("isActive")) switch
    {
        ({ Length: > 0 } id, "1") when call.Field("on") is "key" || call.Field("dtmfDigits") is { Length: > 0 } => Said(call, id, CallFate.Key),
        ({ Length: > 0 } id, "1") => Said(call, id, call.Field("callSessionState") is "Ringing" ? CallFate.Rings : CallFate.PickedUp),
        ({ Length: > 0 } id, "0") => call.Field("hangupCause") switch
        {
            "UNALLOCATED_NUMBER" or "INVALID_NUMBER_FORMAT" => Said(call, id, CallFate.Dead, "failed"),
            "USER_BUSY" => Said(call, id, CallFate.Over, "busy"),
            "NO_ANSWER" or "NO_USER_RESPONSE" => Said(call, id, CallFate.Over, "noAnswer"),
            _ => Said(call, id, CallFate.Over, "ended"),
        },
        _ => null,
    };

    public IResult Speak(Spoken? spoken) => spoken switch
    {
        null => SpokenXml.Response(),
        { Asks: false } => SpokenXml.Response(Say(spoken)),
        // Where nothing was pressed it goes on behind what asked for it.
        _ => SpokenXml.Response(
            new XElement("GetDigits", new XAttribute("timeout", (int)CallTimes.KeyWithin.TotalSeconds), new XAttribute("numDigits", 1), new XAttribute("callbackUrl", OnKey(spoken)), Say(spoken)),
            new XElement("Redirect", OnKey(spoken))),
    };

    private string OnKey(Spoken spoken) => $"{asks.AbsoluteUri}?ref={spoken.Reference}&on=key";

    private XElement Say(Spoken spoken) => new("Say", voices.TryGetValue(spoken.Language, out var voice) ? new XAttribute("voice", voice) : null, spoken.Text);

    /// <summary>Which of the two numbers is hers its documents leave open.</summary>
    private static CallEvent Said(GatewayCall call, string id, CallFate fate, string? why = null) =>
        new(fate, call.Field("ref") ?? call.Field("clientRequestId"), id, [call.Field("callerNumber"), call.Field("destinationNumber")], call.Field("dtmfDigits"), why);
}
