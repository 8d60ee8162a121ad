using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Alerts.Journey;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>She pressed at ten in the evening. Curfew holds from eleven until five, local time.</summary>
public sealed class LawfulTests
{
    private static readonly TravelHours Curfew = new() { Closed = [new ClosedHours(new TimeOnly(23, 0), new TimeOnly(5, 0), ClosedFor.Curfew)] };
    private static readonly DateTimeOffset Five = new(2026, 11, 21, 5, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_driver_is_asked_at_any_hour_and_told_what_the_way_waits_for()
    {
        var story = Asked(journeyMinutes: 50);
        Assert.Contains(Issa, story.Asked);
        Assert.Null(Offered(story, At(0)));
        // An hour's margin, and a way of fifty minutes: from ten past ten on he would be caught by it.
        Assert.Null(Offered(story, At(600)));
        Assert.Equal(new Departure(Five, ClosedFor.Curfew), Offered(story, At(601)));
        Assert.Null(Offered(story, Five));
    }

    [Fact]
    public void Only_a_driver_is_told_and_only_while_she_has_a_bed()
    {
        var story = Asked(journeyMinutes: 50);
        Assert.NotNull(Lawful.Way(story.Alert, Need.Transport));
        Assert.Null(Lawful.Way(story.Alert, Need.Shelter));
        story.Try((a, now) => BedReleasing.Release(a, 0, "fatou", notCome: false, now)).Now();
        Assert.Null(Lawful.Way(story.Alert, Need.Transport));
        Assert.Contains(story.Alert.Outbox, p => p.ResponderId == Issa && p.Version == story.Alert.Version);
    }

    [Fact]
    public void Where_no_hour_is_closed_nothing_is_kept()
    {
        var story = Story.Of(Press(Need.Transport) with { Verification = Verification.Voice }, Rules(), Person(Issa, Need.Transport)).Booked();
        Assert.Null(story.Alert.Beds!.Requests[0].Way);
    }

    /// <summary>He keeps to the law, and is called late only when he could have set out.</summary>
    [Fact]
    public void Nobody_is_called_late_for_waiting_until_the_curfew_ends()
    {
        var story = Asked(journeyMinutes: 50);
        story.At(1800).Accepts(Issa, Mode.MeetsAt, need: Need.Transport).Now();
        Assert.Equal(Five.AddMinutes(15), Silence.SilentAt(story.Alert, story.Drive()));
        story.At((Five - Night).TotalSeconds + (15 * 60) - 1);
        Assert.False(story.Drive().Assignment!.Silent);
        Assert.True(story.At((Five - Night).TotalSeconds + (15 * 60)).Drive().Assignment!.Silent);
    }

    /// <summary>Whoever is on the road is missed as anybody is, whatever the hour.</summary>
    [Fact]
    public void Who_has_set_out_all_the_same_has_the_usual_time()
    {
        var story = Asked(journeyMinutes: 50);
        story.At(1800).Accepts(Issa, Mode.MeetsAt, need: Need.Transport).Now();
        story.Says(Progress.NoConflict).Now();
        Assert.Equal(Five.AddMinutes(15), Silence.SilentAt(story.Alert, story.Drive()));
        story.Says(Progress.EnRoute).Now();
        Assert.Equal(At(1800 + (15 * 60)), Silence.SilentAt(story.Alert, story.Drive()));
    }

    [Fact]
    public void Who_may_set_out_now_has_the_usual_time()
    {
        var story = Asked(journeyMinutes: 10);
        story.At(60).Accepts(Issa, Mode.MeetsAt, need: Need.Transport).Now();
        Assert.Equal(At(60 + (15 * 60)), Silence.SilentAt(story.Alert, story.Drive()));
    }

    [Fact]
    public void When_the_house_says_yes_who_was_asked_before_is_told_of_the_way()
    {
        var story = Story.Of(Press(Need.Transport) with { Verification = Verification.Voice }, Rules(), Person(Issa, Need.Transport));
        Assert.Null(Telling.To(story.Alert, Issa).Offers[0].Way);
        story.Booked(House(50));
        Assert.NotNull(Telling.To(story.Alert, Issa).Offers[0].Way);
        Assert.Contains(story.Alert.Outbox, p => p.ResponderId == Issa && p.Version == story.Alert.Version);
    }

    private static Story Asked(int journeyMinutes) =>
        Story.Of(Press(Need.Transport) with { Verification = Verification.Voice }, Rules(), Person(Issa, Need.Transport)).Booked(House(journeyMinutes));

    private static HouseCandidate House(int journeyMinutes)
    {
        var house = Beds.GivenSearch.House("rose");
        return house with { House = house.House with { Travel = Curfew }, Journey = TimeSpan.FromMinutes(journeyMinutes) };
    }

    private static Departure? Offered(Story story, DateTimeOffset now)
    {
        var told = Telling.To(story.Alert, Issa);
        return Telling.Summary(told, told.Offers[0], now).Departs;
    }
}
