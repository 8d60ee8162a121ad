using System.Collections.Immutable;
using Dispatch.Domain.Protocols;

namespace Dispatch.Domain.ServiceAreas;

/// <summary>What a service area needs before machines may ask people there. Until then whatever is raised in it goes to humans at once.</summary>
public static class AreaReadiness
{
    public const string NoLine = "no_line";
    public const string NoNightRoster = "no_night_roster";
    public const string NoProtocol = "no_protocol";
    public const string NoPassedDrill = "no_passed_drill";
    public const string NoDutyOfficer = "no_duty_officer";
    public const string NoBackup = "no_backup";

    /// <summary>Stable codes of what is missing, in a fixed order; empty when the area may be switched on.</summary>
    public static ImmutableArray<string> Missing(AreaSetup? setup, Rules? active)
    {
        var missing = ImmutableArray.CreateBuilder<string>();
        if (string.IsNullOrWhiteSpace(setup?.Line) || setup.Staffing is null) missing.Add(NoLine);
        if (setup is not { NightRoster.IsEmpty: false }) missing.Add(NoNightRoster);
        if (active is null || active.Fault() is not null) missing.Add(NoProtocol);
        if (setup?.DrillPassedAt is null) missing.Add(NoPassedDrill);
        if (string.IsNullOrWhiteSpace(setup?.DutyOfficer)) missing.Add(NoDutyOfficer);
        if (string.IsNullOrWhiteSpace(setup?.Backup)) missing.Add(NoBackup);
        return missing.ToImmutable();
    }
}
