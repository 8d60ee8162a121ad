using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.ServiceAreas;

namespace Dispatch.Domain.Tests;

/// <summary>Shared builders. Everything has a default that can help; a test says only what its story is about.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Night = new(2026, 11, 20, 22, 0, 0, TimeSpan.Zero);

    public static readonly Mode[] AllModes = Enum.GetValues<Mode>();

    public static readonly OrganisationFacts Clinic = new("clinic", OrganisationKind.Health);
    public static readonly OrganisationFacts WomensGroup = new("women", OrganisationKind.WomensGroup);
    public static readonly OrganisationFacts PoliceStation = new("police", OrganisationKind.Police);
    public static readonly OrganisationFacts PoliceClinic = new("police-clinic", OrganisationKind.Health, PoliceRun: true);
    public static readonly OrganisationFacts CentreWithOfficer = new("centre", OrganisationKind.OneStopCentre, PolicePresent: true);
    public static readonly OrganisationFacts GarrisonHospital = new("garrison", OrganisationKind.Health, ArmedForces: true);
    public static readonly OrganisationFacts Army = new("army", OrganisationKind.ArmedForces);

    /// <summary>Seconds after the press.</summary>
    public static DateTimeOffset At(double seconds) => Night.AddMilliseconds(Math.Round(seconds * 1000));

    public static RaiseAlert Press(params Need[] needs) => new()
    {
        Id = "a1",
        Tenant = "XX",
        Organisation = "line-org",
        Area = "XX/demo",
        Line = "demo",
        KeyMac = "key",
        BodyMac = "body",
        WrappedKey = "wrapped",
        Needs = [.. needs],
    };

    public static Rules Rules(int quorum = 1) => new()
    {
        Version = 1,
        DefaultNeeds = [Need.Health, Need.Psychosocial],
        Needs = [.. Enum.GetValues<Need>().Select(n => new NeedRule(n, [.. AllModes], quorum))],
        Steps = Dispatch.Domain.Protocols.Rules.DefaultSteps,
    };

    public static Candidate Person(string id, params Need[] needs) => new()
    {
        Responder = id,
        Tenant = "XX",
        Organisation = Clinic,
        Needs = needs is [] ? [Need.Health] : [.. needs],
        Modes = [.. AllModes],
        Languages = ["fr"],
        Woman = true,
        Children = true,
        VettedUntil = Night.AddYears(1),
    };

    public static Candidate From(this Candidate person, OrganisationFacts organisation) => person with { Organisation = organisation };

    public static Candidate[] People(int count, params Need[] needs) => [.. Enumerable.Range(1, count).Select(i => Person($"p{i:D2}", needs))];

    public static Consent Yes(double at = 0) => new(DisclosureBasis.Consent, Consent.Survivor, At(at), "web", "v1", "fr");

    public static AddToAlert ByCallTaker() => new() { By = "fatou", Authorised = true };

    public static AddToAlert ByPhone() => new() { By = Consent.Survivor };

    public static Sealed<T> Box<T>(string box) => new(box);

    public static T As<T>(this Decision decision) where T : Decision => Assert.IsType<T>(decision);

    /// <summary>The alert after a decision that must have changed it.</summary>
    public static Alert Now(this Decision decision) => decision.As<Decision.Changed>().Alert;

    /// <summary>The alert after a decision, changed or not.</summary>
    public static Alert Or(this Decision decision, Alert before) => decision switch
    {
        Decision.Changed changed => changed.Alert,
        Decision.Unchanged unchanged => unchanged.Alert,
        Decision.Refused => before,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>A decision in one word: <c>changed</c>, <c>same</c>, or the code of the refusal.</summary>
    public static string Outcome(this Decision decision) => decision switch
    {
        Decision.Changed => "changed",
        Decision.Unchanged => "same",
        Decision.Refused refused => Word(refused.Why),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static string Word<T>(T value) where T : struct, Enum
    {
        var text = value.ToString();
        return char.ToLowerInvariant(text[0]) + text[1..];
    }
}
