using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Domain.Alerts;

namespace Dispatch.Web.Survivors;

/// <summary>What is added after the press. Safe contact, consents and exclusions need the PIN where one is set.</summary>
public sealed record AdditionBody
{
    public ImmutableArray<Need>? Needs { get; init; }
    public LocationBody? Location { get; init; }
    public PartyBody? Party { get; init; }
    public string? Note { get; init; }
    public ExclusionsBody? Exclusions { get; init; }
    public SafeContactBody? SafeContact { get; init; }

    /// <summary>Proves that she asks; it never sets or changes a PIN.</summary>
    public string? Pin { get; init; }

    /// <summary>Absent: nothing changes. An object: she agrees. <c>null</c>: she no longer agrees.</summary>
    public JsonElement PoliceConsent { get; init; }
}

public sealed record AddedBody(long Version);

public sealed record CancelBody(string? Pin = null);

public sealed record CancelledBody(string Status)
{
    public static readonly CancelledBody Only = new("cancelled");
}
