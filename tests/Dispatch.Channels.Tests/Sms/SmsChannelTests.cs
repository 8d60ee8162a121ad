using Dispatch.Channels.Gateways;
using Dispatch.Channels.Health;
using Dispatch.Channels.Sms;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Microsoft.Extensions.Logging;

namespace Dispatch.Channels.Tests.Sms;

/// <summary>The channel through real HTTP, against gateways that do what gateways do.</summary>
public sealed class SmsChannelTests
{
    [Fact]
    public async Task What_the_first_gateway_took_is_sent_and_the_second_is_not_asked()
    {
        await using var texting = await Texting.With();
        Assert.IsType<DeliveryResult.Sent>(await texting.Send(Texting.Offer()));
        Assert.Equal((1, 0), (texting.First.All.Count, texting.Second.All.Count));
    }

    [Fact]
    public async Task Who_has_no_number_is_reached_by_another_way_at_once()
    {
        await using var texting = await Texting.With("");
        Assert.Equal(new DeliveryResult.Never("invalidNumber"), await texting.Send(Texting.Offer()));
        Assert.Empty(texting.First.All);
        Assert.Empty(texting.Retired);
    }

    [Fact]
    public async Task Only_what_is_worth_a_text_is_one()
    {
        await using var texting = await Texting.With();
        Notice[] none =
        [
            Texting.Offer() with { Kind = NoticeKind.QueueChanged }, Texting.Offer() with { Kind = NoticeKind.LineAlertChanged }, Texting.Changed(OfferState.Declined),
            .. Enum.GetValues<AssignmentState>().Except([AssignmentState.CallOff, AssignmentState.StandOff]).Select(s => Texting.Changed(OfferState.Accepted, s)),
        ];
        foreach (var notice in none) Assert.Equal(new DeliveryResult.Never("onlyOnPages"), await texting.Send(notice));
        Assert.Empty(texting.First.All);
    }

    public static TheoryData<string> Failures => new("server", "garbage", "cut", "refused", "quota", "access");

    [Theory, MemberData(nameof(Failures))]
    public async Task When_one_fails_in_whatever_way_the_next_goes_now(string how)
    {
        await using var texting = await Texting.With();
        texting.First.Answers = Failing(how);
        Assert.IsType<DeliveryResult.Sent>(await texting.Send(Texting.Offer()));
        Assert.Equal((1, 1), (texting.First.All.Count, texting.Second.All.Count));
        Assert.Equal(how is not "quota", texting.Routes.Ways[0].State is WayState.Degraded);
        Assert.Equal(WayState.Up, texting.Routes.Ways[1].State);
    }

    [Fact]
    public async Task One_that_hangs_leaves_the_next_its_share_of_the_time()
    {
        await using var texting = await Texting.With();
        texting.First.Answers = Loopback.Hangs;
        var sending = texting.Send(Texting.Offer());
        await texting.First.Came();
        Assert.Empty(texting.Second.All);
        texting.Clock.Advance(GatewayLimits.SendWithin / 2);
        Assert.IsType<DeliveryResult.Sent>(await sending);
    }

