using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatch.Domain.Conversations;

/// <summary>What she was asked by text.</summary>
public enum Question { MayWeCall = 1 }

/// <summary>
/// Where the conversation with one number stands. It holds nothing of what she wrote: only how often, what she was asked and what she wants of texts. Kept beside the number as one short word,
/// of which whoever keeps it knows nothing.
/// </summary>
public sealed record Conversation
{
    public const int CurrentSchema = 1;

    public int SchemaVersion { get; init; } = CurrentSchema;

    /// <summary>How many texts came since <see cref="Since"/>.</summary>
    public int Texts { get; init; }
    public DateTimeOffset? Since { get; init; }
    public Question? Asked { get; init; }
    public DateTimeOffset? AskedAt { get; init; }
    public DateTimeOffset? RepliedAt { get; init; }

    /// <summary>She wants no texts, or somebody who has her phone says so. A mark that a human sets later stands against it.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    [JsonIgnore]
    public string Step => JsonSerializer.Serialize(this, DispatchJson.Options);

    /// <summary>What cannot be read is a new conversation: another way of talking may have left it.</summary>
    public static Conversation Of(string? step)
    {
        try
        {
            return (step is null ? null : JsonSerializer.Deserialize<Conversation>(step, DispatchJson.Options)) ?? new Conversation();
        }
        catch (JsonException)
        {
            return new Conversation();
        }
    }
}

/// <summary>What is known of the number when a text comes.</summary>
/// <param name="Open">An alert of this number is open, and this belongs to it.</param>
/// <param name="MayText">A human wrote down that texts are safe there, and at this hour.</param>
/// <param name="MarkedAt">When.</param>
/// <param name="Child">Of the open alert: nothing is asked of a child before somebody has told her where confidence ends.</param>
/// <param name="Language">As it was chosen or written so far.</param>
public sealed record Standing(bool Open = false, bool MayText = false, DateTimeOffset? MarkedAt = null, bool Child = false, string? Language = null);
