using System.Xml.Linq;
using Dispatch.Channels.Voice;
using Dispatch.Web.Gateways.Kinds;

namespace Dispatch.Web.Gateways.Voice.Kinds;

/// <param name="asks">Where Twilio asks, as it was told with the call.</param>
internal sealed class TwilioVoiceWebhook(string authToken, Uri publicUrl, Uri asks) : IVoiceWebhook
{
    /// <summary>Gone, and known nowhere. That it was not found may be the mistake of a network on the way.</summary>
    private static readonly string[] ForGood = ["410", "604"];

    private readonly TwilioSignature _signature = new(authToken, publicUrl);

    public bool Genuine(GatewayCall call, DateTimeOffset now) => _signature.IsOn(call);

    public CallEvent? Event(GatewayCall call) => call.Field("ref") is not { Length: > 0 } reference ? null : call.Field("on") switch
    {
        "answer" => Said(call, reference, IsMachine(call.Field("AnsweredBy")) ? CallFate.Machine : CallFate.PickedUp),
        "key" => Said(call, reference, CallFate.Key),
        "status" => call.Field("CallStatus") switch
        {
            "queued" or "initiated" or "ringing" or "in-progress" => Said(call, reference, CallFate.Rings),
            "failed" when ForGood.Contains(call.Field("SipResponseCode")) => Said(call, reference, CallFate.Dead, "failed"),
            "busy" => Said(call, reference, CallFate.Over, "busy"),
            "no-answer" => Said(call, reference, CallFate.Over, "noAnswer"),
            "failed" => Said(call, reference, CallFate.Over, "failed"),
            "completed" or "canceled" => Said(call, reference, CallFate.Over, "ended"),
            _ => null,
        },
        _ => null,
    };

    public IResult Speak(Spoken? spoken) => spoken switch
    {
        null => SpokenXml.Response(new XElement("Hangup")),
        { Asks: false } => SpokenXml.Response(Say(spoken), new XElement("Hangup")),
        _ => SpokenXml.Response(new XElement(
            "Gather", new XAttribute("input", "dtmf"), new XAttribute("numDigits", 1), new XAttribute("timeout", (int)CallTimes.KeyWithin.TotalSeconds), new XAttribute("actionOnEmptyResult", "true"),
            new XAttribute("action", $"{asks.AbsoluteUri}?ref={spoken.Reference}&on=key"), Say(spoken))),
    };

    private static XElement Say(Spoken spoken) => new("Say", new XAttribute("language", spoken.Language switch { "fr" => "fr-FR", "en" => "en-GB", var other => other }), spoken.Text);

    private static CallEvent Said(GatewayCall call, string reference, CallFate fate, string? why = null) => new(fate, reference, call.Field("CallSid"), [call.Field("To")], call.Field("Digits"), why);

    /// <summary>Where it cannot tell it is taken for a person, who hears neutral words.</summary>
    private static bool IsMachine(string? answeredBy) => answeredBy is not null && (answeredBy.StartsWith("machine", StringComparison.Ordinal) || answeredBy is "fax");
}
