using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Hotline;
using Dispatch.Grains.Rows;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Contacts;

/// <summary>Calls on the real engine: what rings, who has it, who is called next, and what a crash leaves.</summary>
public sealed class ContactStories
{
    [Fact]
    public void A_call_rings_in_the_queue_and_one_human_gets_it()
    {
        using var city = City.Start();
        var hers = new Telephone(city, "1");
        hers.Rings();
        var item = hers.Item(RingReason.CallRinging);
        Assert.Equal((QueueState.Ringing, city.Now.AddSeconds(30), null), (item.State, item.DueAt, item.AlertId));
        Assert.Null(hers.TakenBy("fatou", RingReason.CallRinging).Refused);
        Assert.Equal(Domain.Refusal.TakenByOther, hers.Claimed(line => line.Take(item.ItemId, "awa")).Refused);
        Assert.Equal("fatou", hers.State!.Items.Single().Taken!.By);
        Assert.Empty(city.Queue().Open);
    }

    [Fact]
    public void Untaken_for_sixty_seconds_the_officers_phone_rings_and_then_the_backups()
    {
        using var city = City.Start();
        new Telephone(city, "1").Rings();
        city.Advance(59);
        Assert.Empty(Called(city));
        city.Advance(2);
        Assert.Equal(["officer"], Called(city));
        city.Advance(60);
        Assert.Equal(["officer", "backup"], Called(city));
    }

    [Fact]
    public void Fallen_due_while_the_host_was_down_the_officer_is_called_after_the_start()
    {
        using var city = City.Start();
        new Telephone(city, "1").Rings();
        city.CrashAndRestart(TimeSpan.FromSeconds(90));
        city.Advance(5);
        Assert.Contains("officer", Called(city));
    }

    [Fact]
    public void A_missed_call_is_rung_back_twice_within_three_minutes_and_stays_for_a_human()
    {
        var back = new RingsBack();
        using var city = City.Start(new CityOptions { CallsBack = back });
        var hers = new Telephone(city, "1");
        hers.Rings();
        hers.HangsUp();
        city.Advance(4);
        Assert.Equal([(hers.Id, 1)], back.Rung);
        city.Advance(400);
        Assert.Equal([(hers.Id, 1), (hers.Id, 2)], back.Rung);
        Assert.Equal(QueueState.Ringing, hers.Item(RingReason.CallBackOwed).State);
    }

    [Fact]
    public void Who_picked_up_and_hung_up_again_is_not_rung_by_machine_until_she_rings_herself()
    {
        var back = new RingsBack();
        using var city = City.Start(new CityOptions { CallsBack = back });
        var hers = new Telephone(city, "1");
        hers.Rings();
        hers.HangsUp();
        city.Advance(4);
        hers.Says(ContactEventKind.CallBackAnswered, "back-1");
        hers.HangsUp("back-1");
        city.Advance(900);
        Assert.Equal([(hers.Id, 1)], back.Rung);
        Assert.Equal(QueueState.Ringing, hers.Item(RingReason.CallBackOwed).State);
        hers.Rings("call-2");
        hers.HangsUp("call-2");
        city.Advance(4);
        Assert.Equal([(hers.Id, 1), (hers.Id, 1)], back.Rung);
    }

    [Fact]
    public void After_a_stop_of_an_hour_nobody_is_rung_by_machine()
    {
        var back = new RingsBack();
        using var city = City.Start(new CityOptions { CallsBack = back });
        var hers = new Telephone(city, "1");
        hers.Rings();
        hers.HangsUp();
        city.CrashAndRestart(TimeSpan.FromHours(1));
        city.Advance(30);
        Assert.Empty(back.Rung);
        Assert.Equal(QueueState.Ringing, hers.Item(RingReason.CallBackOwed).State);
    }

