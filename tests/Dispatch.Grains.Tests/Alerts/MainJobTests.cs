using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Alerts;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Alerts;

public sealed class MainJobTests
{
    [Fact]
    public void Pressing_the_button_reaches_two_people_on_duty_at_once()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        city.OnDuty("noor");
        city.OnDuty("third");

        city.Raise();

        city.Phones.ExpectsOffer("amal");
        city.Phones.ExpectsOffer("noor");
        city.Phones.NothingElseWasOffered();
        Assert.All(city.Phones.Offers("amal"), o => Assert.Equal(city.Now, o.At));
    }

    [Fact]
    public void The_write_that_receives_her_alert_already_asks_the_first_people()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        var writes = 0;
        city.Store.Fault = write =>
        {
            if (write.Id.Table == "grain-state" && write.Id.Partition.StartsWith("alert/", StringComparison.Ordinal)) writes++;
            return null;
        };

        city.Raise();

        city.Phones.ExpectsOffer("amal");
        Assert.Equal(1, writes);
    }

    [Fact]
    public void A_service_area_that_hangs_does_not_keep_her_waiting()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        city.CrashAndRestart();
        city.Store.Hang = row => row.Partition == "serviceArea/" + City.Area;
        var command = city.Press();
        var raised = city.Now;
        DateTimeOffset? receivedAt = null;

        city.Host(() =>
        {
            _ = Raise();
            return Task.CompletedTask;
        });
        for (var i = 0; i < 10; i++) city.Advance(0.1);

        Assert.True(receivedAt - raised <= TimeSpan.FromMilliseconds(300), $"{receivedAt - raised}");
        city.Phones.NothingElseWasOffered();
        city.Store.Hang = null;
        city.Advance(40);
        city.Phones.ExpectsOffer("amal");

        async Task Raise()
        {
            Assert.Null((await city.Alert(command.Id).Raise(command)).Refused);
            receivedAt = city.Now;
        }
    }

    [Fact]
    public void One_acceptance_fills_the_need_stands_the_other_down_and_she_reads_it()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        city.OnDuty("noor");
        var alert = city.Raise();
        city.Receipt("amal", alert);
        city.Receipt("noor", alert);

        var answer = city.Accept("amal", alert, eta: 12);

        Assert.Null(answer.Refused);
        city.Phones.ExpectsStandDown("noor");
        Assert.Empty(city.Offers("noor"));
        var view = city.Host(() => city.Alert(alert).SurvivorView())!;
        Assert.Equal(SurvivorStatus.Accepted, view.Status);
        Assert.Equal(2, view.ToldCount);
        var need = Assert.Single(view.Needs);
        Assert.Equal((Mode.CallsHer, 12), (need.Mode!.Value, need.EtaMinutes!.Value));
        Assert.Empty(city.Queue().Items);
        Assert.Equal(alert, Assert.Single(city.Queue().Open).AlertId);
    }

    [Fact]
    public void Twenty_who_accept_together_give_one_acceptance_and_nineteen_already_filled()
    {
        using var city = City.Start(new CityOptions { Rules = City.DefaultRules() with { Steps = [new(0, 20)] } });
        var people = Enumerable.Range(1, 20).Select(i => $"p{i:D2}").ToArray();
        foreach (var person in people) city.OnDuty(person);
        var alert = city.Raise();
        var offers = people.ToDictionary(p => p, p => city.OfferOf(p, alert));

        var answers = city.Host(() => Task.WhenAll(people.Select(p => city.Alert(alert).Accept(new AcceptOffer(offers[p], p, null, 5)))));

        Assert.Single(answers, a => a.Refused is null);
        Assert.Equal(19, answers.Count(a => a.Refused is Refusal.AlreadyFilled));
    }

    [Fact]
    public void The_same_key_answers_the_same_another_body_is_refused_and_another_key_learns_nothing()
    {
        using var city = City.Start();
        var press = city.Press();

        var first = city.Raise(press);
        city.Advance(5);
        var again = city.Raise(press);
        var otherBody = city.Raise(press with { BodyMac = "other" });
        var otherKey = city.Raise(press with { KeyMac = "other" });

        Assert.True(first.First);
        Assert.False(again.First);
        Assert.Equal(first.RaisedAt, again.RaisedAt);
        Assert.Equal(Refusal.KeyReused, otherBody.Refused);
        Assert.Equal(Refusal.IdTaken, otherKey.Refused);
        Assert.Null(otherKey.View);
    }

    [Fact]
    public void A_cancel_leaves_the_lines_list_at_once()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        city.Phones.Hang.Add("amal");
        var alert = city.Raise();

        city.Host(() => city.Alert(alert).Cancel(PinVerdict.NotSet));

        var queue = city.Queue();
        Assert.Empty(queue.Items);
        Assert.Empty(queue.Open);
    }

    [Fact]
    public void An_empty_step_is_skipped_at_once_and_everybody_fit_next_door_is_asked()
    {
        using var city = City.Start();
        city.OnDuty("far", area: City.Neighbour);

        var alert = city.Raise();

        city.Phones.ExpectsOffer("far");
        Assert.Equal([0, 0, 0, 1], city.State(alert).Needs[0].Steps.Select(s => s.Asked));
    }

    [Fact]
    public void Steps_follow_each_other_at_30_75_and_120_seconds_after_the_first_delivery()
    {
        using var city = City.Start();
        for (var i = 1; i <= 8; i++) city.OnDuty($"p{i}");
        var alert = city.Raise();
        city.Phones.ExpectsOffer("p1");
        city.Phones.ExpectsOffer("p2");
        city.Receipt("p1", alert);

        city.Advance(29.999);
        city.Phones.NothingElseWasOffered();
        city.Advance(0.001);
        city.Phones.ExpectsOffer("p3");
        city.Receipt("p3", alert);
        city.Phones.ExpectsOffer("p4");
        city.Advance(45);
        city.Phones.ExpectsOffer("p5");
        city.Receipt("p5", alert);
        city.Phones.ExpectsOffer("p6");
        city.Advance(45);
        city.Phones.ExpectsOffer("p7");
        city.Phones.ExpectsOffer("p8");
        city.Phones.NothingElseWasOffered();
    }

    [Fact]
    public void When_all_asked_decline_the_next_step_does_not_wait()
    {
        using var city = City.Start();
        for (var i = 1; i <= 3; i++) city.OnDuty($"p{i}");
        var alert = city.Raise();

        city.Decline("p1", alert);
        city.Decline("p2", alert);

        Assert.Single(city.Offers("p3"));
        Assert.Empty(city.Offers("p1"));
    }

    [Fact]
    public void Somebody_going_off_duty_is_stood_down_within_fifteen_seconds()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        city.OnDuty("noor");
        var alert = city.Raise();

        city.OffDuty("amal");
        city.Advance(15);

        Assert.Empty(city.Offers("amal"));
        Assert.Equal(WithdrawnFor.OffDuty, city.State(alert).Offers.Single(o => o.Responder == "amal").Withdrawn);
    }
}
