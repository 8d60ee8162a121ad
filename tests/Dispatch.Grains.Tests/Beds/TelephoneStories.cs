using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Domain.Shelters;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Hotline;
using Dispatch.Grains.ServiceAreas;
using Dispatch.Storage;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Beds;

/// <summary>When no machine knows a bed any more, a human rings houses and places, and what they say counts.</summary>
public sealed class TelephoneStories
{
    [Fact]
    public void A_house_whose_figure_is_old_says_yes_on_the_telephone_and_the_bed_is_held()
    {
        using var city = Homes.With(("rose", 0));
        city.Advance(TimeSpan.FromHours(13));
        var alert = city.Raise();
        Assert.Equal(Freshness.RingFirst, Assert.Single(city.Host(() => city.Alert(alert).Houses())!.Houses).House.Freshness);
        Assert.Empty(city.Requests(alert));

        var asked = city.Host(() => city.Alert(alert).RequestBed(new RequestBed("fatou", "key", "rose", ByTelephone: true)));

        Assert.Equal((null, BedState.Held), (asked.Refused, asked.Request?.State));
        Assert.Equal((1, 0), (city.Beds("rose").Held, city.Beds("rose").Free));
        city.Answers("rose", alert);
        Assert.Equal(NeedStage.Filled, city.ShelterNeed(alert));
    }

    /// <summary>The house's answer to the host is lost: the same word holds the same bed once.</summary>
    [Fact]
    public void A_yes_on_the_telephone_survives_a_crash_before_the_house_noted_it()
    {
        using var city = Homes.With(("rose", 0));
        city.Advance(TimeSpan.FromHours(13));
        var alert = city.Raise();
        city.Store.Fault = write => write.Id.ToString().Contains("rose", StringComparison.Ordinal) ? new StoreUnavailableException("full") : null;
        Assert.Equal(BedState.Requested, city.Host(() => city.Alert(alert).RequestBed(new RequestBed("fatou", "key", "rose", ByTelephone: true))).Request?.State);

        city.CrashAndRestart();
        city.Advance(6);

        Assert.Equal(BedState.Held, city.Request(alert).State);
        Assert.Equal(1, city.Beds("rose").Held);
    }

    [Fact]
    public void A_house_that_says_no_is_passed_over_until_it_counts_again()
    {
        using var city = Homes.With(("rose", 0));
        city.Advance(TimeSpan.FromHours(13));
        var alert = city.Raise();

        var passed = city.Host(() => city.Alert(alert).PassOver(new PassOver("rose", PassedOver.Full, "fatou")));
        Assert.Equal((null, (PassedOver?)PassedOver.Full), (passed.Refused, passed.Request?.PassedOver));
        Assert.Equal(Refusal.NotFound, city.Host(() => city.Alert(alert).PassOver(new PassOver("lily", PassedOver.Full, "fatou"))).Refused);
        Assert.Equal(Refusal.NotFound, city.Host(() => city.Alert("nobody-knows-it").PassOver(new PassOver("rose", PassedOver.Full, "fatou"))).Refused);

        city.Advance(60);
        city.Host(() => city.House("rose").ConfirmCounts(new ConfirmCounts(1, [new BedFigures(BedKind.Bed, 1, 0, 0)], "staff")));
        city.Advance(16);
        Assert.Equal(BedState.Held, city.Requests(alert).Last().State);
    }

    [Fact]
    public void A_hotel_says_yes_and_when_its_night_is_over_the_line_rings()
    {
        using var city = Homes.With(("rose", 1));
        List(city, new OverflowPlace("inn", OverflowKind.PartnerHotel, City.Tenant, new OrganisationFacts("inns", OrganisationKind.WomensGroup), [City.Area], new HouseRules(), TravelHours.Always, 0));
        var alert = city.Raise();
        Assert.Equal(1, city.Beds("rose").Held);

        var said = city.Host(() => city.Alert(alert).SayPlace(new PlaceAnswer("inn", PlaceSays.Yes, "fatou", city.Clock.GetUtcNow().AddHours(8))));
        city.Advance(1);

        Assert.Null(said.Refused);
        Assert.Equal((NeedStage.Filled, 1), (city.ShelterNeed(alert), city.Beds("rose").Free));
        Assert.Equal(SurvivorStatus.Accepted, city.Host(() => city.Alert(alert).SurvivorView())!.Status);
        Assert.Empty(city.Queue().Items);
        Assert.Equal(Refusal.NotFound, city.Host(() => city.Alert(alert).SayPlace(new PlaceAnswer("nowhere", PlaceSays.Yes, "fatou"))).Refused);

        city.CrashAndRestart();
        city.Advance(TimeSpan.FromHours(8));
        Assert.Equal(RingReason.Reopened, Assert.Single(city.Queue().Items).Reason);
        Assert.Equal(BedState.Held, city.Requests(alert).Last().State);
        Assert.Null(city.Host(() => city.Alert(alert).ReleasePlace("inn", "fatou")).Refused);
        var history = city.Host(() => city.Alert(alert).HotlineView())!;
        Assert.Equal([HistoryKind.PlaceYes, HistoryKind.PlaceOver], history.History.Concat(history.Alert.Trail).DistinctBy(l => l.Id).Where(l => l.Place == "inn").OrderBy(l => l.At).Select(l => l.Kind));
    }

