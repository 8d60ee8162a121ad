using System.Globalization;
using System.Text.Json.Serialization;
using Dispatch.Domain.Channels;

namespace Dispatch.Domain.Alerts;

public enum ReceiptState { Delivered = 1, Seen = 2 }

/// <summary>What is known about one offer on one channel. A row of its own, so that receipts never rewrite the alert.</summary>
public sealed record Delivery
{
    public const int CurrentSchema = 1;

    public int SchemaVersion { get; init; } = CurrentSchema;
    public required int Offer { get; init; }
    public required int Round { get; init; }
    public required ChannelKind Channel { get; init; }

    public int Attempts { get; init; }
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>True while one of her devices has it and the channel still owes it to another; absent otherwise.</summary>
    public bool? Partly { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>A code; set when this channel will not carry this notice.</summary>
    public string? GaveUp { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? GaveUpAt { get; init; }

    public string Key => KeyOf(Offer, Round, Channel);

    /// <summary>What was said by a text or a call cannot be unsaid; elsewhere a withdrawal takes the notice off the phone.</summary>
    public static bool Stays(ChannelKind channel) => channel is ChannelKind.Sms or ChannelKind.Voice;

    public static string KeyOf(int offer, int round, ChannelKind channel) =>
        string.Create(CultureInfo.InvariantCulture, $"{offer:D5}.{round:D3}:{channel}");

    /// <summary>Nothing comes of this channel any more, whether it was sent on it or not. What a phone confirmed stands, and the first reason is kept.</summary>
    public Delivery Lost(string why, DateTimeOffset at) => DeliveredAt is null && GaveUp is null ? this with { Partly = null, GaveUp = why, GaveUpAt = at } : this;

    /// <summary>The later of what was known and what came in: receipts arrive doubled and out of order.</summary>
    public Delivery With(ReceiptState state, DateTimeOffset at) => state switch
    {
        ReceiptState.Delivered => this with { DeliveredAt = DeliveredAt ?? at },
        ReceiptState.Seen => this with { DeliveredAt = DeliveredAt ?? at, SeenAt = SeenAt ?? at },
        _ => throw new System.Diagnostics.UnreachableException($"receipt {state}"),
    };
}
