using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.Survivors;

namespace Dispatch.Stories.Tests.Alerts;

public sealed class CancelStories
{
    [Fact]
    public async Task Cancelled_by_her_everybody_is_stood_down_and_nothing_rings()
    {
        await using var town = await Town.Start(Waits.Patient);
        await town.OnDuty("amal", "bila");
        var alert = await town.Press();
        await town.IsAsked("amal");
        await town.IsAsked("bila");

        await town.Cancel(alert, PinVerdict.Right);

        await town.IsStoodDown("amal");
        await town.IsStoodDown("bila");
        Assert.Equal(SurvivorStatus.Cancelled, (await town.SheReads(alert)).Status);
        var queue = await town.Queue();
        Assert.Empty(queue.Items);
        Assert.Empty(queue.Open);
    }

    [Fact]
    public async Task Cancelled_under_duress_her_phone_shows_the_same_people_stand_off_and_a_supervisor_is_called()
    {
        await using var town = await Town.Start(Waits.Patient);
        await town.OnDuty("amal", "bila");
        var alert = await town.Press();
        await town.IsAsked("amal");
        await town.IsAsked("bila");
        Assert.Null(Assert.Single(await town.Accept(alert, "amal")).Refused);
        await town.IsStoodDown("bila");

        await town.Cancel(alert, PinVerdict.Duress);

        await town.Until(() => town.Assignment("amal"), state => state is AssignmentState.StandOff);
        await town.Until(town.Queue, queue => queue.Items is [{ Reason: RingReason.Duress, State: QueueState.Ringing }]);
        var freely = await town.Press();
        await town.Cancel(freely, PinVerdict.Right);
        Assert.Equal(await town.SheReads(freely) with { Id = alert }, await town.SheReads(alert));
    }
}
