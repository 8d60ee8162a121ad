using System.Text.Json.Serialization;

namespace Dispatch.Domain.Protocols;

public enum ProtocolState { Draft = 1, Active = 2, Retired = 3 }

/// <summary>One version of a protocol, as people edit it. Only a draft changes; what was in force once is kept as it was.</summary>
/// <param name="Area">The service area it is for; null for every area of the tenant that has none of its own.</param>
/// <param name="Note">In the words of whoever wrote it: what changed, who agreed.</param>
/// <param name="DraftedBy">An account, or <see cref="Settings"/>.</param>
public sealed record ProtocolDocument(
    int Version,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Area,
    ProtocolState State,
    Rules Rules,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note,
    string DraftedBy,
    DateTimeOffset DraftedAt)
{
    /// <summary>The settings of the installation brought it.</summary>
    public const string Settings = "settings";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ActivatedBy { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ActivatedAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? RetiredAt { get; init; }
}
