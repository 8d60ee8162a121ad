using Dispatch.Channels.Gateways;
using Dispatch.Channels.Tests.Sms;
using Dispatch.Channels.Voice;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Tests.Voice;

/// <summary>The channel through real HTTP, against gateways that do what gateways do.</summary>
public sealed class VoiceChannelTests
{
    private static readonly DeliveryResult Rings = new DeliveryResult.Later(CallTimes.RingsAtMost, "rings", Partly: true);

    [Fact]
    public async Task A_call_that_rings_has_reached_nobody_yet_and_is_not_made_twice()
    {
        await using var calling = await Calling.With();
        Assert.Equal(Rings, await calling.Send(Calling.Offer()));
        calling.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(new DeliveryResult.Later(CallTimes.RingsAtMost - TimeSpan.FromSeconds(10), "rings", Partly: true), await calling.Send(Calling.Offer()));
        var asked = Assert.Single(calling.Rung);
        Assert.Equal((Calling.Number, "25"), (asked.Fields["to"], asked.Fields["ringSeconds"]));
        Assert.Equal(["callback", "reference", "ringSeconds", "to"], asked.Fields.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Who_picked_up_is_not_rung_again()
    {
        await using var calling = await Calling.With();
        await calling.Send(Calling.Offer());
        calling.Last(a => a.PickedUp(calling.Clock.GetUtcNow()));
        calling.Clock.Advance(CallTimes.RingsAtMost);
        Assert.IsType<DeliveryResult.Sent>(await calling.Send(Calling.Offer()));
        Assert.Single(calling.Rung);
    }

    [Theory]
    [InlineData("busy")]
    [InlineData("machine")]
    [InlineData(null)]
    public async Task Whoever_does_not_pick_up_is_rung_so_often_and_not_more(string? over)
    {
        await using var calling = await Calling.With();
        for (var n = 1; n <= CallTimes.MaxAttempts; n++)
        {
            Assert.Equal(Rings, await calling.Send(Calling.Offer()));
            Assert.Equal(n, calling.Rung.Count);
            if (over is not null) calling.Last(a => a.Ended(over));
            calling.Clock.Advance(CallTimes.RingsAtMost);
        }

        Assert.Equal(new DeliveryResult.Never("noAnswer"), await calling.Send(Calling.Offer()));
        Assert.Equal(CallTimes.MaxAttempts, calling.Rung.Select(a => a.Fields["reference"]).Distinct().Count());
    }

    [Fact]
    public async Task An_offer_opened_anew_is_called_about_anew()
    {
        await using var calling = await Calling.With();
        await calling.Send(Calling.Offer());
        calling.Last(a => a.PickedUp(calling.Clock.GetUtcNow()).Ended("ended"));
        Assert.Equal(Rings, await calling.Send(Calling.Offer(round: 1)));
        Assert.Equal([0, 1], calling.Subjects.Select(s => s.Round));
    }

    [Fact]
    public async Task One_person_is_rung_by_one_call_at_a_time()
    {
        await using var calling = await Calling.With();
        await calling.Send(Calling.Offer());
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(5), "onThePhone"), await calling.Send(Calling.Offer(no: 4)));
        Assert.Single(calling.Rung);
        calling.Last(a => a.Ended("busy"));
        Assert.Equal(Rings, await calling.Send(Calling.Offer(no: 4)));
    }

    [Fact]
    public async Task Who_has_two_numbers_is_rung_on_the_one_after_the_other()
    {
        await using var calling = await Calling.With(Calling.Number, "+22370000001", "+223 70 00 00 01");
        for (var n = 0; n < CallTimes.MaxAttempts; n++)
        {
            await calling.Send(Calling.Offer());
            calling.Clock.Advance(CallTimes.RingsAtMost);
        }

        Assert.Equal([Calling.Number, "+22370000001", Calling.Number], calling.Rung.Select(a => a.Fields["to"]));
    }

    [Theory]
    [InlineData("", "noDevice")]
    [InlineData("+2290197000000", "noRoute")]
    public async Task Who_cannot_be_rung_is_another_channels_matter(string number, string why)
    {
        await using var calling = await Calling.With(number);
        Assert.Equal(new DeliveryResult.Never(why), await calling.Send(Calling.Offer()));
        Assert.Empty(calling.Rung);
        Assert.Empty(calling.Retired);
    }

    public static TheoryData<string> Failures => new("server", "garbage", "cut", "refused", "quota", "access");