    [Fact]
    public async Task When_all_hang_it_ends_in_time_and_is_tried_again()
    {
        await using var texting = await Texting.With();
        texting.First.Answers = texting.Second.Answers = Loopback.Hangs;
        var sending = texting.Send(Texting.Offer());
        await texting.First.Came();
        texting.Clock.Advance(GatewayLimits.SendWithin / 2);
        await texting.Second.Came();
        texting.Clock.Advance(GatewayLimits.SendWithin / 2);
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(1), "timeout"), await sending);
    }

    [Fact]
    public async Task One_that_fails_again_and_again_is_left_alone_for_a_moment_and_then_tried()
    {
        await using var texting = await Texting.With();
        texting.First.Answers = Loopback.Says(500, "");
        for (var n = 0; n < 5; n++) await texting.Send(Texting.Offer(no: n));
        Assert.Equal((3, 5), (texting.First.All.Count, texting.Second.All.Count));
        Assert.Equal((WayState.Down, "serverError"), (texting.Routes.Ways[0].State, texting.Routes.Ways[0].Why));

        texting.First.Answers = Texting.Taken;
        texting.Clock.Advance(GatewayLimits.LeftAloneFor);
        await texting.Send(Texting.Offer(no: 9));
        Assert.Equal((4, 5), (texting.First.All.Count, texting.Second.All.Count));
        Assert.Equal(WayState.Up, texting.Routes.Ways[0].State);
    }

    [Fact]
    public async Task When_none_takes_it_for_now_the_notice_waits_and_goes_out_later_under_the_same_name()
    {
        await using var texting = await Texting.With();
        texting.First.Answers = Loopback.Says(503, "Temporal failure, try again later.", retryAfter: "7");
        texting.Second.Answers = Loopback.Says(429, "", retryAfter: "9");
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(7), "serverError"), await texting.Send(Texting.Offer()));

        texting.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(1), "serverError"), await texting.Send(Texting.Offer()));
        Assert.Single(texting.First.All);

        texting.First.Answers = Texting.Taken;
        texting.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<DeliveryResult.Sent>(await texting.Send(Texting.Offer()));
        Assert.Single(texting.Subjects.Distinct());
    }

    [Fact]
    public async Task What_was_sent_is_not_sent_again_whoever_asks()
    {
        await using var texting = await Texting.With();
        for (var i = 0; i < 3; i++) Assert.IsType<DeliveryResult.Sent>(await texting.Send(Texting.Offer()));
        for (var version = 8; version < 11; version++) Assert.IsType<DeliveryResult.Sent>(await texting.Send(Texting.Changed(OfferState.Withdrawn, version: version)));
        Assert.Equal(2, texting.First.All.Count);
    }

    /// <summary>Another bed that is lost is news; the same one, in a later version of the alert, is not.</summary>
    [Fact]
    public async Task A_lost_bed_is_texted_once_and_the_next_one_again()
    {
        await using var texting = await Texting.With();
        for (var version = 8; version < 11; version++) Assert.IsType<DeliveryResult.Sent>(await texting.Send(Texting.BedLost(version: version)));
        Assert.Single(texting.First.All);
        Assert.IsType<DeliveryResult.Sent>(await texting.Send(Texting.BedLost(lost: 2, version: 12)));
        Assert.Equal(2, texting.First.All.Count);
    }

    [Fact]
    public async Task Each_number_has_its_own_outcome_and_a_repeat_goes_only_where_it_is_owed()
    {
        await using var texting = await Texting.With(Texting.Number, "+22670000001");
        texting.Second.Answers = Loopback.Says(503, "", retryAfter: "4");
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(4), "serverError", Partly: true), await texting.Send(Texting.Offer()));
        texting.Second.Answers = Texting.Taken;
        texting.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.IsType<DeliveryResult.Sent>(await texting.Send(Texting.Offer()));
        Assert.Equal((1, 2), (texting.First.All.Count, texting.Second.All.Count));
    }

    [Fact]
    public async Task A_country_without_a_route_is_another_channels_matter()
    {
        await using var texting = await Texting.With("+2290197000000");
        Assert.Equal(new DeliveryResult.Never("noRoute"), await texting.Send(Texting.Offer()));
    }

    /// <summary>In the lane eight of sixteen places are the urgent ones': a hanging gateway full of other things still takes an emergency at once.</summary>
    [Fact]
    public async Task An_emergency_waits_behind_nothing_else()
    {
        await using var texting = await Texting.With();
        texting.First.Answers = Loopback.Hangs;
        var drills = Enumerable.Range(0, 40).Select(n => Direct(texting, urgent: false)).ToArray();
        for (var i = 0; i < GatewayLimits.AtOnce / 2; i++) await texting.First.Came();
        var emergency = Direct(texting, urgent: true);
        await texting.First.Came();
        Assert.Equal("urgent", texting.First.All[GatewayLimits.AtOnce / 2].Fields["text"]);
        texting.Clock.Advance(GatewayLimits.SendWithin);
        await Task.WhenAll([.. drills, emergency]);
    }

    /// <summary>Whoever waits gives up while there is still time for a request: what is cut off on its way may have been taken, and would be texted twice.</summary>
    [Fact]
    public async Task Who_waited_too_long_leaves_by_the_next_gateway_and_not_in_the_last_moment_by_this_one()
    {
        await using var texting = await Texting.With();
        texting.First.Answers = Loopback.Hangs;
        var hanging = Enumerable.Range(0, GatewayLimits.AtOnce).Select(_ => Direct(texting, urgent: true)).ToArray();
        for (var i = 0; i < GatewayLimits.AtOnce; i++) await texting.First.Came();
        var waiting = Direct(texting, urgent: true);
        texting.Clock.Advance(GatewayLimits.SendWithin / 2 * GatewayLimits.ToWait);
        Assert.Equal("second", (await waiting.WaitAsync(Texting.Patience)).Gateway);
        Assert.Equal((GatewayLimits.AtOnce, 1), (texting.First.All.Count, texting.Second.All.Count));
        Assert.DoesNotContain(hanging, h => h.IsCompleted);
        texting.Clock.Advance(GatewayLimits.SendWithin / 2);
        await Task.WhenAll(hanging);
    }

    [Fact]
    public async Task A_full_lane_is_an_alarm_once_and_a_wait_for_whoever_comes_and_drops_nothing()
    {
        await using var texting = await Texting.With();
        texting.First.Answers = Loopback.Hangs;
        using var stop = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, GatewayLimits.AtOnce + GatewayLimits.MaxWaiting).Select(_ => texting.Gateways[0].Send(Message(true), GatewayLimits.SendWithin, stop.Token)).ToArray();
        for (var i = 0; i < 2; i++) Assert.Equal(new GatewayOutcome.Later(TimeSpan.FromSeconds(1), "full", Busy: true), await texting.Gateways[0].Send(Message(true), GatewayLimits.SendWithin, stop.Token));
        Assert.Single(texting.Logged, l => l.Level is LogLevel.Error);
        var began = texting.Clock.GetUtcNow();
        Assert.Equal((WayState.Full, began), (texting.Routes.Ways[0].State, texting.Routes.Ways[0].Since));
        Assert.Equal(WayState.Up, texting.Routes.Ways[1].State);
        await stop.CancelAsync();
        await Task.WhenAll(waiting);
        texting.First.Answers = Texting.Taken;
        texting.Clock.Advance(GatewayLimits.LeftAloneFor);
        Assert.IsType<GatewayOutcome.Accepted>(await texting.Gateways[0].Send(Message(true), GatewayLimits.SendWithin, CancellationToken.None));

        // Who looks a minute later still finds the alarm, and since when.
        Assert.Equal((WayState.Full, began), (texting.Routes.Ways[0].State, texting.Routes.Ways[0].Since));
        texting.Clock.Advance(GatewayLimits.FullFor - GatewayLimits.LeftAloneFor);
        Assert.Equal(WayState.Up, texting.Routes.Ways[0].State);
    }

    [Fact]
    public async Task What_is_not_urgent_never_fills_the_queue_for_what_is()
    {
        await using var texting = await Texting.With();
        texting.First.Answers = Loopback.Hangs;
        using var stop = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, (GatewayLimits.AtOnce + GatewayLimits.MaxWaiting) / 2).Select(_ => Send(urgent: false)).ToList();
        Assert.Equal("full", Assert.IsType<GatewayOutcome.Later>(await Send(urgent: false)).Why);
        waiting.AddRange(Enumerable.Range(0, (GatewayLimits.AtOnce + GatewayLimits.MaxWaiting) / 2).Select(_ => Send(urgent: true)));
        Assert.DoesNotContain(waiting, sending => sending.IsCompleted);
        await stop.CancelAsync();
        await Task.WhenAll(waiting);

        Task<GatewayOutcome> Send(bool urgent) => texting.Gateways[0].Send(Message(urgent), GatewayLimits.SendWithin, stop.Token);
    }

    /// <summary>Numbers, texts and passwords stay out of the log whatever fails.</summary>
    [Fact]
    public async Task Nothing_of_a_text_is_logged()
    {
        await using var texting = await Texting.With();
        foreach (var how in ((IEnumerable<object[]>)Failures).Select(f => (string)f[0]))
        {
            texting.First.Answers = texting.Second.Answers = Failing(how);
            await texting.Send(Texting.Offer(no: how.Length));
        }

        Assert.NotEmpty(texting.Logged);
        Assert.All(texting.Logged, l => Assert.DoesNotContain("123456", l.Line, StringComparison.Ordinal));
        Assert.All(texting.Logged, l => Assert.DoesNotContain("42", l.Line, StringComparison.Ordinal));
    }

    private static Func<Microsoft.AspNetCore.Http.HttpContext, Task> Failing(string how) => how switch
    {
        "server" => Loopback.Says(500, "oops"),
        "garbage" => Loopback.Says(200, "<html>"),
        "cut" => Loopback.CutsOff,
        "refused" => Loopback.Says(400, "Rejected"),
        "quota" => Loopback.Says(429, ""),
        "access" => Loopback.Says(403, "Authorization failed for sendsms"),
        _ => throw new ArgumentOutOfRangeException(nameof(how)),
    };

    private static Task<Routed> Direct(Texting texting, bool urgent) => texting.Routes.Send(Message(urgent), CancellationToken.None);

    private static SmsMessage Message(bool urgent) =>
        Domain.Numbers.PhoneNumber.TryParse(Texting.Number, out var number) ? new SmsMessage(number, urgent ? "urgent" : "drill", "ref", urgent) : throw new InvalidOperationException();
}
