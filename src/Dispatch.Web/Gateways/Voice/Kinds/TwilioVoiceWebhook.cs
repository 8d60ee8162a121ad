using System.Globalization;
using System.Xml.Linq;
using Dispatch.Channels.Voice;
using Dispatch.Web.Gateways.Voice.Incoming;
using Dispatch.Web.Gateways.Kinds;

namespace Dispatch.Web.Gateways.Voice.Kinds;

/// <param name="asks">Where Twilio asks, as it was told with the call.</param>
internal sealed class TwilioVoiceWebhook(string authToken, Uri publicUrl, Uri asks) : IVoiceWebhook
{
    /// <summary>Gone, and known nowhere. That it was not found may be the mistake of a network on the way.</summary>
    private static readonly string[] ForGood = ["410", "604"];

    /// <summary>What stands in place of a number that was withheld: "anonymous", "restricted", "blocked", "unknown" and "unavailable" on the keys of a phone. They are nobody's, and must not be taken for one woman.</summary>
    private static readonly string[] Withheld = ["+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"];

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

    public IncomingCall? Incoming(GatewayCall call)
    {
        if (call.Field("CallSid") is not { Length: > 0 } id) return null;
        var reference = call.Field("ref");
        if (reference is null && call.Field("Direction") is not "inbound") return null;
        var fate = (call.Field("on"), call.Field("CallStatus")) switch
        {
            ("key", _) => CallFate.Key,
            ("dialled", _) when call.Field("DialCallStatus") is "completed" or "answered" => CallFate.Talked,
            // Where she hung up while the other telephone rang nobody waits on: the end of her call says so below.
            ("dialled", not ("completed" or "busy" or "failed" or "no-answer" or "canceled")) => CallFate.NotConnected,
            ("answer", _) => IsMachine(call.Field("AnsweredBy")) ? CallFate.Machine : CallFate.PickedUp,
            (_, "completed" or "busy" or "failed" or "no-answer" or "canceled") => CallFate.Over,
            ("status", _) => CallFate.Rings,
            _ => CallFate.PickedUp,
        };
        // What she said is no key, and enough to know that she is there.
        var digits = call.Field("Digits") is { Length: > 0 } pressed ? pressed : call.Field("SpeechResult") is { Length: > 0 } ? IncomingCall.Spoke : null;
        var from = call.Field("From") is { } caller && !Withheld.Contains(caller) ? caller : null;
        return new IncomingCall(fate, id, from, reference is null ? call.Field("To") : call.Field("From"), reference, digits, call.Field(IvrStep.StepField), IvrStep.TurnOf(call))
        {
            Numbers = [reference is null ? from : call.Field("To")],
            At = DateTimeOffset.TryParse(call.Field("Timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null,
        };
    }

    public IResult Speak(IvrStep? step)
    {
        if (step is null) return SpokenXml.Response(new XElement("Hangup"));
        if (step.Rejects) return SpokenXml.Response(new XElement("Reject", new XAttribute("reason", "busy")));
        if (step.Connect is { } number)
        {
            return SpokenXml.Response(new XElement(
                "Dial", step.CallerId is { } shown ? new XAttribute("callerId", shown) : null, new XAttribute("timeout", (int)IvrStep.ConnectFor.TotalSeconds),
                new XAttribute("action", $"{asks.AbsoluteUri}?{step.Query}&on=dialled"), number));
        }

        if (!step.Asks) return SpokenXml.Response(SayOrPlay(step)!, new XElement("Hangup"));
        return SpokenXml.Response(new XElement(
            "Gather", new XAttribute("input", step.Silent ? "dtmf speech" : "dtmf"), new XAttribute("numDigits", 1), new XAttribute("timeout", (int)CallTimes.KeyWithin.TotalSeconds), new XAttribute("actionOnEmptyResult", "true"),
            new XAttribute("action", $"{asks.AbsoluteUri}?{step.Query}&on=key"), SayOrPlay(step)!));
    }

    private static XElement? SayOrPlay(IvrStep step) => step switch
    {
        { Audio: { } audio } => new XElement("Play", audio.AbsoluteUri),
        { Text: { } text } => new XElement("Say", new XAttribute("language", step.Language switch { "fr" => "fr-FR", "en" => "en-GB", var other => other }), text),
        _ => null,
    };

    private static XElement Say(Spoken spoken) => new("Say", new XAttribute("language", spoken.Language switch { "fr" => "fr-FR", "en" => "en-GB", var other => other }), spoken.Text);

    private static CallEvent Said(GatewayCall call, string reference, CallFate fate, string? why = null) => new(fate, reference, call.Field("CallSid"), [call.Field("To")], call.Field("Digits"), why);

    /// <summary>Where it cannot tell it is taken for a person, who hears neutral words.</summary>
    private static bool IsMachine(string? answeredBy) => answeredBy is not null && (answeredBy.StartsWith("machine", StringComparison.Ordinal) || answeredBy is "fax");
}
