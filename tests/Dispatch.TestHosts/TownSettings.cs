using System.Text.Json;
using Dispatch.Domain.Accounts;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;
using Dispatch.Web.Shelters;
using Dispatch.Web.Tenancy;

namespace Dispatch.TestHosts;

/// <summary>What the operator of a town would write.</summary>
internal static class TownSettings
{
    public const string Tenant = "TT";
    private const string Supervisor = "supervisor";

    public static string Area(int number) => $"{Tenant}/{number}";

    public static string House(int number) => $"house-{number}";

    public static PersonSettings[] Responders(TownPlan plan) =>
    [
        .. Enumerable.Range(0, plan.Areas * plan.PerArea)
            .Select(i => Person(plan, $"responder{i}", "clinic", Role.Responder, [plan.Needs[i % plan.PerArea % plan.Needs.Count]], Area(i / plan.PerArea), lines: [])),
    ];

    public static PersonSettings OnTheLine(TownPlan plan) => Person(plan, Supervisor, "line", Role.Supervisor, [], Area(0), lines: ["line"]);

    public static string Json(TownPlan plan)
    {
        var tenant = new TenantSettings
        {
            Id = Tenant, Controller = "line", DefaultArea = Area(0), FallbackNumber = "116", DefaultNeeds = [plan.Needs[0]],
            Needs = [.. plan.Needs.Select(n => new NeedSettings { Need = n, Modes = [Mode.CallsHer, Mode.ReceivesHer] })],
            Steps = [.. plan.Steps.Select(s => new StepSettings { AfterSeconds = s.AfterSeconds, PerNeed = s.PerNeed })],
            Organisations =
            [
                new() { Id = "line", Name = "Line", Kind = OrganisationKind.Hotline },
                new() { Id = "clinic", Name = "Clinic", Kind = OrganisationKind.Health },
                new() { Id = "homes", Name = "Homes", Kind = OrganisationKind.Shelter },
            ],
            Areas = [.. Enumerable.Range(0, plan.Areas).Select(AreaOf)],
            Houses = [.. plan.Beds.Select((_, i) => new HouseSettings { Id = House(i), Organisation = "homes", Areas = [.. Enumerable.Range(0, plan.Areas).Select(Area)] })],
            People = [.. Responders(plan), OnTheLine(plan)],
        };
        if (plan.Endurance is { } endurance) tenant.RestHours = endurance.RestHours;
        if (plan.TextAfterSeconds is { } wait) tenant.TextAfterSeconds = wait;
        var logging = new { LogLevel = new Dictionary<string, string> { ["Default"] = "Warning" } };
        return JsonSerializer.Serialize(new { Logging = logging, Tenant = tenant });
    }

    private static PersonSettings Person(TownPlan plan, string user, string organisation, Role role, Need[] needs, string area, string[] lines)
    {
        var person = new PersonSettings
        {
            UserName = user, DisplayName = user, Organisation = organisation, Roles = [role], Needs = needs, Modes = [Mode.CallsHer, Mode.ReceivesHer],
            Areas = [area], Lines = lines, Woman = true, Children = true, VettedUntil = new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero),
        };
        if (plan.Endurance is { } endurance) person.LoadCap = endurance.LoadCap;
        return person;
    }

    private static AreaSettings AreaOf(int number) => new()
    {
        Id = Area(number), Name = $"Area {number}", Line = "line", DutyOfficer = Supervisor, Backup = Supervisor, LineHours = "08:00-20:00", LineLead = Supervisor,
        NightRoster = [Supervisor], DrillPassedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };
}
