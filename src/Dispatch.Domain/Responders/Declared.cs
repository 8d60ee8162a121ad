using System.Collections.Immutable;

namespace Dispatch.Domain.Responders;

/// <summary>How long somebody needs to be in an area.</summary>
public enum TravelBand { Under15 = 1, Under30 = 2, Under60 = 3, Over60 = 4 }

/// <param name="SetAt">Roads, rains and homes change: after thirty days it counts as unknown.</param>
public sealed record TravelTime(string Area, TravelBand Band, DateTimeOffset SetAt)
{
    public static readonly TimeSpan FreshFor = TimeSpan.FromDays(30);

    public bool Fresh(DateTimeOffset now) => now < SetAt + FreshFor;
}

/// <summary>What a person said of herself beforehand and her areas go by when they choose whom to ask.</summary>
public sealed record Declared
{
    public const int MaxConflicts = 40;
    public const int MaxTravel = 20;

    /// <summary>Organisations about whose cases she must not be asked, as the keyed fingerprints that alerts carry.</summary>
    public ImmutableArray<string> ConflictOrganisations { get; init; } = [];

    /// <summary>Areas about whose cases she must not be asked.</summary>
    public ImmutableArray<string> ConflictAreas { get; init; } = [];
    public ImmutableArray<TravelTime> Travel { get; init; } = [];

    /// <param name="area">The service area of an alert.</param>
    /// <param name="relays">The organisations that may have brought it, as fingerprints.</param>
    public bool ConflictsWith(string area, ImmutableArray<string> relays) => ConflictAreas.Contains(area) || relays.Any(ConflictOrganisations.Contains);

    public TravelBand? To(string area, DateTimeOffset now) => Travel.FirstOrDefault(t => t.Area == area && t.Fresh(now))?.Band;

    /// <param name="band">Null where it is not known any more.</param>
    public Declared With(string area, TravelBand? band, DateTimeOffset now)
    {
        var others = Travel.Where(t => t.Area != area);
        return this with { Travel = [.. (band is { } known ? others.Append(new TravelTime(area, known, now)) : others).TakeLast(MaxTravel)] };
    }
}
