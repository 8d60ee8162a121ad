using System.Globalization;
using Dispatch.Channels.Voice;
using Dispatch.Web.Gateways.Voice.Incoming;

namespace Dispatch.Web.Gateways.Voice.Kinds;

/// <summary>A program of one's own beside an exchange. The secret stands in the address that each call brings along; the exchange may have recorded the words by their key.</summary>
internal sealed class BridgeWebhook(string secret) : IVoiceWebhook
{
    public bool Genuine(GatewayCall call, DateTimeOffset now) => GatewayCall.Same(call.Secret, secret);

    public CallEvent? Event(GatewayCall call)
    {
        if (call.Field("ref") is not { Length: > 0 } reference) return null;
        return call.Field("event") switch
        {
            "ringing" => Said(CallFate.Rings),
            "answered" => Said(CallFate.PickedUp),
            "machine" => Said(CallFate.Machine),
            "key" => Said(CallFate.Key),
            "busy" => Said(CallFate.Over, "busy"),
            "noAnswer" => Said(CallFate.Over, "noAnswer"),
            "failed" => Said(CallFate.Over, "failed"),
            "ended" => Said(CallFate.Over, "ended"),
            "unknownNumber" => Said(CallFate.Dead, "failed"),
            _ => null,
        };

        CallEvent Said(CallFate fate, string? why = null) => new(fate, reference, null, [call.Field("to")], call.Field("digits"), why);
    }

    /// <summary>As a form or as JSON: <c>{"event": "incoming", "call": "…", "from": "+223…", "to": "80333"}</c>.</summary>
    public IncomingCall? Incoming(GatewayCall call)
    {
        var said = BridgeFields.Of(call);
        var reference = call.Field("ref");
        if ((said("call") ?? reference) is not { Length: > 0 } id) return null;
        CallFate? fate = said("event") switch
        {
            "incoming" or "answered" => CallFate.PickedUp,
            "ringing" => CallFate.Rings,
            "key" => CallFate.Key,
            "machine" => CallFate.Machine,
            "connected" => CallFate.Connected,
            "notConnected" => CallFate.NotConnected,
            "ended" or "busy" or "noAnswer" or "failed" or "unknownNumber" => CallFate.Over,
            _ => null,
        };
        if (fate is not { } known) return null;
        var digits = said("digits") is { Length: > 0 } pressed ? pressed : said("spoke") is "true" ? IncomingCall.Spoke : null;
        var (step, turn) = IvrStep.Read(said("next"));
        return new IncomingCall(known, id, said("from"), reference is null ? said("to") : said("from"), reference, digits, step, turn)
        {
            Numbers = [reference is null ? said("from") : said("to")],
            At = DateTimeOffset.TryParse(said("at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null,
        };
    }

    public IResult Speak(IvrStep? step) => Results.Json(step switch
    {
        null => new BridgeStep(),
        { Rejects: true } => new BridgeStep { Reject = true },
        { Connect: { } number } => new BridgeStep { Connect = number, CallerId = step.CallerId, Next = step.Next },
        _ => new BridgeStep(step.Words, step.Text, step.Language, step.Asks ? (int)CallTimes.KeyWithin.TotalSeconds : 0) { Audio = step.Audio, Next = step.Asks ? step.Next : null },
    });

    public IResult Speak(Spoken? spoken) => Results.Json(spoken is null ? new BridgeStep() : new BridgeStep(spoken.Words, spoken.Text, spoken.Language, spoken.Asks ? (int)CallTimes.KeyWithin.TotalSeconds : 0));
}

/// <summary>What a bridge does next: says the words, waits for a key where it is told to, and otherwise ends the call.</summary>
/// <param name="KeySeconds">0: no key is waited for.</param>
internal sealed record BridgeStep(string? Words = null, string? Text = null, string? Language = null, int KeySeconds = 0)
{
    /// <summary>Recorded words, to be played in place of the text.</summary>
    public Uri? Audio { get; init; }

    /// <summary>Comes back with the key, or with none once the seconds are over.</summary>
    public string? Next { get; init; }

    /// <summary>A number to put her through to, which is rung for twenty seconds and says then whether it was picked up.</summary>
    public string? Connect { get; init; }

    /// <summary>What is shown there, and never her number.</summary>
    public string? CallerId { get; init; }

    /// <summary>The call is not picked up, so that it costs her nothing.</summary>
    public bool? Reject { get; init; }
}
