using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Domain.Accounts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Numbers;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Grains.Hosting;
using Dispatch.Web.Hosting;
using Dispatch.Web.Sealing;
using Dispatch.Web.Shelters;

namespace Dispatch.Web.Tenancy;

/// <summary>The tenant of this host, ready to be asked: names of areas and organisations, who is meant by a name that she wrote.</summary>
internal sealed class Tenant
{
    private const int MostNetworks = 8;

    private readonly TenantSettings _settings;
    private readonly Dictionary<string, AreaSettings> _areas;
    private readonly Dictionary<string, OrganisationSettings> _organisations;
    private readonly ILookup<string, string> _people;
    private readonly HashSet<string> _accounts;
    private readonly ILookup<string, string> _organisationNames;
    private readonly AdministrativeTree _places;
    private readonly Dictionary<string, string> _areaOfUnit;
    private readonly TimeProvider _clock;

    public Tenant(TenantSettings settings, Macs macs, TimeProvider clock)
    {
        Check(settings);
        _clock = clock;
        _places = new AdministrativeTree([.. settings.Units.Select(u => u.Unit)]);
        _areaOfUnit = settings.Areas.SelectMany(a => a.Units.Select(unit => (unit, a.Id))).ToDictionary(p => p.unit, p => p.Id);
        _settings = settings;
        _areas = settings.Areas.ToDictionary(a => a.Id);
        _organisations = settings.Organisations.ToDictionary(o => o.Id);
        _people = settings.People
            .SelectMany(p => new[] { p.UserName, p.DisplayName, macs.AccountId(settings.Id, p.UserName) }.Select(name => (Name: Plain(name), Id: macs.AccountId(settings.Id, p.UserName))))
            .ToLookup(p => p.Name, p => p.Id);
        _accounts = [.. settings.People.Select(p => macs.AccountId(settings.Id, p.UserName))];
        _organisationNames = settings.Organisations
            .SelectMany(o => new[] { o.Id, o.Name }.Select(name => (Name: Plain(name), o.Id)))
            .ToLookup(o => o.Name, o => o.Id);
        Dialled = settings.Dialled.Count > 0
            ? [.. settings.Dialled.Select(d => new DialledFrom(d.Network is { Length: > 0 } network ? network : null, d.Keys, d.Free))]
            : NationalLines.Named(settings.FallbackNumber)?.Dialled ?? [];
        Lines = [.. settings.Areas.Select(a => a.Line).Distinct()];
    }

    public string Id => _settings.Id;
    public string Controller => _settings.Controller;
    public string FallbackNumber => _settings.FallbackNumber;

    /// <summary>How the fallback number is dialled from each network; empty: as it stands, free.</summary>
    public ImmutableArray<DialledFrom> Dialled { get; }
    public string ExitUrl => _settings.ExitUrl;
    public TimeSpan LocalOffset => TimeSpan.FromMinutes(_settings.UtcOffsetMinutes);
    public TenantSettings Settings => _settings;
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The area she named, by its id or as a place in words, or the default one: not knowing where she is never blocks help.</summary>
    public AreaSettings AreaOrDefault(string? named)
    {
        if (named is null) return _areas[_settings.DefaultArea];
        if (_areas.TryGetValue(named, out var area)) return area;
        var today = DateOnly.FromDateTime(_clock.GetUtcNow().ToOffset(LocalOffset).DateTime);
        return _areas[_places.AreaOf(named, today, _areaOfUnit) ?? AreaCalled(named) ?? _settings.DefaultArea];
    }

    /// <summary>
    /// Places that go by a name like this one and that this line's areas serve, the nearest name first. A slip or two is forgiven, accents and case do not count.
    /// </summary>
    public IReadOnlyList<KnownPlace> PlacesLike(string text, string line, int most)
    {
        var typed = PlaceNames.Plain(text);
        var today = DateOnly.FromDateTime(_clock.GetUtcNow().ToOffset(LocalOffset).DateTime);
        var areas = _settings.Areas.SelectMany(a => a.Aliases.Prepend(a.Name).Select(name => (Near: PlaceNames.Distance(typed, PlaceNames.Plain(name)), Find: (Func<KnownPlace?>)(() => new KnownPlace(a.Name, name == a.Name ? null : name, null, a)))));
        var units = _places.Named(today).Select(u => (Near: PlaceNames.Distance(typed, PlaceNames.Plain(u.Name)), Find: (Func<KnownPlace?>)(() => Known(u.Unit, u.Name, today))));
        return
        [
            .. areas.Concat(units).Where(p => p.Near is not null).OrderBy(p => p.Near)
                .Select(p => p.Find()).OfType<KnownPlace>().Where(p => p.Area.Line == line)
                .DistinctBy(p => (p.Name, p.Within, p.Area.Id)).Take(most),
        ];
    }

