using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.ServiceAreas;
using Dispatch.Grains.Tests.Beds;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Alerts;

/// <summary>The way there, with its houses, its drivers and its line: by itself, in its time, and also when the host died meanwhile.</summary>
public sealed class JourneyTests
{
    private const string Issa = "issa";

    [Fact]
    public void With_her_in_the_car_and_late_the_line_rings_once_and_stops_when_they_arrive()
    {
        using var city = Town();
        var alert = Accepted(city);
        city.Report(Issa, alert, Progress.EnRoute, 12);
        Assert.Equal(AssignmentState.PickedUp, city.Report(Issa, alert, Progress.PickedUp, 20).Assignment!.Offer.Assignment!.State);
        var pickedUp = city.Now;

        city.CrashAndRestart();
        city.Clock.AdvanceTo(pickedUp.AddMinutes(15));
        city.Host(() => city.Alert(alert).CheckIn(city.OfferOf(Issa, alert), Issa));
        city.Clock.AdvanceTo(pickedUp.AddMinutes(30).AddMilliseconds(-1));
        Assert.Empty(Late(city));
        city.Advance(0.001);
        Assert.Equal(QueueState.Ringing, Assert.Single(Late(city)).State);
        Assert.Equal(NeedStage.Filled, city.State(alert).Needs.Single(n => n.Need is Need.Transport).Stage);

        city.CrashAndRestart();
        city.Advance(60);
        Assert.Single(Late(city));
        foreach (var _ in new[] { 1, 2 }) Assert.Null(city.Report(Issa, alert, Progress.Arrived).Refused);
        Assert.Empty(Late(city));
        Assert.Equal(["noConflict", "enRoute", "pickedUp", "arrived"], city.Host(() => city.Alert(alert).HotlineView())!.History.Where(e => e.Kind is HistoryKind.Progress).Select(e => e.Detail));
    }

    [Fact]
    public void Where_the_house_meets_her_reaches_the_driver_by_her_yes_and_survives_a_crash()
    {
        using var city = Town();
        var alert = Accepted(city);
        city.Answers("rose", alert);
        var asked = city.Host(() => city.Alert(alert).SurvivorView())!.Needs.Single(n => n.Need is Need.Shelter).Meeting!;
        Assert.Equal(("market", "rose", false), (asked.Where.Box, asked.House, asked.Agreed));
        Assert.Empty(city.Host(() => city.Alert(alert).Assignment(city.OfferOf(Issa, alert), Issa))!.Meetings);

        var before = city.Phones.Arrived.Count;
        Assert.Null(city.Host(() => city.Alert(alert).AnswerMeeting(new AnswerMeeting(asked.No, true, Consent.Survivor))).Refused);
        Assert.Contains(city.Phones.Arrived.Skip(before), a => a.Notice.Recipient == Issa);
        city.CrashAndRestart();
        Assert.Equal("market", Assert.Single(city.Host(() => city.Alert(alert).Assignment(city.OfferOf(Issa, alert), Issa))!.Meetings).Where.Box);
    }

    [Fact]
    public void A_place_that_the_line_proposes_is_there_once_however_often_it_is_said()
    {
        using var city = Town();
        var alert = Accepted(city);
        var command = new ProposeMeeting(Need.Transport, new Sealed<Place>("mill"), "fatou", "key", "body");
        var first = city.Host(() => city.Alert(alert).ProposeMeeting(command));
        city.CrashAndRestart();
        Assert.Equal(first.No, city.Host(() => city.Alert(alert).ProposeMeeting(command with { Where = new Sealed<Place>("sealed-anew") })).No);
        Assert.Single(city.State(alert).MeetingPoints!.Value);
    }

    /// <summary>The curfew begins in an hour and lasts six; the way takes half an hour.</summary>
    [Fact]
    public void A_driver_who_was_asked_reads_what_the_way_waits_for_as_the_hour_goes_on()
    {
        using var city = Town(closed: true);
        var opens = city.Now.AddHours(7);
        var alert = city.Raise(r => r with { Verification = Verification.Voice });
        Assert.Null(Assert.Single(city.Offers(Issa)).Departs);
        city.Answers("rose", alert);
        Assert.Null(Assert.Single(city.Offers(Issa)).Departs);
        city.Advance(TimeSpan.FromMinutes(31));
        var departs = Assert.Single(city.Offers(Issa)).Departs!;
        Assert.Equal((ClosedFor.Curfew, opens), (departs.Waits, departs.At));
    }

    private static QueueItem[] Late(City city) => [.. city.Queue().Items.Where(i => i.Reason is RingReason.LateOnTheWay)];

    private static City Town(bool closed = false)
    {
        var rules = City.DefaultRules([.. Enum.GetValues<Need>().Select(n => new NeedRule(n, [Mode.MeetsAt, Mode.CallsHer]))]) with { DefaultNeeds = [Need.Transport, Need.Shelter] };
        var city = Homes.With(new CityOptions { Rules = rules }, ("rose", 2));
        var setup = new ShelterSetup
        {
            Tenant = City.Tenant, Organisation = new OrganisationFacts("rose-org", OrganisationKind.Shelter), Areas = [City.Area], MeetingPoint = new Sealed<Place>("market"),
            Travel = closed ? new TravelHours { Closed = [new ClosedHours(TimeOnly.FromDateTime(city.Now.AddHours(1).UtcDateTime), TimeOnly.FromDateTime(city.Now.AddHours(7).UtcDateTime), ClosedFor.Curfew)] } : TravelHours.Always,
        };
        city.Host(() => city.House("rose").Configure(setup));
        city.Host(() => city.Grains.GetGrain<IServiceAreaGrain>(City.Area).Configure(City.Setup with { Neighbours = [City.Neighbour], Houses = [new AreaHouse("rose", 30)] }));
        city.OnDuty(Issa, Need.Transport, p => p with { Modes = [Mode.MeetsAt] });
        return city;
    }

    /// <summary>A call-taker spoke with her, and Issa said yes and that he knows nobody there.</summary>
    private static string Accepted(City city)
    {
        var alert = city.Raise(r => r with { Verification = Verification.Voice });
        Assert.Null(city.Accept(Issa, alert, 12, Mode.MeetsAt).Refused);
        Assert.Null(city.Report(Issa, alert, Progress.NoConflict).Refused);
        return alert;
    }
}
