using Dispatch.Web.Hosting;
using Dispatch.Web.Sealing;

namespace Dispatch.Web.Tenancy;

/// <summary>The tenant of this host, ready to be asked: names of areas and organisations, who is meant by a name that she wrote.</summary>
internal sealed class Tenant
{
    private readonly TenantSettings _settings;
    private readonly Dictionary<string, AreaSettings> _areas;
    private readonly Dictionary<string, OrganisationSettings> _organisations;
    private readonly ILookup<string, string> _people;
    private readonly ILookup<string, string> _organisationNames;

    public Tenant(TenantSettings settings, Macs macs)
    {
        Check(settings);
        _settings = settings;
        _areas = settings.Areas.ToDictionary(a => a.Id);
        _organisations = settings.Organisations.ToDictionary(o => o.Id);
        _people = settings.People
            .SelectMany(p => new[] { p.UserName, p.DisplayName, macs.AccountId(settings.Id, p.UserName) }.Select(name => (Name: Plain(name), Id: macs.AccountId(settings.Id, p.UserName))))
            .ToLookup(p => p.Name, p => p.Id);
        _organisationNames = settings.Organisations
            .SelectMany(o => new[] { o.Id, o.Name }.Select(name => (Name: Plain(name), o.Id)))
            .ToLookup(o => o.Name, o => o.Id);
        Lines = [.. settings.Areas.Select(a => a.Line).Distinct()];
    }

    public string Id => _settings.Id;
    public string Controller => _settings.Controller;
    public string FallbackNumber => _settings.FallbackNumber;
    public string ExitUrl => _settings.ExitUrl;
    public TimeSpan LocalOffset => TimeSpan.FromMinutes(_settings.UtcOffsetMinutes);
    public TenantSettings Settings => _settings;
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The area she named, or the default one: not knowing where she is never blocks help.</summary>
    public AreaSettings AreaOrDefault(string? id) => id is not null && _areas.TryGetValue(id, out var area) ? area : _areas[_settings.DefaultArea];

    public AreaSettings AreaOfLine(string line) => _settings.Areas.First(a => a.Line == line);

    public string AreaName(string id) => _areas.TryGetValue(id, out var area) ? area.Name : id;

    public OrganisationSettings? Organisation(string id) => _organisations.GetValueOrDefault(id);

    /// <summary>Accounts that go by this name. Several may: each of them must then not know.</summary>
    public IEnumerable<string> PeopleNamed(string name) => _people[Plain(name)];

    public IEnumerable<string> OrganisationsNamed(string name) => _organisationNames[Plain(name)];

    private static string Plain(string name) => string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToLowerInvariant();

    private static void Check(TenantSettings settings)
    {
        Require(settings.Id, "Tenant:Id");
        Require(settings.Controller, "Tenant:Controller");
        Require(settings.DefaultArea, "Tenant:DefaultArea");
        Require(settings.FallbackNumber, "Tenant:FallbackNumber");
        if (settings.Areas.All(a => a.Id != settings.DefaultArea)) throw new StartRefusedException("Tenant:DefaultArea names no area of Tenant:Areas.");
        if (settings.Areas.Any(a => a.Line.Length == 0)) throw new StartRefusedException("Tenant:Areas has an area without a Line. An area without a staffed line cannot be switched on.");
        if (settings.Organisations.All(o => o.Id != settings.Controller)) throw new StartRefusedException("Tenant:Controller names no organisation of Tenant:Organisations.");
        foreach (var person in settings.People)
        {
            if (settings.Organisations.All(o => o.Id != person.Organisation)) throw new StartRefusedException("Tenant:People has a person whose Organisation is not in Tenant:Organisations.");
        }
    }

    private static void Require(string value, string name)
    {
        if (string.IsNullOrWhiteSpace(value)) throw new StartRefusedException($"{name} is not set.");
    }
}