    /// <summary>One that does not say how it stands may be the one with the bed; after ten seconds she does not wait for it any more.</summary>
    [Fact]
    public void A_house_that_does_not_say_how_it_stands_keeps_the_line_from_being_called_for_ten_seconds()
    {
        using var city = Homes.With(("rose", 0));
        var setup = city.Host(() => city.Grains.GetGrain<IServiceAreaGrain>(City.Area).State())!.Setup;
        city.Host(() => city.Grains.GetGrain<IServiceAreaGrain>(City.Area).Configure(setup with { Houses = [.. setup.Houses!.Value, new AreaHouse("nobody-set-it-up")] }));
        var alert = city.Raise();
        Assert.False(city.Host(() => city.Alert(alert).Houses())!.Complete);
        city.Advance(5);
        Assert.DoesNotContain(city.Queue().Items, i => i.Reason is RingReason.NoBed);

        city.Advance(6);

        Assert.Contains(city.Queue().Items, i => i.Reason is RingReason.NoBed);
    }

    [Fact]
    public void Who_was_sent_to_a_house_with_a_closed_alert_and_did_not_come_rings_the_line()
    {
        using var city = Homes.With(("rose", 1));
        var alert = city.Raise();
        city.Advance(61);
        var item = Assert.Single(city.Queue().Items).ItemId;
        city.Host(() => city.Grains.GetGrain<IHotlineGrain>(City.Line).Take(item, "fatou"));
        city.Answers("rose", alert);
        city.Host(() => city.Grains.GetGrain<IHotlineGrain>(City.Line).Close(item, "fatou", EndedHow.Referred));
        city.Host(() => city.Alert(alert).Wake());
        Assert.Equal((EndedHow.Referred, BedState.Booked), (city.State(alert).Ending!.How, city.Request(alert).State));
        var request = city.Request(alert);

        city.Host(() => city.House("rose").Release(new ReleaseBeds(Homes.HoldOf(alert, request), request.AskedAt, "staff", NotCome: true)));
        city.Host(() => city.Alert(alert).Wake());
        city.Advance(1);

        Assert.Equal(RingReason.Reopened, Assert.Single(city.Queue().Items).Reason);
    }

    /// <summary>The host that took the house's word died before it could nudge the alert; by then nothing else looks at it any more.</summary>
    [Fact]
    public void Who_did_not_come_to_a_house_rings_the_line_of_a_closed_alert_although_nobody_passes_it_on()
    {
        using var city = Homes.With(("rose", 1));
        var alert = city.Raise();
        city.Advance(61);
        var item = Assert.Single(city.Queue().Items).ItemId;
        city.Host(() => city.Grains.GetGrain<IHotlineGrain>(City.Line).Take(item, "fatou"));
        city.Answers("rose", alert);
        city.Host(() => city.Grains.GetGrain<IHotlineGrain>(City.Line).Close(item, "fatou", EndedHow.Referred));
        city.Host(() => city.Alert(alert).Wake());
        city.Advance(TimeSpan.FromHours(2));
        Assert.True(city.State(alert).Over);
        var request = city.Request(alert);

        city.Host(() => city.House("rose").Release(new ReleaseBeds(Homes.HoldOf(alert, request), request.AskedAt, "staff", NotCome: true)));
        city.CrashAndRestart();
        city.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(RingReason.Reopened, Assert.Single(city.Queue().Items).Reason);
    }

    [Fact]
    public void The_driver_hears_of_the_bed_and_of_its_loss()
    {
        using var city = Homes.With(("rose", 1));
        city.OnDuty("moussa", Need.Transport);
        var alert = city.Raise(press => press with { Needs = [Need.Shelter, Need.Transport] });
        var offer = city.State(alert).Offers.Single(o => o.Need is Need.Transport).No;
        Assert.Null(city.Host(() => city.Alert(alert).Accept(new AcceptOffer(offer, "moussa", Mode.CallsHer, 20))).Refused);
        Assert.Null(city.Host(() => city.Alert(alert).Report(new ReportProgress(offer, "moussa", Progress.NoConflict, null))).Refused);
        city.Advance(1);
        var before = Changes(city);

        city.Answers("rose", alert);
        city.Advance(1);
        Assert.Equal(BedNewsState.Booked, city.Host(() => city.Alert(alert).Assignment(offer, "moussa"))!.Bed?.State);
        Assert.True(Changes(city) > before);

        before = Changes(city);
        var request = city.Request(alert);
        city.Host(() => city.House("rose").Release(new ReleaseBeds(Homes.HoldOf(alert, request), request.AskedAt, "staff")));
        city.Host(() => city.Alert(alert).Wake());
        city.Advance(1);
        Assert.Equal(BedNewsState.Lost, city.Host(() => city.Alert(alert).Assignment(offer, "moussa"))!.Bed?.State);
        Assert.True(Changes(city) > before);
    }

    private static int Changes(City city) => city.Phones.Arrived.Count(a => a.Notice is { Kind: NoticeKind.AlertChanged, Recipient: "moussa" });

    private static void List(City city, params ImmutableArray<OverflowPlace> places)
    {
        var setup = city.Host(() => city.Grains.GetGrain<IServiceAreaGrain>(City.Area).State())!.Setup;
        city.Host(() => city.Grains.GetGrain<IServiceAreaGrain>(City.Area).Configure(setup with { Overflow = places }));
    }
}
