using Dispatch.Domain.Alerts;

namespace Dispatch.Stories.Tests.Alerts;

public sealed class RosterStories
{
    [Fact]
    public async Task Whom_the_roster_names_is_asked_without_an_act_of_hers_and_whoever_says_that_she_is_off_is_not()
    {
        await using var town = await Town.Start(Waits.Patient);
        await town.Rostered("amal", "bila");
        Assert.Empty(await town.Gaps(Need.Health));
        await town.OffDuty("amal");

        var alert = await town.Press();

        await town.IsAsked("bila");
        Assert.DoesNotContain((await town.State(alert)).Offers, offer => offer.Responder == "amal");
        await town.OffDuty("bila");
        var gap = Assert.Single(await town.Gaps(Need.Health));
        Assert.InRange(gap.Until - gap.From, TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
    }
}
