using Dispatch.Domain.Accounts;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Shelters;
using Dispatch.Web.Shelters;
using Dispatch.Web.Tenancy;

namespace Dispatch.Web.Demo;

/// <summary>A small invented programme to look at and to test against. XX is no country.</summary>
internal static class DemoTenant
{
    public const string Id = "XX";
    private const string Area = "XX/demo";
    private const string Line = "demo";
    private static readonly DateTimeOffset Vetted = new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TenantSettings Settings() => new()
    {
        Id = Id,
        Controller = "demo-hotline",
        DefaultArea = Area,
        FallbackNumber = "80 00 00 00",
        TextNumber = "80 000",
        // Whoever tries it presses many times in a row, at any hour, and seldom sees an alert through: nobody is too busy or too tired for the next one.
        RestHours = 0,
        DefaultNeeds = [Need.Health],
        HumanBases = [DisclosureBasis.LifeThreat],
        Needs =
        [
            Rule(Need.Health, Mode.CallsHer, Mode.ReceivesHer, Mode.ComesToHer),
            Rule(Need.Shelter, Mode.CallsHer, Mode.MeetsAt),
            Rule(Need.Psychosocial, Mode.CallsHer, Mode.ReceivesHer),
            Rule(Need.Legal, Mode.CallsHer, Mode.ReceivesHer),
            Rule(Need.Advocate, Mode.CallsHer, Mode.Escorts),
            Rule(Need.Transport, Mode.CallsHer, Mode.MeetsAt, Mode.Escorts),
            Rule(Need.Police, Mode.CallsHer, Mode.ReceivesHer, Mode.ComesToHer),
        ],
        Organisations =
        [
            new() { Id = "demo-hotline", Name = "Ligne d'écoute", Kind = OrganisationKind.Hotline },
            new() { Id = "demo-clinic", Name = "Centre de santé", Kind = OrganisationKind.Health },
            new() { Id = "demo-police", Name = "Commissariat", Kind = OrganisationKind.Police, PoliceRun = true, PolicePresent = true },
            new() { Id = "demo-women", Name = "Association de femmes", Kind = OrganisationKind.WomensGroup },
            new() { Id = "demo-law", Name = "Clinique juridique", Kind = OrganisationKind.Legal },
            new() { Id = "demo-house", Name = "Maison d'accueil", Kind = OrganisationKind.Shelter },
        ],
        Houses = [Shelter("demo-shelter-1", "Maison 1", beds: 6, boysUpTo: 12), Shelter("demo-shelter-2", "Maison 2", beds: 10, boysUpTo: null), Shelter("demo-shelter-3", "Maison 3", beds: 4, boysUpTo: 10)],
        Overflow = [Elsewhere("demo-hotel", OverflowKind.PartnerHotel, "demo-house", "80 00 00 21"), Elsewhere("demo-family", OverflowKind.HostFamily, "demo-women", "80 00 00 22")],
        Units =
        [
            new() { Code = "XX1", Level = "commune", Name = "Commune démo" },
            new() { Code = "XX101", Parent = "XX1", Level = "quartier", Name = "Grand-Marché", Aliases = ["Sugu ba", "Marché central"] },
            new() { Code = "XX102", Parent = "XX1", Level = "quartier", Name = "Bord du fleuve", Aliases = ["Badala"] },
            new() { Code = "XX103", Parent = "XX1", Level = "village", Name = "Village des Manguiers", Aliases = ["Mangoro dugu"] },
        ],
        Areas =
        [
            new()
            {
                Id = Area, Name = "Quartier démo", Aliases = ["Kin démo"], Units = ["XX1"], Line = Line, DutyOfficer = "supervisor1", Backup = "admin1", LineHours = "00:00-24:00", LineLead = "supervisor1",
                // An invented country has passed its drill.
                NightRoster = ["hotline1", "supervisor1"], DrillPassedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), SwitchOn = true,
            },
        ],
        People =
        [
            Responder("health1", "Awa K.", "demo-clinic", woman: true, children: true, [Need.Health], [Mode.CallsHer, Mode.ReceivesHer, Mode.ComesToHer]),
            Responder("health2", "Fanta D.", "demo-clinic", woman: true, children: false, [Need.Health], [Mode.CallsHer, Mode.ReceivesHer]),
            Responder("health3", "Ousmane T.", "demo-clinic", woman: false, children: true, [Need.Health], [Mode.CallsHer, Mode.ReceivesHer]),
            Responder("police1", "Mariam S.", "demo-police", woman: true, children: true, [Need.Police], [Mode.CallsHer, Mode.ReceivesHer, Mode.ComesToHer]),
            Responder("police2", "Boureima G.", "demo-police", woman: false, children: false, [Need.Police], [Mode.CallsHer, Mode.ReceivesHer]),
            Responder("psycho1", "Rokia B.", "demo-women", woman: true, children: true, [Need.Psychosocial, Need.Advocate], [Mode.CallsHer, Mode.ReceivesHer, Mode.Escorts]),
            Responder("legal1", "Salif N.", "demo-law", woman: false, children: false, [Need.Legal], [Mode.CallsHer, Mode.ReceivesHer]),
            Responder("driver1", "Issa C.", "demo-women", woman: false, children: false, [Need.Transport], [Mode.CallsHer, Mode.MeetsAt, Mode.Escorts]),
            House("shelter1", "Kadi M.", "demo-shelter-1"),
            House("shelter2", "Aïcha O.", "demo-shelter-2", "demo-shelter-3"),
            Relay("relay1", "Oumou S."),
            Office("hotline1", "Bintou F.", Role.CallTaker),
            Office("supervisor1", "Djeneba H.", Role.Supervisor),
            Office("coordinator1", "Adama L.", Role.Coordinator),
            Office("admin1", "Nafi Z.", Role.Administrator, Role.Supervisor),
        ],
    };

    private static NeedSettings Rule(Need need, params Mode[] modes) => new() { Need = need, Modes = modes };

    private static PersonSettings Responder(string user, string name, string organisation, bool woman, bool children, Need[] needs, Mode[] modes) => new()
    {
        UserName = user, DisplayName = name, Organisation = organisation, Roles = [Role.Responder], Needs = needs, Modes = modes,
        Areas = [Area], Languages = ["fr", "en"], Woman = woman, Children = children, VettedUntil = Vetted, LoadCap = 100,
    };

    private static OverflowSettings Elsewhere(string id, OverflowKind kind, string organisation, string telephone) => new() { Id = id, Kind = kind, Organisation = organisation, Telephone = telephone, Areas = [Area] };

    private static HouseSettings Shelter(string id, string name, int beds, int? boysUpTo) => new()
    {
        Id = id, Name = name, Organisation = "demo-house", Areas = [Area], BoysUpTo = boysUpTo, JourneyMinutes = 30, FirstBeds = beds,
    };

    private static PersonSettings House(string user, string name, params string[] houses) => new()
    {
        UserName = user, DisplayName = name, Houses = houses, Organisation = "demo-house", Roles = [Role.ShelterStaff, Role.HouseGuardian, Role.Responder], Needs = [Need.Shelter],
        Modes = [Mode.CallsHer, Mode.MeetsAt], Areas = [Area], Languages = ["fr", "en"], Woman = true, Children = true, VettedUntil = Vetted, LoadCap = 100,
    };

    private static PersonSettings Relay(string user, string name) => new()
    {
        UserName = user, DisplayName = name, Organisation = "demo-women", Roles = [Role.Relay], Areas = [Area], Languages = ["fr", "en"], Woman = true, VettedUntil = Vetted, LoadCap = 100,
    };

    private static PersonSettings Office(string user, string name, params Role[] roles) => new()
    {
        UserName = user, DisplayName = name, Organisation = "demo-hotline", Roles = roles, Areas = [Area],
        Lines = roles.Any(role => role is Role.CallTaker or Role.Supervisor) ? [Line] : [], Languages = ["fr", "en"], Woman = true, VettedUntil = Vetted, LoadCap = 100,
    };
}
