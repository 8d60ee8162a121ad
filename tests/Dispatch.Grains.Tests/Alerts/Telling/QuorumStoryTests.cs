using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.Protocols;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Alerts.Telling;

public sealed class QuorumStoryTests
{
    private static readonly Consent Yes = new(DisclosureBasis.Consent, Consent.Survivor, DateTimeOffset.UnixEpoch, "web", "police-1", "fr");

    [Fact]
    public void Where_two_are_needed_the_first_yes_silences_nobody_and_the_second_everybody()
    {
        using var city = City.Start(new CityOptions { Rules = City.DefaultRules(new NeedRule(Need.Health, [Mode.CallsHer], Quorum: 2)) with { Steps = [new(0, 3), new(30, 2)] } });
        for (var i = 1; i <= 5; i++) city.OnDuty($"p{i}");
        var alert = city.Raise();
        city.Receipt("p1", alert);

        Assert.Null(city.Accept("p1", alert).Refused);
        Assert.Empty(StoodDown(city));
        city.Advance(30);
        Assert.Single(city.Phones.Offers("p4"));

        Assert.Null(city.Accept("p4", alert).Refused);
        Assert.Equal(["p2", "p3", "p5"], StoodDown(city));
        Assert.Equal(Refusal.AlreadyFilled, city.Accept("p2", alert).Refused);
        Assert.Empty(city.Queue().Items);
    }

    [Fact]
    public void A_police_officers_yes_does_not_silence_the_search_for_a_nurse()
    {
        using var city = City.Start();
        city.OnDuty("officer-1", Need.Police, c => c with { Organisation = City.Police });
        for (var i = 1; i <= 3; i++) city.OnDuty($"nurse{i}");
        var alert = city.Raise(r => r with { Needs = [Need.Health, Need.Police], PoliceConsent = Yes });
        city.Receipt("nurse1", alert);

        Assert.Null(city.Accept("officer-1", alert).Refused);
        city.Advance(60);

        Assert.Empty(StoodDown(city));
        Assert.Single(city.Phones.Offers("nurse3"));
        Assert.Equal((NeedStage.Asking, NeedStage.Filled), (Stage(Need.Health), Stage(Need.Police)));
        Assert.Equal(QueueState.Ringing, Assert.Single(city.Queue().Items).State);

        Assert.Null(city.Accept("nurse3", alert).Refused);
        Assert.Empty(city.Queue().Items);

        NeedStage Stage(Need need) => city.State(alert).Needs.Single(n => n.Need == need).Stage;
    }

    private static IEnumerable<string> StoodDown(City city) =>
        city.Phones.Arrived.Where(a => a.Notice.Kind is NoticeKind.OfferWithdrawn).Select(a => a.Notice.Recipient).Distinct().Order();
}
