using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;

namespace Dispatch.Stories.Tests.Alerts;

public sealed class SilenceStories
{
    [Fact]
    public async Task Silence_is_answered_by_the_next_people_then_the_line_the_duty_officer_and_the_backup_and_none_too_early()
    {
        await using var town = await Town.Start(Waits.Brief);
        await town.OnDuty("amal", "bila", "cira");

        var alert = await town.Press();

        await town.IsAsked("amal");
        await town.IsAsked("bila");
        await town.IsAsked("cira");
        await town.Until(town.Queue, queue => queue.Items is [{ Reason: RingReason.NewAlert, State: QueueState.Ringing }]);
        await town.IsCalled(Town.DutyOfficer);
        await town.IsCalled(Town.Backup);
        Assert.True(await town.SecondsUntil(alert, said => said is { Kind: HistoryKind.StepEntered, Step: 1 }) >= 1);
        Assert.True(await town.SecondsUntil(alert, said => said is { Kind: HistoryKind.StepEntered, Step: 2 }) >= 2);
        Assert.True(await town.SecondsUntil(alert, said => said.Kind is HistoryKind.Ringing) >= 4);
        Assert.True(await town.SecondsUntil(alert, said => said.Kind is HistoryKind.DutyOfficerTold) >= 5);
        Assert.True(await town.SecondsUntil(alert, said => said.Kind is HistoryKind.BackupTold) >= 6);
    }

    [Fact]
    public async Task Whoever_takes_the_item_has_it_and_everybody_else_reads_who()
    {
        await using var town = await Town.Start(Waits.Patient);
        var alert = await town.Press();
        var item = Assert.Single((await town.Queue()).Items).ItemId;

        Assert.Null((await town.Take(item, by: "fatou")).Refused);
        var late = await town.Take(item, by: "awa");

        Assert.Equal((Refusal.TakenByOther, "fatou"), (late.Refused, late.Claim?.By));
        var shown = Assert.Single((await town.Queue()).Items);
        Assert.Equal((QueueState.Taken, "fatou"), (shown.State, shown.TakenBy));
        await town.Until(() => town.State(alert), its => its.Taken?.By == "fatou");
        Assert.True((await town.SheReads(alert)).HumanAnswered);
    }

    [Fact]
    public async Task An_alert_whose_host_dies_in_the_middle_goes_on_by_itself()
    {
        await using var town = await Town.Start(Waits.Brief with { Steps = [new(0, 1), new(5, 1)], HumanAfterSeconds = 7 });
        await town.OnDuty("amal", "bila");
        var alert = await town.Press();
        await town.IsAsked("amal");

        await town.ItsHostDies(alert);

        await town.IsAsked("bila");
        await town.Until(town.Queue, queue => queue.Items is [{ State: QueueState.Ringing }]);
        await town.IsCalled(Town.DutyOfficer);
        Assert.Null(Assert.Single(await town.Accept(alert, "bila")).Refused);
        await town.IsStoodDown("amal");
        Assert.Empty((await town.Queue()).Items);
    }
}