    [Theory, MemberData(nameof(Failures))]
    public async Task When_one_fails_in_whatever_way_the_next_rings_now(string how)
    {
        await using var calling = await Calling.With();
        calling.First.Answers = Failing(how);
        Assert.Equal(Rings, await calling.Send(Calling.Offer()));
        Assert.Equal((1, 1), (calling.First.All.Count, calling.Second.All.Count));
        Assert.Single(calling.Rung.Select(a => a.Fields["reference"]).Distinct());
    }

    [Fact]
    public async Task One_that_hangs_leaves_the_next_its_share_of_the_time()
    {
        await using var calling = await Calling.With();
        calling.First.Answers = Loopback.Hangs;
        var sending = calling.Send(Calling.Offer());
        await calling.First.Came();
        calling.Clock.Advance(GatewayLimits.SendWithin / 2);
        Assert.Equal(Rings, await sending);
        Assert.Single(calling.Second.All);
    }

    /// <summary>It may ring all the same: a gateway that knows the reference rings once.</summary>
    [Fact]
    public async Task When_none_answers_the_same_attempt_is_made_again_under_its_name()
    {
        await using var calling = await Calling.With();
        calling.First.Answers = calling.Second.Answers = Loopback.Says(503, "", retryAfter: "4");
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(4), "serverError"), await calling.Send(Calling.Offer()));
        calling.First.Answers = Calling.Taken;
        calling.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(Rings, await calling.Send(Calling.Offer()));
        Assert.Equal(3, calling.Rung.Count);
        var reference = Assert.Single(calling.Rung.Select(a => a.Fields["reference"]).Distinct());
        Assert.All(calling.Rung, a => Assert.Equal(reference, a.Headers["Idempotency-Key"]));
    }

    [Fact]
    public async Task A_wrong_number_retires_itself_and_the_other_one_is_rung()
    {
        await using var calling = await Calling.With(Calling.Number, "+22370000001");
        calling.First.Answers = calling.Second.Answers = Loopback.Says(422, "");
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(1), "invalidNumber"), await calling.Send(Calling.Offer()));
        Assert.Equal(["phone-" + Calling.Number], calling.Retired);
        calling.First.Answers = Calling.Taken;
        Assert.Equal(Rings, await calling.Send(Calling.Offer()));
        Assert.Equal("+22370000001", calling.First.All[^1].Fields["to"]);
    }

    [Fact]
    public async Task Only_what_is_worth_a_call_is_one()
    {
        await using var calling = await Calling.With();
        foreach (var kind in (NoticeKind[])[NoticeKind.QueueChanged, NoticeKind.LineAlertChanged]) Assert.Equal(new DeliveryResult.Never("onlyOnPages"), await calling.Send(Calling.Offer() with { Kind = kind }));
        foreach (var state in Enum.GetValues<AssignmentState>().Except([AssignmentState.CallOff, AssignmentState.StandOff])) await calling.Send(Calling.Changed(OfferState.Accepted, state));
        await calling.Send(Calling.Changed(OfferState.Declined));
        await calling.Send(Calling.Changed(OfferState.Withdrawn));
        Assert.Empty(calling.First.All);
    }

    /// <summary>Numbers, references and secrets stay out of the log whatever fails.</summary>
    [Fact]
    public async Task Nothing_of_a_call_is_logged()
    {
        await using var calling = await Calling.With();
        foreach (var how in ((IEnumerable<object[]>)Failures).Select(f => (string)f[0]))
        {
            calling.First.Answers = calling.Second.Answers = Failing(how);
            await calling.Send(Calling.Offer(no: how.Length));
        }

        Assert.NotEmpty(calling.Logged);
        foreach (var secret in (string[])["123456", "secret", ".0"]) Assert.All(calling.Logged, l => Assert.DoesNotContain(secret, l.Line, StringComparison.Ordinal));
    }

    private static Func<Microsoft.AspNetCore.Http.HttpContext, Task> Failing(string how) => how switch
    {
        "server" => Loopback.Says(500, "oops"),
        "garbage" => Loopback.Says(200, "<html>"),
        "cut" => Loopback.CutsOff,
        "refused" => Loopback.Says(400, "no trunk"),
        "quota" => Loopback.Says(429, ""),
        "access" => Loopback.Says(403, ""),
        _ => throw new ArgumentOutOfRangeException(nameof(how)),
    };
}
