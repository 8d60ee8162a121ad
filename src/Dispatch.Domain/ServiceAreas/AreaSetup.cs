using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Shelters;

namespace Dispatch.Domain.ServiceAreas;

/// <summary>How a service area is set up: who answers for it and which areas help when everybody is asked.</summary>
public sealed record AreaSetup
{
    public const int CurrentSchema = 1;

    public int SchemaVersion { get; init; } = CurrentSchema;

    /// <summary>Whose set-up it is: not every store can spell an area's id in its own keys. Null in set-ups of before this was kept.</summary>
    public string? Id { get; init; }
    public required string Tenant { get; init; }
    public required string Line { get; init; }

    /// <summary>When somebody sits at the line, and which account answers for that; null while nobody does.</summary>
    public LineStaffing? Staffing { get; init; }

    /// <summary>Accounts that take turns at night.</summary>
    public ImmutableArray<string> NightRoster { get; init; } = [];
    public ImmutableArray<string> Neighbours { get; init; } = [];

    /// <summary>The houses that serve it, in the order in which they are asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<AreaHouse>? Houses { get; init; }

    /// <summary>Where somebody sleeps when every house is full, in the order in which the line asks.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<OverflowPlace>? Overflow { get; init; }

    [JsonIgnore]
    public bool HasHouses => Houses is { IsEmpty: false } || Overflow is { IsEmpty: false };

    /// <summary>Accounts told when the console rang untaken: first the duty officer, then the national backup.</summary>
    public string? DutyOfficer { get; init; }
    public string? Backup { get; init; }

    /// <summary>Where they work: whoever she excluded stays excluded behind a phone that rings. Null in set-ups of before this was kept.</summary>
    public OrganisationFacts? DutyOfficerAt { get; init; }
    public OrganisationFacts? BackupAt { get; init; }

    /// <summary>The tenant's default line and who is told there: it takes what is raised here while the area is not switched on.</summary>
    public LineChain? Default { get; init; }

    /// <summary>A drill in this area ended in time with somebody's help; the newest one.</summary>
    public DateTimeOffset? DrillPassedAt { get; init; }

    /// <summary>Staff opened a drill window that lasts until then.</summary>
    public DateTimeOffset? DrillUntil { get; init; }

    /// <summary>Machines ask people here. Decided by staff, once nothing is missing (<see cref="AreaReadiness"/>).</summary>
    public bool On { get; init; }

    /// <summary>Whom to tell of an item that nobody took on this line.</summary>
    public LineChain ChainOf(string line) => line != Line && Default is { } other && other.Line == line ? other : new LineChain(Line, DutyOfficer, Backup, DutyOfficerAt, BackupAt);

    public bool SameAs(AreaSetup? other) =>
        other is not null && this with { NightRoster = other.NightRoster, Neighbours = other.Neighbours, Houses = other.Houses, Overflow = other.Overflow } == other
        && NightRoster.SequenceEqual(other.NightRoster) && Neighbours.SequenceEqual(other.Neighbours)
        && (Houses ?? []).SequenceEqual(other.Houses ?? [])
        && (Overflow ?? []).Length == (other.Overflow ?? []).Length && (Overflow ?? []).Zip(other.Overflow ?? []).All(p => p.First.SameAs(p.Second));

    /// <summary>What the settings say now, with what staff decided meanwhile.</summary>
    public AreaSetup KeepingFrom(AreaSetup? known) => known is null
        ? this
        : this with
        {
            On = known.On,
            DrillUntil = known.DrillUntil,
            DrillPassedAt = known.DrillPassedAt > DrillPassedAt || DrillPassedAt is null ? known.DrillPassedAt : DrillPassedAt,
        };
}

/// <param name="JourneyMinutes">How long the way there takes from most places of the area. It decides what is lawful and is never shown.</param>
public sealed record AreaHouse(string Shelter, int JourneyMinutes = 0);

/// <param name="Hours">Local time, as <c>08:00-20:00</c>.</param>
/// <param name="Lead">The account that answers for it that somebody is there.</param>
public sealed record LineStaffing(string Hours, string Lead);

/// <param name="DutyOfficerAt">Where the duty officer works.</param>
/// <param name="BackupAt">Where the backup works.</param>
public sealed record LineChain(string Line, string? DutyOfficer, string? Backup, OrganisationFacts? DutyOfficerAt = null, OrganisationFacts? BackupAt = null)
{
    /// <summary>An older set-up does not say where they work. On a line nobody works where a basis is needed.</summary>
    private static readonly OrganisationFacts SomeLine = new("", OrganisationKind.Hotline);

    /// <summary>
    /// Who is called when it is their turn. Whoever may not know of it, or was never named, is passed over at once: waiting out her turn would
    /// only be time lost. Null where nobody is left.
    /// </summary>
    public string? Called(bool backup, Func<string, OrganisationFacts, bool> mayKnow)
    {
        ArgumentNullException.ThrowIfNull(mayKnow);
        if (!backup && DutyOfficer is { } officer && mayKnow(officer, DutyOfficerAt ?? SomeLine)) return officer;
        return Backup is { } last && mayKnow(last, BackupAt ?? SomeLine) ? last : null;
    }
}
