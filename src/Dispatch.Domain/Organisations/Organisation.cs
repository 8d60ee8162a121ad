using System.Text.Json.Serialization;

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
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool PoliceRun = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool PolicePresent = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool ArmedForces = false)
{
    /// <summary>True when telling this organisation may tell the police or the army.</summary>
    [JsonIgnore]
    public bool NeedsBasis =>
        PoliceRun || PolicePresent || ArmedForces || Kind is OrganisationKind.Police or OrganisationKind.ArmedForces;
}
