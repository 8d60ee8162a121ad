namespace Dispatch.Domain.Organisations;

public enum OrganisationKind
{
    Health = 1,
    Police = 2,
    ArmedForces = 3,
    Shelter = 4,
    Legal = 5,
    WomensGroup = 6,
    OneStopCentre = 7,
    Hotline = 8,
    Other = 9,
}

/// <summary>
/// What disclosure is checked against: the recipient's organisation, never the name of the need. A nurse in a police-run clinic is, for
/// this purpose, the police.
/// </summary>
public sealed record OrganisationFacts(
    string Id,
    OrganisationKind Kind,
    bool PoliceRun = false,
    bool PolicePresent = false,
    bool ArmedForces = false)
{
    /// <summary>True when telling this organisation may tell the police or the army.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool NeedsBasis =>
        PoliceRun || PolicePresent || ArmedForces || Kind is OrganisationKind.Police or OrganisationKind.ArmedForces;
}