    private KnownPlace? Known(AdministrativeUnit unit, string name, DateOnly today)
    {
        var way = _places.Upwards(unit.Code, today);
        var area = way.Select(u => _areaOfUnit.GetValueOrDefault(u.Code)).FirstOrDefault(a => a is not null);
        return area is null ? null : new KnownPlace(unit.Name, name == unit.Name ? null : name, way.Length > 1 ? way[1].Name : null, _areas[area]);
    }

    /// <summary>Null where the name means no area, or more than one.</summary>
    private string? AreaCalled(string named)
    {
        var plain = PlaceNames.Plain(named);
        return _settings.Areas.Where(a => a.Aliases.Prepend(a.Name).Any(name => PlaceNames.Plain(name) == plain)).ToArray() is [var one] ? one.Id : null;
    }

    public AreaSettings AreaOfLine(string line) => _settings.Areas.First(a => a.Line == line);

    public IEnumerable<string> AreaIds => _areas.Keys;

    public bool HasArea(string id) => _areas.ContainsKey(id);

    public string AreaName(string id) => _areas.TryGetValue(id, out var area) ? area.Name : id;

    public OrganisationSettings? Organisation(string id) => _organisations.GetValueOrDefault(id);

    /// <summary>Whether this account is somebody in the settings today. Who was taken out of them has no access any more, whatever she still holds.</summary>
    public bool Lists(string account) => _accounts.Contains(account);

    /// <summary>Accounts that go by this name. Several may: each of them must then not know.</summary>
    public IEnumerable<string> PeopleNamed(string name) => _people[Plain(name)];

    public IEnumerable<string> OrganisationsNamed(string name) => _organisationNames[Plain(name)];

    private static string Plain(string name) => string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToLowerInvariant();

    /// <summary>What the staff of a house call it.</summary>
    public string HouseName(string id) => _settings.Houses.FirstOrDefault(h => h.Id == id)?.Name is { Length: > 0 } name ? name : id;

    /// <summary>What the line calls it; null where its organisation wishes nothing.</summary>
    public string? LineNameOfHouse(string id) => _settings.Houses.FirstOrDefault(h => h.Id == id)?.LineName is { Length: > 0 } name ? name : null;

    public string OrganisationName(string id) => Organisation(id)?.Name ?? id;

    public string? TelephoneOfHouse(string id) => _settings.Houses.FirstOrDefault(h => h.Id == id)?.Telephone;

    public string? TelephoneOfPlace(string id) => _settings.Overflow.FirstOrDefault(p => p.Id == id)?.Telephone;

    public bool HasHouse(string id) => _settings.Houses.Any(h => h.Id == id);

    private static void Check(TenantSettings settings)
    {
        Require(settings.Id, "Tenant:Id");
        Require(settings.Controller, "Tenant:Controller");
        Require(settings.DefaultArea, "Tenant:DefaultArea");
        Require(settings.FallbackNumber, "Tenant:FallbackNumber");
        for (var i = 0; i < settings.Dialled.Count; i++)
        {
            if (!DialString.TryParse(settings.Dialled[i].Keys, out _)) throw new StartRefusedException($"Tenant:Dialled:{i}:Keys is nothing that a telephone of the country dials: digits, stars and hashes, no plus.");
        }

        if (settings.TextNumber is { Length: > 0 } texts && (!(DialString.TryParse(texts, out var to) && !to.OpensMenu) && !PhoneNumber.TryParse(texts, out _))) throw new StartRefusedException("Tenant:TextNumber is no number that a phone sends texts to.");
        if (settings.Dialled.Select(d => d.Network ?? "").Distinct(StringComparer.OrdinalIgnoreCase).Count() != settings.Dialled.Count) throw new StartRefusedException("Tenant:Dialled names a network twice.");
        if (settings.Dialled.Count > MostNetworks) throw new StartRefusedException($"Tenant:Dialled has more than {MostNetworks} networks.");
        if (settings.Areas.All(a => a.Id != settings.DefaultArea)) throw new StartRefusedException("Tenant:DefaultArea names no area of Tenant:Areas.");
        if (settings.Areas.Any(a => a.Line.Length == 0)) throw new StartRefusedException("Tenant:Areas has an area without a Line. An area without a staffed line cannot be switched on.");
        if (settings.ContactsKeptDays < ContactKeeping.Least.TotalDays || settings.ContactsKeptDays > ContactKeeping.Most.TotalDays)
        {
            throw new StartRefusedException(string.Create(CultureInfo.InvariantCulture, $"Tenant:ContactsKeptDays is not between {ContactKeeping.Least.TotalDays} and {ContactKeeping.Most.TotalDays}."));
        }

        if (settings.Organisations.All(o => o.Id != settings.Controller)) throw new StartRefusedException("Tenant:Controller names no organisation of Tenant:Organisations.");
        foreach (var person in settings.People)
        {
            if (person.LoadCap is < 1 or > 100) throw new StartRefusedException("Tenant:People has a person whose LoadCap is not between 1 and 100.");
            if (settings.Organisations.All(o => o.Id != person.Organisation)) throw new StartRefusedException("Tenant:People has a person whose Organisation is not in Tenant:Organisations.");
        }

        if (AdministrativeTree.Fault([.. settings.Units.Select(u => u.Unit)]) is { } fault) throw new StartRefusedException($"Tenant:Units cannot be used: {fault}.");
        var served = settings.Areas.SelectMany(a => a.Units).ToArray();
        if (served.FirstOrDefault(code => settings.Units.All(u => u.Code != code)) is { } unknown) throw new StartRefusedException($"Tenant:Areas names the unit {unknown}, which is not in Tenant:Units.");
        if (served.Distinct().Count() != served.Length) throw new StartRefusedException("Tenant:Areas has a unit that two areas serve.");
        CheckLines(settings);
        HouseSettings.Check(settings);
    }

