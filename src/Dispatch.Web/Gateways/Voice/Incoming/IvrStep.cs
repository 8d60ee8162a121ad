using System.Globalization;

namespace Dispatch.Web.Gateways.Voice.Incoming;

/// <summary>
/// What comes next on a call of hers: approved words and nothing else, a number to put her through to, or silence until she gives a sign. Where the call stands comes back with her
/// key, so that any host knows how to go on.
/// </summary>
/// <param name="Step">What is asked.</param>
/// <param name="Turn">How often it was.</param>
internal sealed record IvrStep(string Step, int Turn)
{
    public const string StepField = "in";
    private const string TurnField = "turn";
    private const int MaxTurn = 10_000;

    /// <summary>Whoever took her call has her telephone at hand; a voice box picks up later than this.</summary>
    public static readonly TimeSpan ConnectFor = TimeSpan.FromSeconds(20);

    /// <summary>Of the call, where the machine rang.</summary>
    public string? Reference { get; init; }

    /// <summary>Their key; null: nothing is said.</summary>
    public string? Words { get; init; }
    public string? Text { get; init; }
    public string Language { get; init; } = "fr";

    /// <summary>The same words, recorded.</summary>
    public Uri? Audio { get; init; }

    /// <summary>A key is waited for; otherwise the call ends after the words.</summary>
    public bool Asks { get; init; }
    public string? Connect { get; init; }

    /// <summary>What whoever is put through to her sees in place of her number: the line's.</summary>
    public string? CallerId { get; init; }

    /// <summary>The call is not picked up, so that it costs her nothing.</summary>
    public bool Rejects { get; init; }

    public bool Silent => Words is null;

    public string Next => string.Create(CultureInfo.InvariantCulture, $"{Step}.{Turn}");

    public string Query => string.Create(CultureInfo.InvariantCulture, $"{(Reference is null ? "" : $"ref={Reference}&")}{StepField}={Step}&{TurnField}={Turn}");

    public static int TurnOf(GatewayCall call) => Number(call.Field(TurnField));

    /// <summary>As <see cref="Next"/>.</summary>
    public static (string? Step, int Turn) Read(string? next) => next?.Split('.') is [var step, var turn] ? (step, Number(turn)) : (null, 0);

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var turn) && turn <= MaxTurn ? turn : 0;
}
