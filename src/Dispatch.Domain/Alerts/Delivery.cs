using System.Globalization;
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

    public string Key => KeyOf(Offer, Round, Channel);

    public static string KeyOf(int offer, int round, ChannelKind channel) =>
        string.Create(CultureInfo.InvariantCulture, $"{offer:D5}.{round:D3}:{channel}");

    /// <summary>The later of what was known and what came in: receipts arrive doubled and out of order.</summary>
    public Delivery With(ReceiptState state, DateTimeOffset at) => state switch
    {
        ReceiptState.Delivered => this with { DeliveredAt = DeliveredAt ?? at },
        ReceiptState.Seen => this with { DeliveredAt = DeliveredAt ?? at, SeenAt = SeenAt ?? at },
        _ => throw new System.Diagnostics.UnreachableException($"receipt {state}"),
    };
}