    /// <summary>
    /// A line hears every alert, whatever she consented to: nobody on one may work where the police or the army may learn of it, nor give the passwords of those who are. And whoever is told last must be
    /// able to take what nobody took.
    /// </summary>
    private static void CheckLines(TenantSettings settings)
    {
        for (var i = 0; i < settings.People.Count; i++)
        {
            var person = settings.People[i];
            var facts = settings.Organisations.First(o => o.Id == person.Organisation).Facts;
            if (facts.NeedsBasis && (person.Lines.Count > 0 || person.Roles.Any(r => IsHotline(r) || r is Role.Administrator)))
            {
                throw new StartRefusedException($"Tenant:People:{i}:UserName is on a line or an administrator and works for the police, the army or a place where they are. Take Lines, hotline roles and Administrator from this person.");
            }
        }

        for (var i = 0; i < settings.Areas.Count; i++)
        {
            var area = settings.Areas[i];
            CanAct(settings, area, area.DutyOfficer, $"Tenant:Areas:{i}:DutyOfficer");
            CanAct(settings, area, area.Backup, $"Tenant:Areas:{i}:Backup");
            CheckPreparation(settings, area, $"Tenant:Areas:{i}");
        }
    }

    /// <summary>May be left out while an area is being prepared; it then cannot be switched on. What is there must be right.</summary>
    private static void CheckPreparation(TenantSettings settings, AreaSettings area, string setting)
    {
        if (area.LineHours is { } hours && !IsHours(hours)) throw new StartRefusedException($"{setting}:LineHours must be two times, as 08:00-20:00.");
        if ((area.LineHours is null) != (area.LineLead is null)) throw new StartRefusedException($"{setting}:LineHours and {setting}:LineLead must be set together.");
        if (area.LineLead is { } lead && !settings.People.Any(p => SameUser(p.UserName, lead))) throw new StartRefusedException($"{setting}:LineLead must be the UserName of somebody in Tenant:People.");
        for (var i = 0; i < area.NightRoster.Count; i++) CanAct(settings, area, area.NightRoster[i], $"{setting}:NightRoster:{i}");
    }

    private static bool IsHours(string text) =>
        text.Split('-') is [var from, var until] && IsTime(from) && (IsTime(until) || until == "24:00");

    private static bool IsTime(string text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static void CanAct(TenantSettings settings, AreaSettings area, string? userName, string setting)
    {
        if (settings.People.Any(p => userName is not null && SameUser(p.UserName, userName) && p.Roles.Any(IsHotline) && p.Lines.Contains(area.Line))) return;
        throw new StartRefusedException($"{setting} must be the UserName of somebody in Tenant:People with the role CallTaker or Supervisor and the area's Line.");
    }

    private static bool IsHotline(Role role) => role is Role.CallTaker or Role.Supervisor;

    /// <summary>As account ids are made: see <see cref="Macs.AccountId"/>.</summary>
    private static bool SameUser(string one, string other) => one.Trim().Equals(other.Trim(), StringComparison.OrdinalIgnoreCase);

    private static void Require(string value, string name)
    {
        if (string.IsNullOrWhiteSpace(value)) throw new StartRefusedException($"{name} is not set.");
    }
}
