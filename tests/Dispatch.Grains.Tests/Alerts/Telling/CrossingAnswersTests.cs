using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Survivors;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Alerts.Telling;

/// <summary>Two people say yes: one has it, and the other hears that it is filled, whichever way and however late her yes came.</summary>
public sealed class CrossingAnswersTests : IDisposable
{
    private readonly Ways _ways = new();

    public CrossingAnswersTests()
    {
        City.OnDuty("amal");
        City.OnDuty("noor");
    }

    private City City => _ways.City;

    public void Dispose() => _ways.Dispose();

    [Fact]
    public void Of_two_yeses_at_the_same_moment_one_has_it_and_the_other_hears_already_filled()
    {
        var alert = City.Raise();
        var (amal, noor) = (City.OfferOf("amal", alert), City.OfferOf("noor", alert));

        var answers = City.Host(() => Task.WhenAll(City.Alert(alert).Accept(new(amal, "amal", null, 5)), City.Alert(alert).Accept(new(noor, "noor", null, 5))));

        Assert.Equal([null, Refusal.AlreadyFilled], answers.Select(a => a.Refused));
        Assert.Single(City.State(alert).Offers, o => o.State is OfferState.Accepted);
        City.Phones.ExpectsStandDown("noor");
        Assert.Empty(City.Queue().Items);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7_200)]
    public void A_yes_after_the_withdrawal_hears_that_it_is_filled_and_takes_nothing_from_whoever_has_it(double later)
    {
        var alert = City.Raise();
        City.Accept("amal", alert);
        City.Report("amal", alert, Progress.NoConflict);
        City.Report("amal", alert, Progress.Arrived);
        City.Advance(later);

        Assert.Equal(Refusal.AlreadyFilled, City.Accept("noor", alert).Refused);

        Assert.Equal((OfferState.Accepted, OfferState.Withdrawn), (_ways.OfferTo("amal", alert).State, _ways.OfferTo("noor", alert).State));
        Assert.Empty(City.Offers("noor"));
    }

    /// <summary>Her phone had no network when she was stood down. Meanwhile the other one handed back: her late yes is the help that is needed.</summary>
    [Fact]
    public void A_late_yes_counts_when_the_need_is_open_again_and_none_does_after_the_end()
    {
        var alert = City.Raise();
        City.Accept("amal", alert);
        City.Report("amal", alert, Progress.Released);

        Assert.Null(City.Accept("noor", alert).Refused);
        City.Host(() => City.Alert(alert).Cancel(PinVerdict.Right));

        Assert.Equal(Refusal.OfferClosed, City.Accept("amal", alert).Refused);
    }

    [Fact]
    public void A_yes_in_the_app_that_follows_one_by_text_hears_that_it_is_filled_and_the_text_is_still_to_confirm()
    {
        var alert = City.Raise();
        City.Advance(10);

        Assert.Null(_ways.AcceptsByText("amal", alert).Refused);
        Assert.Equal(Refusal.AlreadyFilled, City.Accept("noor", alert).Refused);

        Assert.True(_ways.OfferTo("amal", alert).Assignment!.Provisional);
        Assert.Null(City.Report("amal", alert, Progress.Confirmed).Refused);
        Assert.False(_ways.OfferTo("amal", alert).Assignment!.Provisional);
        City.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(SurvivorStatus.Accepted, City.Host(() => City.Alert(alert).SurvivorView())!.Status);
        Assert.Empty(City.Offers("noor"));
    }

    [Fact]
    public void A_yes_by_text_that_follows_one_in_the_app_hears_that_it_is_filled()
    {
        var alert = City.Raise();
        City.Advance(10);

        Assert.Null(City.Accept("noor", alert).Refused);
        Assert.Equal(Refusal.AlreadyFilled, _ways.AcceptsByText("amal", alert).Refused);

        Assert.Equal(OfferState.Withdrawn, _ways.OfferTo("amal", alert).State);
        // She waits with a text in her hand: she is told by text.
        Assert.Single(_ways.Texts.Taken, t => t.Notice is { Kind: NoticeKind.OfferWithdrawn, Recipient: "amal" });
    }

    /// <summary>Anybody could have sent it. It holds the need no longer than silence may, and then the one who was refused is asked again.</summary>
    [Fact]
    public void A_yes_by_text_that_is_never_confirmed_gives_way_to_who_came_second()
    {
        var alert = City.Raise();
        City.Advance(10);
        _ways.AcceptsByText("amal", alert);
        Assert.Equal(Refusal.AlreadyFilled, City.Accept("noor", alert).Refused);

        City.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(RingReason.Silent, Assert.Single(City.Queue().Items).Reason);
        Assert.Null(City.Accept("noor", alert).Refused);
        Assert.Empty(City.Queue().Items);
    }
}
