using System.Collections.Immutable;
using Dispatch.Web.Gateways.Voice.Incoming;

namespace Dispatch.Web.Gateways.Voice;

/// <summary>What one kind of gateway says of calls, and how it is told what to say on them.</summary>
internal interface IVoiceWebhook : IGatewayWebhook
{
    /// <summary>Null where it says nothing that is understood.</summary>
    CallEvent? Event(GatewayCall call);

    /// <param name="spoken">Null: hang up and say nothing.</param>
    IResult Speak(Spoken? spoken);

    /// <summary>A call to a line of ours, or one of ours to a number that rang it; null where it is neither.</summary>
    IncomingCall? Incoming(GatewayCall call);

    /// <param name="step">Null: hang up and say nothing.</param>
    IResult Speak(IvrStep? step);
}

/// <param name="Reference">Ours, where the gateway gives it back; otherwise it is found by <paramref name="ExternalId"/>.</param>
/// <param name="Numbers">Who took part, as the gateway says: hers must be among them.</param>
/// <param name="Digits">What was pressed, for <see cref="CallFate.Key"/>; empty where nothing was.</param>
/// <param name="Why">A code, for what is over.</param>
internal sealed record CallEvent(CallFate Fate, string? Reference, string? ExternalId, ImmutableArray<string?> Numbers, string? Digits = null, string? Why = null)
{
    /// <summary>The gateway waits to be told what to say.</summary>
    public bool Waits => Fate is CallFate.PickedUp or CallFate.Machine or CallFate.Key;
}

/// <summary>
/// Dead: nobody is or will be reached at that number. Of a call that was put through: Connected, whoever was rung picked up; NotConnected, nobody did and she is still there; Talked, they
/// spoke and it is over.
/// </summary>
internal enum CallFate { Rings = 1, PickedUp = 2, Machine = 3, Key = 4, Over = 5, Dead = 6, Connected = 7, NotConnected = 8, Talked = 9 }

/// <summary>Approved words, and nothing else, to say on one call.</summary>
/// <param name="Reference">Of the call.</param>
/// <param name="Words">Their key: an exchange may have them recorded.</param>
/// <param name="Asks">A key is waited for; otherwise the call ends after them.</param>
internal sealed record Spoken(string Reference, string Words, string Text, string Language, bool Asks);
