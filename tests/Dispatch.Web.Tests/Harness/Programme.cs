using System.Text.Json;

namespace Dispatch.Web.Tests.Harness;

/// <summary>The settings of a small real tenant, as an operator would write them.</summary>
public static class Programme
{
    public const string Password = "a password for tests";
    public const string Area = "TT/one";
    public const string River = "TT/river";
    public const int Nurses = 24;

    /// <summary>Has not chosen a password yet.</summary>
    public const string Newcomer = "newcomer";

    public static object Settings(int askedAtOnce = 2, string dutyOfficer = "boss", string backup = "backup", string takersOrganisation = "line", bool policeInClinic = false, int firstNurse = 0,
        string? lineHours = "08:00-20:00", string? lineLead = "boss", string[]? nightRoster = null, string? drillPassedAt = "2026-01-01T00:00:00Z",
        int restHours = 0, string? shoreParent = "TT1", string adminsOrganisation = "line", string[]? inns = null, string innsArea = Area, object[]? closed = null, string relay = "Desk", int contactsKeptDays = 40) => new
    {
        Tenant = new
        {
            Id = "TT",
            Controller = "line",
            DefaultArea = Area,
            FallbackNumber = "116",
            RestHours = restHours,
            ContactsKeptDays = contactsKeptDays,
            DefaultNeeds = new[] { "Health" },
            HumanBases = new[] { "LifeThreat" },
            Needs = new object[]
            {
                new { Need = "Health", Modes = new[] { "CallsHer", "ReceivesHer" } },
                new { Need = "Police", Modes = new[] { "CallsHer" } },
                new { Need = "Psychosocial", Modes = new[] { "CallsHer" } },
                new { Need = "Transport", Modes = new[] { "MeetsAt", "CallsHer" } },
            },
            Steps = new[] { new { AfterSeconds = 0, PerNeed = askedAtOnce } },
            Organisations = new object[]
            {
                new { Id = "line", Name = "Line", Kind = "Hotline" },
                new { Id = "clinic", Name = "Clinic", Kind = "Health", PolicePresent = policeInClinic },
                new { Id = "post", Name = "Post", Kind = "Health", PoliceRun = true },
                new { Id = "police", Name = "Police", Kind = "Police" },
                new { Id = "homes", Name = "Homes", Kind = "Shelter" },
            },
            Houses = Enumerable.Range(1, 3).Select(n => new { Id = $"home-{n}", Organisation = "homes", Areas = new[] { Area }, MeetingPoint = "the market", Telephone = $"+223 20 00 00 0{n}", BoysUpTo = 12, Closed = closed ?? [] }),
            Overflow = (inns ?? ["inn"]).Select(id => new { Id = id, Kind = "PartnerHotel", Organisation = "homes", Areas = new[] { innsArea }, Telephone = "+223 20 00 00 09" }),
            Units = new object[]
            {
                new { Code = "TT1", Level = "commune", Name = "Rivière" },
                new { Code = "TT101", Parent = shoreParent, Level = "village", Name = "La Grande-Rive", Aliases = new[] { "Ba Da" } },
            },
            Areas = new[]
            {
                new { Id = Area, Name = "One", Line = "one", Units = Array.Empty<string>(), DutyOfficer = dutyOfficer, Backup = backup, LineHours = lineHours, LineLead = lineLead, NightRoster = nightRoster ?? ["taker"], DrillPassedAt = drillPassedAt },
                new { Id = River, Name = "River", Line = "one", Units = new[] { "TT1" }, DutyOfficer = "boss", Backup = "backup", LineHours = (string?)null, LineLead = (string?)null, NightRoster = Array.Empty<string>(), DrillPassedAt = (string?)null },
            },
            People = Enumerable.Range(firstNurse, Nurses - firstNurse).Select(n => Person($"nurse{n}", $"Nurse {n}", "clinic", ["Responder"], ["Health"], []))
                .Append(Person("counsellor", "Counsellor", "post", ["Responder"], ["Psychosocial", "Health"], []))
                .Append(Person("driver", "Driver", "clinic", ["Responder"], ["Transport"], [], modes: ["CallsHer", "ReceivesHer", "MeetsAt"]))
                .Append(Person("officer", "Officer", "police", ["Responder"], ["Police"], []))
                .Append(Person("taker", "Taker", takersOrganisation, ["CallTaker"], [], ["one"]))
                .Append(Person("boss", "Boss", "line", ["Supervisor"], [], ["one"]))
                .Append(Person("backup", "Backup", "line", ["Supervisor"], [], ["one"]))
                .Append(Person(Newcomer, "Newcomer", "line", ["CallTaker"], [], ["one"]))
                .Append(Person("elsewhere", "Elsewhere", "line", ["CallTaker"], [], ["two"]))
                .Append(Person("admin", "Admin", adminsOrganisation, ["Administrator"], [], []))
                .Append(Person("keeper", "Keeper", "homes", ["ShelterStaff"], [], [], ["home-1"]))
                .Append(Person("warden", "Warden", "homes", ["ShelterStaff", "HouseGuardian"], [], [], ["home-2", "home-3"]))
                .Append(Person("planner", "Planner", "line", ["Coordinator"], [], ["one"]))
                .Append(Person("desk", relay, "clinic", ["Relay"], [], []))
                .Append(Person("newdesk", "New Desk", "clinic", ["Relay"], [], []))
                .Append(Person("frontdesk", "Front Desk", "police", ["Relay"], [], []))
                .Append(Person("lapsed", "Lapsed", "clinic", ["Responder"], ["Health"], [], conductUntil: "2020-01-01T00:00:00Z")),
        },
    };

    public static Stream Json(object settings) => new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(settings));

    private static object Person(string user, string name, string organisation, string[] roles, string[] needs, string[] lines, string[]? houses = null, string? conductUntil = null, string[]? modes = null) => new
    {
        UserName = user,
        DisplayName = name,
        Organisation = organisation,
        Roles = roles,
        Needs = needs,
        Modes = modes ?? ["CallsHer", "ReceivesHer"],
        Areas = new[] { Area },
        Lines = lines,
        Houses = houses ?? [],
        Woman = true,
        Children = true,
        VettedUntil = "2099-01-01T00:00:00Z",
        ConductUntil = conductUntil,
    };
}
