using Dispatch.Domain.Accounts;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Web.Shelters;

namespace Dispatch.Web.Tenancy;

/// <summary>One country programme as it is set up in the settings: the section "Tenant", or the demo's own.</summary>
public sealed class TenantSettings
{
    public string Id { get; set; } = "";

    /// <summary>The organisation that is the data controller of alerts raised here.</summary>
    public string Controller { get; set; } = "";
    public string DefaultArea { get; set; } = "";

    /// <summary>The number she may always call: free from everywhere, unless <see cref="Dialled"/> or the list of national lines says otherwise.</summary>
    public string FallbackNumber { get; set; } = "";

    /// <summary>Where the line takes texts, as a phone of the country writes to it; null where it takes none.</summary>
    public string? TextNumber { get; set; }

    /// <summary>What is dialled for it from each network. Empty: as the list of national lines has it, or the number itself from everywhere.</summary>
    public IList<DialledSettings> Dialled { get; set; } = [];

    /// <summary>Where "leave" goes: a site that anybody may have open.</summary>
    public string ExitUrl { get; set; } = "https://www.wikipedia.org/";

    /// <summary>The local time that server-made pages show and that night is counted in.</summary>
    public int UtcOffsetMinutes { get; set; }
    /// <summary>How long somebody rests after a night, something severe or a third assignment within a day.</summary>
    public int RestHours { get; set; } = RestRule.Default.Hours;

    /// <summary>Up to which verification people go out in pairs only at night; by day only without any.</summary>
    public Verification NightPairsUpTo { get; set; } = Verification.None;

    /// <summary>How long a number from which nothing comes any more is kept, with what came from it.</summary>
    public int ContactsKeptDays { get; set; } = (int)ContactKeeping.For.TotalDays;

    /// <summary>Only call-takers ask houses for beds; a machine holds none.</summary>
    public bool BedsByHand { get; set; }
    public int ProtocolVersion { get; set; } = 1;
    public IList<Need> DefaultNeeds { get; set; } = [];
    public IList<NeedSettings> Needs { get; set; } = [];

    /// <summary>Whom to ask when; empty means the design's waits. Tuned in drills.</summary>
    public IList<StepSettings> Steps { get; set; } = [];

    /// <summary>Who has not confirmed an offer is sent a text after this many seconds, and called by machine after that many, where this installation can do either.</summary>
    public int TextAfterSeconds { get; set; } = 8;
    public int CallAfterSeconds { get; set; } = 20;

    /// <summary>On what ground but her consent a human may tell police; empty where the country's protocol allows none.</summary>
    public IList<DisclosureBasis> HumanBases { get; set; } = [];
    public IList<OrganisationSettings> Organisations { get; set; } = [];
    public IList<HouseSettings> Houses { get; set; } = [];
    public IList<OverflowSettings> Overflow { get; set; } = [];
    public IList<AreaSettings> Areas { get; set; } = [];

    /// <summary>The country's administrative units as far as the programme needs them, with other names, so that a place in her words finds its area.</summary>
    public IList<UnitSettings> Units { get; set; } = [];
    public IList<PersonSettings> People { get; set; } = [];

    /// <summary>Only in a demo: everybody's password. A programme's people each get one of their own and choose the next, and no restart takes it from them.</summary>
    internal string? SharedPassword { get; set; }
}

/// <summary>From one network; without its name, from every other. Nothing is called free that nobody said is.</summary>
public sealed class DialledSettings
{
    public string? Network { get; set; }
    public string Keys { get; set; } = "";
    public bool? Free { get; set; }
}

public sealed class NeedSettings
{
    public Need Need { get; set; }
    public IList<Mode> Modes { get; set; } = [];
    public int Quorum { get; set; } = 1;
}

public sealed class StepSettings
{
    public int AfterSeconds { get; set; }
    public int PerNeed { get; set; } = 2;
    public bool Everybody { get; set; }
}

public sealed class OrganisationSettings
{
    public string Id { get; set; } = "";
    public string Name { get; set; } = "";
    public OrganisationKind Kind { get; set; } = OrganisationKind.Other;
    public bool PoliceRun { get; set; }
    public bool PolicePresent { get; set; }
    public bool ArmedForces { get; set; }

    internal OrganisationFacts Facts => new(Id, Kind, PoliceRun, PolicePresent, ArmedForces);
}

public sealed class AreaSettings
{
    public string Id { get; set; } = "";
    public string Name { get; set; } = "";

    /// <summary>What people call it: other spellings, other languages.</summary>
    public IList<string> Aliases { get; set; } = [];
    public string Line { get; set; } = "";
    public IList<string> Neighbours { get; set; } = [];

    /// <summary>The codes of the administrative units that it serves, with all that lies in them and has no area of its own.</summary>
    public IList<string> Units { get; set; } = [];
    public string? DutyOfficer { get; set; }
    public string? Backup { get; set; }

    /// <summary>When the line is staffed, local time, as 08:00-20:00, and the UserName of whoever answers for that.</summary>
    public string? LineHours { get; set; }
    public string? LineLead { get; set; }

    /// <summary>UserNames of the people who take turns on the line at night.</summary>
    public IList<string> NightRoster { get; set; } = [];

    /// <summary>A drill passed before this store was new; later ones are recorded by the area's coordinator.</summary>
    public DateTimeOffset? DrillPassedAt { get; set; }

    /// <summary>Only in a demo: switched on at the start. A programme's staff switch their areas on themselves.</summary>
    internal bool SwitchOn { get; set; }
}

public sealed class UnitSettings
{
    public string Code { get; set; } = "";
    public string? Parent { get; set; }
    public string Level { get; set; } = "";
    public string Name { get; set; } = "";
    public IList<string> Aliases { get; set; } = [];
    public DateOnly? From { get; set; }
    public DateOnly? Until { get; set; }

    internal AdministrativeUnit Unit => new() { Code = Code, Parent = Parent, Level = Level, Name = Name, Aliases = [.. Aliases], From = From, Until = Until };
}

public sealed class PersonSettings
{
    public string UserName { get; set; } = "";
    public string DisplayName { get; set; } = "";
    public string Organisation { get; set; } = "";
    public IList<Role> Roles { get; set; } = [];
    public IList<Need> Needs { get; set; } = [];
    public IList<Mode> Modes { get; set; } = [];
    public IList<string> Areas { get; set; } = [];
    public IList<string> Lines { get; set; } = [];

    /// <summary>The shelters whose staff she is.</summary>
    public IList<string> Houses { get; set; } = [];
    public IList<string> Languages { get; set; } = ["fr"];
    public bool Woman { get; set; }
    public bool Children { get; set; }

    /// <summary>The most assignments that this person holds at once; with them she is not asked for more.</summary>
    public int LoadCap { get; set; } = 3;
    public DateTimeOffset? VettedUntil { get; set; }

    /// <summary>Until when the code of conduct holds that she signed, where it runs out at another time than her vetting.</summary>
    public DateTimeOffset? ConductUntil { get; set; }
}
