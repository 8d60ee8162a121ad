using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using Dispatch.Channels.Voice;
using Dispatch.Web.Gateways.Voice.Incoming;

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

    public IncomingCall? Incoming(GatewayCall call)
    {
        if (call.Field("sessionId") is not { Length: > 0 } id || call.Field("isActive") is not ("0" or "1")) return null;
        var reference = call.Field("ref") ?? call.Field("clientRequestId");
        // Without a direction it is one that comes in, unless it brings a reference of ours.
        if (reference is null && call.Field("direction") is not (null or "Inbound")) return IncomingCall.ByExternalId(id, Fate(call), Hers(call), call.Field("dtmfDigits"), call) with { WasConnected = WasConnected(call) };
        return new IncomingCall(Fate(call), id, call.Field("callerNumber"), call.Field("destinationNumber"), reference, call.Field("dtmfDigits"), call.Field(IvrStep.StepField), IvrStep.TurnOf(call)) { Numbers = Hers(call), WasConnected = WasConnected(call) };
    }

    public IResult Speak(IvrStep? step)
    {
        if (step is null) return SpokenXml.Response();
        if (step.Rejects) return SpokenXml.Response(new XElement("Reject"));
        if (step.Connect is { } number)
        {
            // It goes on behind a call that nobody picked up, and not behind one that somebody did.
            return SpokenXml.Response(
                new XElement("Dial", new XAttribute("phoneNumbers", number), new XAttribute("record", "false"), step.CallerId is { } shown ? new XAttribute("callerId", shown) : null),
                new XElement("Redirect", $"{asks.AbsoluteUri}?{step.Query}&on=dialled"));
        }

        if (!step.Asks) return SpokenXml.Response(SayOrPlay(step)!);
        var next = $"{asks.AbsoluteUri}?{step.Query}&on=key";
        return SpokenXml.Response(
            new XElement("GetDigits", new XAttribute("timeout", (int)CallTimes.KeyWithin.TotalSeconds), new XAttribute("numDigits", 1), new XAttribute("callbackUrl", next), SayOrPlay(step)!),
            new XElement("Redirect", next));
    }

    private XElement? SayOrPlay(IvrStep step) => step switch
    {
        { Audio: { } audio } => new XElement("Play", new XAttribute("url", audio.AbsoluteUri)),
        { Text: { } text } => new XElement("Say", voices.TryGetValue(step.Language, out var voice) ? new XAttribute("voice", voice) : null, text),
        _ => null,
    };

    private static CallFate Fate(GatewayCall call) =>
        call.Field("isActive") is "0" ? CallFate.Over
        : call.Field("on") is "dialled" ? WasConnected(call) ? CallFate.Talked : CallFate.NotConnected
        : call.Field("on") is "key" || call.Field("dtmfDigits") is { Length: > 0 } ? CallFate.Key
        : call.Field("callSessionState") is "Ringing" && call.Field("direction") is "Outbound" ? CallFate.Rings
        : CallFate.PickedUp;

    /// <summary>What it says at the end of a call that was put through: how long they spoke.</summary>
    private static bool WasConnected(GatewayCall call) => int.TryParse(call.Field("dialDurationInSeconds"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0;

    private static ImmutableArray<string?> Hers(GatewayCall call) => [call.Field("callerNumber"), call.Field("destinationNumber")];

    private string OnKey(Spoken spoken) => $"{asks.AbsoluteUri}?ref={spoken.Reference}&on=key";

    private XElement Say(Spoken spoken) => new("Say", voices.TryGetValue(spoken.Language, out var voice) ? new XAttribute("voice", voice) : null, spoken.Text);

    /// <summary>Which of the two numbers is hers its documents leave open.</summary>
    private static CallEvent Said(GatewayCall call, string id, CallFate fate, string? why = null) =>
        new(fate, call.Field("ref") ?? call.Field("clientRequestId"), id, [call.Field("callerNumber"), call.Field("destinationNumber")], call.Field("dtmfDigits"), why);
}
