using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Organisations;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Alerts;

public sealed class DisclosureTests
{
    private static readonly Consent Yes = new(DisclosureBasis.Consent, Consent.Survivor, DateTimeOffset.UnixEpoch, "web", "police-1", "fr");

    [Fact]
    public void A_nurse_of_a_police_run_clinic_is_never_told_without_a_recorded_basis_however_long_the_silence()
    {
        using var city = City.Start();
        city.OnDuty("nurse", change: c => c with { Organisation = new OrganisationFacts("police-clinic", OrganisationKind.Health, PoliceRun: true) });
        city.OnDuty("far", area: City.Neighbour, change: c => c with { Organisation = new OrganisationFacts("barracks", OrganisationKind.Health, ArmedForces: true) });
        city.Raise(r => r with { Needs = [Need.Health, Need.Police] });

        city.Advance(TimeSpan.FromMinutes(30));

        Assert.DoesNotContain(city.Phones.Arrived, a => a.Notice.Recipient is "nurse" or "far");
        Assert.Empty(city.Offers("nurse"));
    }

    [Fact]
    public void Consent_given_later_opens_the_way_and_withdrawn_consent_closes_it_in_one_decision()
    {
        using var city = City.Start();
        city.OnDuty("officer1", Need.Police, c => c with { Organisation = City.Police });
        var alert = city.Raise(r => r with { Needs = [Need.Health, Need.Police] });
        Assert.Empty(city.Offers("officer1"));

        Add(city, alert, new AddToAlert { By = Consent.Survivor, Authorised = true, Consent = Yes });
        Assert.Single(city.Offers("officer1"));
        city.Accept("officer1", alert);
        city.Report("officer1", alert, Progress.NoConflict);
        Add(city, alert, new AddToAlert { By = Consent.Survivor, Authorised = true, WithdrawConsent = true });

        var slice = city.Host(() => city.Alert(alert).Assignment(city.OfferOf("officer1", alert), "officer1"));
        Assert.False(slice?.Open);
        Assert.Equal(Refusal.OfferClosed, city.Report("officer1", alert, Progress.EnRoute).Refused);
    }

    [Fact]
    public void Consent_without_authority_is_refused()
    {
        using var city = City.Start();
        var alert = city.Raise();

        Assert.Equal(Refusal.PinRequired, Add(city, alert, new AddToAlert { By = Consent.Survivor, Consent = Yes }).Refused);
    }

    /// <summary>Consent is looked at again just before bytes leave: a phone that was unreachable when it was withdrawn is not told on a later try.</summary>
    [Fact]
    public void Consent_withdrawn_between_two_tries_is_seen_before_the_second()
    {
        using var city = City.Start();
        city.OnDuty("officer1", Need.Police, c => c with { Organisation = City.Police });
        city.Phones.Before = n => n.Recipient == "officer1" ? new DeliveryResult.Later(TimeSpan.FromSeconds(5), "busy") : null;
        var alert = city.Raise(r => r with { Needs = [Need.Police], PoliceConsent = Yes });
        city.Phones.Before = null;

        Add(city, alert, new AddToAlert { By = Consent.Survivor, Authorised = true, WithdrawConsent = true });
        city.Advance(60);

        Assert.Empty(city.Phones.Offers("officer1"));
    }

    [Fact]
    public void A_declared_conflict_removes_access_and_asks_the_next()
    {
        using var city = City.Start(new CityOptions { Rules = City.DefaultRules() with { Steps = [new(0, 1), new(30, 1)] } });
        city.OnDuty("amal");
        city.OnDuty("noor");
        var alert = city.Raise();
        city.Accept("amal", alert);
        Assert.False(city.Host(() => city.Alert(alert).Assignment(0, "amal"))!.Open);

        city.Report("amal", alert, Progress.Conflict);

        Assert.False(city.Host(() => city.Alert(alert).Assignment(0, "amal"))!.Open);
        Assert.Single(city.Offers("noor"));
        Assert.Contains("amal", city.State(alert).Exclusions.Responders);
    }

    [Theory]
    [InlineData(PinVerdict.Duress)]
    [InlineData(PinVerdict.Wrong)]
    public void Under_duress_her_device_sees_cancelled_people_stand_off_and_a_supervisor_decides(PinVerdict pin)
    {
        using var city = City.Start();
        city.OnDuty("amal");
        city.OnDuty("noor");
        var alert = city.Raise();
        city.Accept("amal", alert, mode: Mode.ReceivesHer);

        city.Host(() => city.Alert(alert).Cancel(pin));
        city.Advance(300);

        Assert.Equal(AssignmentState.StandOff, city.State(alert).Offers.Single(o => o.Responder == "amal").Assignment!.State);
        Assert.Equal(RingReason.Duress, Assert.Single(city.Queue().Items).Reason);
        var shown = city.Host(() => city.Alert(alert).SurvivorView());
        var really = city.Raise();
        city.Host(() => city.Alert(really).Cancel(PinVerdict.Right));
        Assert.Equal(city.Host(() => city.Alert(really).SurvivorView())! with { Id = alert }, shown);
    }

    private static Dispatch.Grains.Alerts.AnswerResult Add(City city, string alert, AddToAlert addition) => city.Host(() => city.Alert(alert).Add(addition));
}
