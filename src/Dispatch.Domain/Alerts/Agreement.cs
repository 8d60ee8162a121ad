using System.Text.Json.Serialization;

namespace Dispatch.Domain.Alerts;

/// <summary>How she for whom somebody else raises was asked. CannotSay: she is unconscious, too small, or too badly hurt to answer.</summary>
public enum AgreedHow { HerWord = 1, CannotSay = 2 }

/// <summary>
/// What a relay or a call-taker took down: whether she agreed that people are told what she needs, to which text, in which language. It allows nothing; whether police may be told is
/// said by <see cref="Alert.Consents"/> alone.
/// </summary>
public sealed record Agreement(AgreedHow How, DateTimeOffset At, string WordingVersion, string Language)
{
    /// <summary>The account of the call-taker who asked her; null for a relay, whose account is sealed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }
}
