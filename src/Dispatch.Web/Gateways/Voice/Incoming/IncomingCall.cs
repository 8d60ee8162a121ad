using System.Collections.Immutable;

namespace Dispatch.Web.Gateways.Voice.Incoming;

/// <summary>What a gateway says of a call to one of our lines, or of one by which the machine rings back.</summary>
/// <param name="Call">The gateway's own id.</param>
/// <param name="To">The number that was dialled: it says which line.</param>
/// <param name="Reference">Ours, where the machine rang.</param>
/// <param name="Digits">What was pressed; null where nothing was.</param>
/// <param name="Step">What was said before, where that was an answer to something.</param>
/// <param name="Turn">How often it was said.</param>
internal sealed record IncomingCall(CallFate Fate, string Call, string? From, string? To, string? Reference, string? Digits, string? Step, int Turn)
{
    /// <summary>Instead of a key: she spoke.</summary>
    public const string Spoke = "spoke";

    /// <summary>Who took part, as the gateway says.</summary>
    public ImmutableArray<string?> Numbers { get; init; } = [];

    /// <summary>One of ours, known to the gateway by its own id only.</summary>
    public bool Ours { get; init; }

    /// <summary>When it happened, where the gateway says so: what comes late says what was.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>At its end: whoever it was put through to had picked up.</summary>
    public bool WasConnected { get; init; }

    /// <summary>The gateway waits to be told what to do.</summary>
    public bool Waits => Fate is CallFate.PickedUp or CallFate.Machine or CallFate.Key or CallFate.NotConnected or CallFate.Talked;

    public static IncomingCall ByExternalId(string id, CallFate fate, ImmutableArray<string?> numbers, string? digits, GatewayCall call) =>
        new(fate, id, null, null, null, digits, call.Field(IvrStep.StepField), IvrStep.TurnOf(call)) { Numbers = numbers, Ours = true };
}

/// <summary>It was for a line, or by one, and this comes next on it; null: nothing more.</summary>
internal sealed record TakenCall(IvrStep? Step);
