using Dispatch.Channels.Voice;

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

    public IResult Speak(Spoken? spoken) => Results.Json(spoken is null ? new BridgeStep() : new BridgeStep(spoken.Words, spoken.Text, spoken.Language, spoken.Asks ? (int)CallTimes.KeyWithin.TotalSeconds : 0));
}

/// <summary>What a bridge does next: says the words, waits for a key where it is told to, and otherwise ends the call.</summary>
/// <param name="KeySeconds">0: no key is waited for.</param>
internal sealed record BridgeStep(string? Words = null, string? Text = null, string? Language = null, int KeySeconds = 0);
