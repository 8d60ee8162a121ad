using Dispatch.Domain.Alerts;
using Dispatch.Domain.ServiceAreas;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.ServiceAreas;

public sealed class AreaReadinessTests
{
    private static readonly AreaSetup Ready = new()
    {
        Tenant = "XX", Line = "demo", Staffing = new LineStaffing("08:00-20:00", "lead"), NightRoster = ["night"], DutyOfficer = "officer", Backup = "backup", DrillPassedAt = Night,
    };

    [Fact]
    public void An_area_with_everything_may_be_switched_on() => Assert.Empty(Missing(Ready, Rules()));

    public static TheoryData<string, AreaSetup> Without => new()
    {
        { AreaReadiness.NoLine, Ready with { Line = "" } },
        { AreaReadiness.NoLine, Ready with { Staffing = null } },
        { AreaReadiness.NoNightRoster, Ready with { NightRoster = [] } },
        { AreaReadiness.NoPassedDrill, Ready with { DrillPassedAt = null } },
        { AreaReadiness.NoDutyOfficer, Ready with { DutyOfficer = null } },
        { AreaReadiness.NoBackup, Ready with { Backup = " " } },
    };

    [Theory, MemberData(nameof(Without))]
    public void Each_thing_that_is_missing_has_its_own_code(string code, AreaSetup setup) => Assert.Equal([code], Missing(setup, Rules()));

    [Fact]
    public void A_protocol_that_is_not_there_or_cannot_run_is_none()
    {
        Assert.Equal([AreaReadiness.NoProtocol], Missing(Ready, null));
        Assert.Equal([AreaReadiness.NoProtocol], Missing(Ready, Rules() with { Steps = [] }));
    }

    [Fact]
    public void An_area_that_was_never_set_up_lacks_everything() =>
        Assert.Equal(["no_line", "no_night_roster", "no_protocol", "no_passed_drill", "no_duty_officer", "no_backup"], Missing(null, null));

    [Fact]
    public void New_settings_keep_what_staff_decided()
    {
        var known = Ready with { On = true, DrillUntil = At(100), DrillPassedAt = At(50) };
        var next = (Ready with { Line = "other" }).KeepingFrom(known);
        Assert.Equal(("other", true, At(100), At(50)), (next.Line, next.On, next.DrillUntil, next.DrillPassedAt));
        Assert.Equal(At(60), (Ready with { DrillPassedAt = At(60) }).KeepingFrom(known).DrillPassedAt);
        Assert.True((Ready with { NightRoster = ["night"], On = true, DrillUntil = At(100), DrillPassedAt = At(50) }).SameAs(known));
        Assert.False((known with { NightRoster = ["other"] }).SameAs(known));
        Assert.False((known with { Neighbours = ["next"] }).SameAs(known));
        Assert.False(known.SameAs(null));
    }

    [Fact]
    public void On_the_default_line_its_own_officers_are_told()
    {
        var setup = Ready with { Default = new LineChain("national", "officer-n", "backup-n") };
        Assert.Equal(new LineChain("demo", "officer", "backup"), setup.ChainOf("demo"));
        Assert.Equal(setup.Default, setup.ChainOf("national"));
        Assert.Equal("officer", setup.ChainOf("elsewhere").DutyOfficer);
        Assert.Equal("officer", (setup with { Line = "national" }).ChainOf("national").DutyOfficer);
    }

    [Fact]
    public void Where_no_machine_asks_anybody_the_console_rings_at_once()
    {
        var raised = Raising.Raise(null, Press(Need.Health), Night).Now();
        Assert.Equal(Night, Asking.Open(raised, Rules(), At(3), byMachine: false).Now().Ring!.At);
        Assert.Equal(At(60), Asking.Open(raised, Rules(), At(3)).Now().Ring!.At);
    }

    private static string[] Missing(AreaSetup? setup, Dispatch.Domain.Protocols.Rules? rules) => [.. AreaReadiness.Missing(setup, rules)];
}
