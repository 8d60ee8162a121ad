using Dispatch.Channels.Tests.Sms;
using Dispatch.Channels.Voice;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Tests.Voice;

/// <summary>The offer is gone while the phone rings.</summary>
public sealed class HangUpTests
{
    public static TheoryData<OfferState, AssignmentState?> Gone => new()
    {
        { OfferState.Withdrawn, null }, { OfferState.Declined, null }, { OfferState.Accepted, AssignmentState.Accepted },
    };

    [Theory, MemberData(nameof(Gone))]
    public async Task What_rings_for_nothing_is_ended_at_once_and_once(OfferState state, AssignmentState? assignment)
    {
        await using var calling = await Calling.With();
        await calling.Send(Calling.Offer());
        Assert.IsType<DeliveryResult.Sent>(await calling.Send(Calling.Changed(state, assignment)));
        Assert.Equal(new DeliveryResult.Never("doesNotRing"), await calling.Send(Calling.Changed(state, assignment, version: 9)));
        var ended = Assert.Single(calling.HungUp);
        Assert.Equal($"/calls/{calling.Rung[0].Fields["reference"]}", ended.Path);
        Assert.Equal("Bearer a-long-enough-secret", ended.Headers["Authorization"]);
    }

    [Theory]
    [InlineData("pickedUp")]
    [InlineData("over")]
    [InlineData("rangOut")]
    [InlineData("anotherRound")]
    public async Task Whoever_picked_up_is_not_cut_off_and_what_no_longer_rings_is_left_alone(string how)
    {
        await using var calling = await Calling.With();
        await calling.Send(Calling.Offer());
        if (how == "pickedUp") calling.Last(a => a.PickedUp(calling.Clock.GetUtcNow()));
        if (how == "over") calling.Last(a => a.Ended("busy"));
        if (how == "rangOut") calling.Clock.Advance(CallTimes.RingsAtMost);
        Assert.Equal(new DeliveryResult.Never("doesNotRing"), await calling.Send(Calling.Changed(OfferState.Withdrawn, round: how == "anotherRound" ? 1 : 0)));
        Assert.Empty(calling.HungUp);
    }

    [Fact]
    public async Task A_gateway_in_trouble_is_asked_again_as_long_as_it_rings()
    {
        await using var calling = await Calling.With();
        await calling.Send(Calling.Offer());
        calling.First.Answers = Loopback.Says(500, "");
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(1), "serverError"), await calling.Send(Calling.Changed(OfferState.Withdrawn)));
        calling.First.Answers = Calling.Taken;
        Assert.IsType<DeliveryResult.Sent>(await calling.Send(Calling.Changed(OfferState.Withdrawn)));
        calling.Clock.Advance(CallTimes.RingsAtMost);
        Assert.Equal(new DeliveryResult.Never("doesNotRing"), await calling.Send(Calling.Changed(OfferState.Withdrawn)));
    }

    [Fact]
    public async Task One_that_cannot_end_calls_lets_it_ring_out()
    {
        await using var calling = await Calling.With();
        await calling.Send(Calling.Offer());
        calling.First.Answers = Loopback.Says(405, "");
        Assert.Equal(new DeliveryResult.Never("cannotHangUp"), await calling.Send(Calling.Changed(OfferState.Withdrawn)));
    }

    /// <summary>She accepted and may be on her way.</summary>
    [Theory]
    [InlineData(AssignmentState.StandOff, "voice.wait")]
    [InlineData(AssignmentState.CallOff, "voice.takenBack")]
    public async Task Who_may_be_out_there_is_rung_to_be_told_once_she_picked_up(AssignmentState state, string words)
    {
        await using var calling = await Calling.With();
        await calling.Send(Calling.Offer());
        Assert.IsType<DeliveryResult.Later>(await calling.Send(Calling.Changed(OfferState.Accepted, state)));
        Assert.Equal((1, 2), (calling.HungUp.Count, calling.Rung.Count));
        Assert.Equal((words, null), (calling.Subjects[1].Words, calling.Subjects[1].OfferId));
        calling.Last(a => a.PickedUp(calling.Clock.GetUtcNow()));
        for (var version = 9; version < 12; version++) Assert.IsType<DeliveryResult.Sent>(await calling.Send(Calling.Changed(OfferState.Accepted, state, version)));
        Assert.Equal(2, calling.Rung.Count);
    }

    [Fact]
    public async Task A_duty_officer_is_rung_about_what_nobody_took_and_asked_for_no_key()
    {
        await using var calling = await Calling.With();
        await calling.Send(Calling.Untaken());
        Assert.Equal(("voice.waiting", null, "en"), (calling.Subjects[0].Words, calling.Subjects[0].OfferId, calling.Subjects[0].Language));
        Assert.Single(calling.Rung);
    }

    [Theory]
    [InlineData(false, "voice.offer")]
    [InlineData(true, "voice.drill")]
    public async Task An_offer_is_asked_about_and_a_drill_says_that_it_is_one(bool exercise, string words)
    {
        await using var calling = await Calling.With();
        await calling.Send(Calling.Offer(exercise));
        Assert.Equal((words, Calling.Offer().OfferId), (calling.Subjects[0].Words, calling.Subjects[0].OfferId));
    }
}