    [Fact]
    public void Help_is_an_alert_with_channel_and_time_and_the_number_is_tied_to_it()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        var hers = new Telephone(city, "1");
        hers.Rings();
        hers.PressesNine("alert-by-call");
        Assert.Equal((IntakeChannel.Call, Verification.None, null), (city.State("alert-by-call").Channel!.Value, city.State("alert-by-call").Verification, city.State("alert-by-call").Place));
        Assert.Equal(("alert-by-call", true), (hers.State!.Tie!.AlertId, hers.State.Tie.Raised));
        Assert.Equal("alert-by-call", hers.Item(RingReason.CallRinging).AlertId);
        city.Phones.ExpectsOffer("amal");
    }

    [Fact]
    public void Asked_for_twice_it_is_one_alert_until_that_one_is_over()
    {
        using var city = City.Start();
        var hers = new Telephone(city, "1");
        hers.PressesNine("first-alert");
        city.Advance(60);
        hers.PressesNine("second-alert");
        Assert.False(IsOpen(city, "second-alert"));
        Assert.Equal(("first-alert", 1), (hers.State!.Tie!.AlertId, hers.State.Tie.Merged));

        city.Host(() => city.Alert("first-alert").Cancel(PinVerdict.NotSet));
        city.Advance(60);
        hers.PressesNine("third-alert");
        Assert.True(IsOpen(city, "third-alert"));
        Assert.Equal("third-alert", hers.State!.Tie!.AlertId);
    }

    [Fact]
    public void Help_asked_for_from_a_phone_that_practised_is_not_buried_in_the_exercise()
    {
        using var city = City.Start();
        var hers = new Telephone(city, "1");
        hers.Rings();
        var exercise = city.Raise(press => press with { Exercise = true, DrillWindowOpen = true });
        city.Host(() => hers.Grain.Tie(exercise, carry: true, "fatou"));
        hers.PressesNine("real-alert");
        Assert.True(IsOpen(city, "real-alert"));
        Assert.Equal("real-alert", hers.State!.Tie!.AlertId);
    }

    [Fact]
    public void Parted_by_a_human_the_second_is_an_alert_of_its_own()
    {
        using var city = City.Start();
        var hers = new Telephone(city, "1");
        hers.PressesNine("first-alert");
        hers.PressesNine("second-alert");
        city.Host(() => hers.Grain.Untie("first-alert", Telephone.Help("parted-alert"), "fatou"));
        Assert.True(IsOpen(city, "parted-alert"));
        Assert.True(IsOpen(city, "first-alert"));
    }

    [Fact]
    public void What_she_asked_for_once_more_reaches_the_open_alert_whatever_dies_between_the_two_writes()
    {
        using var city = City.Start();
        var hers = new Telephone(city, "1");
        hers.PressesNine("first-alert", Need.Psychosocial);
        city.Store.Fault = write => write.Id.ToString()!.Contains("first-alert", StringComparison.Ordinal) ? new IOException("the disk is in trouble") : null;
        hers.PressesNine("second-alert", Need.Shelter);
        city.CrashAndRestart();
        city.Advance(40);
        Assert.Contains(Need.Shelter, Asked(city, "first-alert"));
        Assert.Contains("first-alert", hers.State!.Events.Where(e => e.Kind is ContactEventKind.Merged).Select(e => e.What));
        Assert.Empty(hers.State.Raises);
    }

    [Fact]
    public void Two_things_she_asked_for_before_the_alert_could_be_reached_are_both_asked_there()
    {
        using var city = City.Start();
        var hers = new Telephone(city, "1");
        hers.PressesNine("first-alert", Need.Psychosocial);
        city.Store.Fault = write => write.Id.ToString()!.Contains("first-alert", StringComparison.Ordinal) ? new IOException("the disk is in trouble") : null;
        hers.PressesNine("second-alert", Need.Shelter);
        hers.PressesNine("third-alert", Need.Legal);
        city.Store.Fault = null;
        city.Advance(60);
        Assert.Superset(new HashSet<Need> { Need.Psychosocial, Need.Shelter, Need.Legal }, Asked(city, "first-alert").ToHashSet());
    }

    [Fact]
    public void Where_the_alert_takes_no_more_a_human_reads_it()
    {
        using var city = City.Start();
        var hers = new Telephone(city, "1");
        hers.PressesNine("first-alert");
        city.Host(() => city.Alert("first-alert").Cancel(PinVerdict.Wrong));
        hers.PressesNine("second-alert", Need.Shelter);
        Assert.Null(city.Host(() => city.Alert("second-alert").HotlineView()));
        Assert.Equal(QueueState.Ringing, hers.Item(RingReason.TextWaiting).State);
        Assert.Empty(hers.State!.Raises);
    }

    [Fact]
    public void Whom_she_shut_out_is_neither_shown_her_call_nor_rung_for_it()
    {
        using var city = City.Start();
        var hers = new Telephone(city, "1");
        hers.PressesNine("alert-by-call");
        city.Host(() => city.Alert("alert-by-call").Add(new AddToAlert { Exclusions = new Exclusions { Responders = ["officer"] }, Authorised = true, By = "fatou" }));
        city.Host(() => city.Alert("alert-by-call").Cancel(PinVerdict.NotSet));
        city.Advance(3600);
        hers.Rings("call-2");
        Assert.Empty(city.Host(() => city.Grains.GetGrain<Dispatch.Grains.Hotline.IHotlineGrain>(City.Line).Queue(new Dispatch.Grains.Hotline.Reader("officer", City.Clinic))).Items);
        Assert.NotEmpty(city.Host(() => city.Grains.GetGrain<Dispatch.Grains.Hotline.IHotlineGrain>(City.Line).Queue(new Dispatch.Grains.Hotline.Reader("awa", City.Clinic))).Items);
        city.Advance(65);
        Assert.Equal(["backup"], Called(city));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_is_acknowledged_survives_a_crash(int when)
    {
        using var city = City.Start();
        var hers = new Telephone(city, "1");
        hers.Rings();
        if (when > 1) hers.PressesNine("alert-by-call");
        if (when > 2) hers.TakenBy("fatou", RingReason.CallRinging);
        city.CrashAndRestart();
        city.Advance(3);
        var item = Assert.Single(city.Queue().Items, i => i.ContactId == hers.Id);
        Assert.Equal(when > 2 ? QueueState.Taken : QueueState.Ringing, item.State);
        if (when > 1) Assert.True(IsOpen(city, "alert-by-call"));
    }

    [Fact]
    public void A_repeat_after_a_lost_answer_changes_nothing()
    {
        using var city = City.Start();
        var hers = new Telephone(city, "1");
        Assert.True(hers.Says(ContactEventKind.CallArrived, "call-1", eventId: "e").First);
        Assert.False(hers.Says(ContactEventKind.CallArrived, "call-1", eventId: "e").First);
        Assert.Single(city.Queue().Items);
    }

    [Fact]
    public void Given_back_it_rings_for_the_next_one()
    {
        using var city = City.Start();
        var hers = new Telephone(city, "1");
        hers.Rings();
        hers.TakenBy("fatou", RingReason.CallRinging);
        hers.Claimed(line => line.HandBack(hers.State!.Items.Single().Ring.ItemId, "fatou"));
        Assert.Null(hers.TakenBy("awa", RingReason.CallRinging).Refused);
    }

    [Fact]
    public void Passed_on_it_is_the_colleagues_and_was_answered_when_the_first_one_took_it()
    {
        using var city = City.Start();
        var hers = new Telephone(city, "1");
        hers.Rings();
        city.Advance(12);
        hers.TakenBy("fatou", RingReason.CallRinging);
        var item = hers.State!.Items.Single().Ring.ItemId;
        city.Advance(60);
        Assert.Equal(Domain.Refusal.NotYours, hers.Claimed(line => line.Offer(item, "awa", ["bintou"])).Refused);
        Assert.Null(hers.Claimed(line => line.Offer(item, "fatou", ["awa"])).Refused);
        Assert.Equal("fatou", hers.State!.Items.Single().Taken!.By);
        Assert.Null(hers.Claimed(line => line.Take(item, "awa")).Refused);
        Assert.Equal("awa", hers.State!.Items.Single().Taken!.By);
        Assert.Null(hers.Claimed(line => line.TakeOver(item, "officer")).Refused);
        Assert.Equal("officer", hers.State!.Items.Single().Taken!.By);
        hers.Claimed(line => line.Close(item, "officer", EndedHow.Resolved));
        city.Advance(5);
        var figure = Assert.Single(city.Host(() => new LocalRows(city.Store).All<ContactFigure>(Tables.LineFigures, City.Line)));
        Assert.Equal((EndedHow.Resolved, TimeSpan.FromSeconds(12)), (figure.Outcome, figure.AnsweredAt - figure.At));
    }

    [Fact]
    public void Asked_once_more_inside_her_open_alert_it_tells_nobody_anew()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        var hers = new Telephone(city, "1");
        hers.Rings();
        hers.PressesNine("alert-1", Need.Health);
        city.Advance(2);
        Assert.Null(city.Accept("amal", "alert-1").Refused);
        city.Advance(10);
        int Told() => city.Phones.Arrived.Count(a => a.Notice.Recipient == "amal");
        var before = (Told(), city.Queue().Items.Length);
        hers.PressesNine("again", Need.Health);
        city.Advance(10);
        Assert.Equal(1, hers.State!.Tie!.Merged);
        Assert.Equal(before, (Told(), city.Queue().Items.Length));
        // Something new in it is for whoever is on it.
        hers.PressesNine("more", Need.Health, Need.Legal);
        city.Advance(10);
        Assert.True(Told() > before.Item1);
    }

    [Fact]
    public void What_was_answered_and_how_is_counted_once()
    {
        using var city = City.Start();
        var hers = new Telephone(city, "1");
        hers.Rings();
        city.Advance(12);
        hers.TakenBy("fatou", RingReason.CallRinging);
        var item = hers.State!.Items.Single().Ring.ItemId;
        city.Advance(60);
        hers.Claimed(line => line.Close(item, "fatou", EndedHow.Advice));
        city.Advance(5);
        var rows = city.Host(() => new LocalRows(city.Store).All<ContactFigure>(Tables.LineFigures, City.Line));
        var figure = Assert.Single(rows);
        Assert.Equal((EndedHow.Advice, TimeSpan.FromSeconds(12)), (figure.Outcome, figure.AnsweredAt - figure.At));
        Assert.Empty(city.Queue().Items);
    }

    private static bool IsOpen(City city, string alert) => city.Host(() => city.Alert(alert).HotlineView()) is { Alert.Stage: Stage.Open };

    private static IEnumerable<Need> Asked(City city, string alert) => city.State(alert) is var state ? state.Wished.Concat(state.Needs.Select(n => n.Need)) : [];

    private static IEnumerable<string> Called(City city) => city.Phones.Arrived.Where(a => a.Notice.Kind is NoticeKind.Untaken).Select(a => a.Notice.Recipient).Distinct();
}
