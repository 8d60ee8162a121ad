using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Survivors;

namespace Dispatch.Stories.Tests.Alerts;

public sealed class AskingStories
{
    [Fact]
    public async Task Two_people_are_asked_and_the_first_yes_stands_the_other_down()
    {
        await using var town = await Town.Start(Waits.Patient);
        await town.OnDuty("amal", "bila", "cira");

        var alert = await town.Press();
        await town.IsAsked("amal");
        await town.IsAsked("bila");
        await town.Confirm(alert, "amal", "bila");
        await town.Until(() => town.SheReads(alert), she => she is { Status: SurvivorStatus.Asking, ToldCount: 2 });

        Assert.Null(Assert.Single(await town.Accept(alert, "amal")).Refused);

        await town.IsStoodDown("bila");
        Assert.Empty(await town.Offers("bila"));
        Assert.False(town.WasAsked("cira"));
        var she = await town.SheReads(alert);
        Assert.Equal((SurvivorStatus.Accepted, Mode.ReceivesHer, 12), (she.Status, she.Needs[0].Mode, she.Needs[0].EtaMinutes));
        var queue = await town.Queue();
        Assert.Empty(queue.Items);
        Assert.Equal(alert, Assert.Single(queue.Open).AlertId);
    }

    [Fact]
    public async Task Of_two_who_accept_together_one_goes_and_the_other_reads_that_it_is_filled()
    {
        await using var town = await Town.Start(Waits.Patient);
        await town.OnDuty("amal", "bila");
        var alert = await town.Press();
        await town.IsAsked("amal");
        await town.IsAsked("bila");

        var answers = await town.Accept(alert, "amal", "bila");

        Assert.Equal([null, Refusal.AlreadyFilled], answers.Select(answer => answer.Refused).Order());
        var winner = answers[0].Refused is null ? "amal" : "bila";
        await town.IsStoodDown(winner == "amal" ? "bila" : "amal");
        Assert.Equal(winner, Assert.Single((await town.State(alert)).Offers, offer => offer.State is OfferState.Accepted).Responder);
    }

    [Fact]
    public async Task A_no_asks_the_next_at_once()
    {
        await using var town = await Town.Start(Waits.Patient);
        await town.OnDuty("amal");
        var alert = await town.Press();
        await town.IsAsked("amal");
        await town.OnDuty("bila");

        Assert.Null((await town.Decline(alert, "amal")).Refused);

        await town.IsAsked("bila");
        await town.Until(() => town.Offers("amal"), offers => offers.IsEmpty);
    }

    [Fact]
    public async Task One_key_is_one_alert_however_often_and_however_close_together_it_arrives()
    {
        await using var town = await Town.Start(Waits.Patient);
        await town.OnDuty("amal");
        var press = town.APress();

        var together = await town.Raise(press, press, press);
        var again = Assert.Single(await town.Raise(press));
        var otherBody = Assert.Single(await town.Raise(press with { BodyMac = "other" }));

        Assert.All(together.Append(again), answer => Assert.Null(answer.Refused));
        Assert.Single(together.Append(again), answer => answer.First);
        Assert.Single(together.Append(again).Select(answer => answer.RaisedAt).Distinct());
        Assert.Equal(Refusal.KeyReused, otherBody.Refused);
        Assert.Equal(press.Id, Assert.Single((await town.Queue()).Items).AlertId);
        await town.IsAsked("amal");
        Assert.Single(await town.Offers("amal"));
    }
}
