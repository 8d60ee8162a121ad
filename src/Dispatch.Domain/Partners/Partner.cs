using System.Collections.Immutable;

namespace Dispatch.Domain.Partners;

/// <summary>What a key is for. Sandbox: whatever is raised with it is an exercise, and nothing else is.</summary>
public enum PartnerScope { Raise = 1, Status = 2, Sandbox = 3 }

/// <summary>What an administrator has to look at.</summary>
public enum PartnerTrouble { OverQuota = 1, WebhookFails = 2 }

/// <summary>A programme of somebody else that opens alerts here and follows how they stand: never who helps, nor where.</summary>
public sealed record Partner
{
    public const int CurrentSchema = 1;
    public const int MaxKeys = 20;
    public const int MaxQuota = 100_000;

    public int SchemaVersion { get; init; } = CurrentSchema;
    public required string Id { get; init; }

    /// <summary>What the administrators call it.</summary>
    public required string Title { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required string MadeBy { get; init; }

    /// <summary>Alerts in an hour. What comes above it is taken all the same, marked, and an administrator is told.</summary>
    public required int PerHour { get; init; }
    public ImmutableArray<PartnerKey> Keys { get; init; } = [];
    public PartnerWebhook? Webhook { get; init; }

    /// <summary>Of the newest webhook there ever was: none that is set later has the secret of an earlier one.</summary>
    public int LastSerial { get; init; }
    public ImmutableArray<PartnerAlarm> Alarms { get; init; } = [];
}

/// <param name="Hash">Keyed: whoever reads the data cannot use it.</param>
/// <param name="EndsAt">From then on it opens nothing: at once where it was revoked, later where another took its place.</param>
public sealed record PartnerKey(string Id, string Hash, ImmutableArray<PartnerScope> Scopes, DateTimeOffset MadeAt, string MadeBy, DateTimeOffset? EndsAt = null)
{
    public bool Opens(DateTimeOffset now) => EndsAt is null || now < EndsAt;
}

public sealed record PartnerAlarm(PartnerTrouble Trouble, DateTimeOffset Since, DateTimeOffset LastAt);

/// <summary>What one key may do.</summary>
public sealed record PartnerAccess(string Partner, string Key, ImmutableArray<PartnerScope> Scopes, int PerHour)
{
    public bool Sandbox => Scopes.Contains(PartnerScope.Sandbox);

    /// <summary>Whether what it raises is an exercise; null where it may not raise that.</summary>
    /// <param name="asked">What came with the raise.</param>
    public bool? Exercise(bool? asked) => !Sandbox ? (asked ?? false) : asked is false ? null : (bool?)true;
}
