using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Sealing;

namespace Dispatch.Domain.Shelters;

/// <summary>Where a house is. Always sealed, and kept apart from everything else that is known of the house.</summary>
public sealed record ShelterAddress(string Text, double? Latitude = null, double? Longitude = null);

/// <summary>The address of one house, and who may look at it.</summary>
public sealed record AddressBook
{
    public const int CurrentSchema = 1;
    public const int MaxReleases = 40;
    public const int MaxTrail = 80;

    public int SchemaVersion { get; init; } = CurrentSchema;
    public long Version { get; init; }
    public Sealed<ShelterAddress>? Address { get; init; }
    public ImmutableArray<AddressRelease> Releases { get; init; } = [];

    /// <summary>History not yet known to be in its own rows.</summary>
    public ImmutableArray<BedEvent> Trail { get; init; } = [];

    public AddressRelease? Find(string release) => Releases.FirstOrDefault(r => r.Id == release);
}

public enum AddressReason { NoMeetingPoint = 1, CannotWalk = 2, Danger = 3, Medical = 4, Other = 5 }

/// <summary>The guardian's exception: this driver, for this booking, until then.</summary>
/// <param name="By">Who of the house decided it.</param>
public sealed record AddressRelease(string Id, string HoldId, string Driver, string By, AddressReason Reason, DateTimeOffset At, DateTimeOffset Until)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? EndedAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EndedBy { get; init; }

    /// <summary>How often it was looked at.</summary>
    public int Looks { get; init; }

    /// <summary>As far as the release itself goes; the booking has to stand as well.</summary>
    public bool OpenAt(DateTimeOffset now) => EndedAt is null && now < Until;
}
