using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;

namespace Dispatch.Stories.Tests.Alerts;

public sealed class PoliceStories
{
    [Fact]
    public async Task Police_are_told_when_she_agrees_and_not_before_however_long_the_silence()
    {
        await using var town = await Town.Start(Waits.Brief);
        await town.OnDuty("amal");
        await town.OnDuty("police", Need.Police, new OrganisationFacts("station", OrganisationKind.Police, PoliceRun: true));
        await town.OnDuty("nurse", Need.Health, new OrganisationFacts("station-clinic", OrganisationKind.Health, PoliceRun: true));

        var alert = await town.Press(Need.Health, Need.Police);
        await town.IsAsked("amal");
        await town.IsCalled(Town.Backup);
        Assert.False(town.WasAsked("police"));
        Assert.False(town.WasAsked("nurse"));
        Assert.Empty(await town.Offers("police"));

        await town.SheAgrees(alert);

        await town.IsAsked("police");
        Assert.Null(Assert.Single(await town.Accept(alert, "police")).Refused);
    }
}
