using System.Net;
using System.Net.Sockets;
using System.Text;
using Dispatch.Channels.WebPush;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Responders;

namespace Dispatch.Channels.Tests.WebPush;

/// <summary>The channel against everything that a push service may answer, given on loopback.</summary>
public sealed class WebPushChannelTests
{
    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(202)]
    public async Task What_the_service_took_is_sent(int status)
    {
        await using var pushing = await Pushing.With("one");
        pushing.Service.Answer("one", status);
        Assert.Equal(new DeliveryResult.Sent(), await pushing.Send(Pushing.Offer()));
        Assert.Equal(1, pushing.Service.Asked("one"));
        Assert.Empty(pushing.Alarms);
    }

    [Fact]
    public async Task Who_has_no_browser_is_reached_by_another_way_at_once()
    {
        await using var pushing = await Pushing.With();
        Assert.Equal(new DeliveryResult.Never("noDevice"), await pushing.Send(Pushing.Offer()));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task A_subscription_that_is_nobodys_retires_itself_and_the_next_channel_goes_now(int status)
    {
        await using var pushing = await Pushing.With("gone");
        pushing.Service.Answer("gone", status);
        Assert.Equal(new DeliveryResult.Never("gone"), await pushing.Send(Pushing.Offer()));
        Assert.Equal(["device-gone"], pushing.Retired);
        Assert.Equal(1, pushing.Service.Asked("gone"));
        Assert.Empty(pushing.Alarms);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(415)]
    public async Task A_message_that_is_refused_is_our_own_mistake_and_wakes_somebody(int status)
    {
        await using var pushing = await Pushing.With("one");
        pushing.Service.Answer("one", status);
        Assert.Equal(new DeliveryResult.Never("refused"), await pushing.Send(Pushing.Offer()));
        Assert.Empty(pushing.Retired);
        Assert.Contains("refused", Assert.Single(pushing.Alarms), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_key_that_is_refused_keeps_the_notice_and_the_phone_and_wakes_somebody(int status)
    {
        await using var pushing = await Pushing.With("one");
        pushing.Service.Answer("one", status);
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(30), "keyRefused"), await pushing.Send(Pushing.Offer()));
        Assert.Empty(pushing.Retired);
        Assert.Contains("keyRefused", Assert.Single(pushing.Alarms), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429, "17", 17, "quota")]
    [InlineData(429, "Sun, 01 Mar 2026 22:00:40 GMT", 40, "quota")]
    [InlineData(429, null, 30, "quota")]
    [InlineData(429, "in a while", 30, "quota")]
    [InlineData(429, "-5", 30, "quota")]
    [InlineData(429, "Sun, 01 Mar 2026 21:00:00 GMT", 30, "quota")]
    [InlineData(429, "86400", 120, "quota")]
    [InlineData(429, "Sun, 01 Mar 2037 22:00:00 GMT", 120, "quota")]
    [InlineData(500, null, 1, "serverError")]
    [InlineData(503, "9", 9, "serverError")]
    [InlineData(502, "99999999999999999999", 1, "serverError")]
    [InlineData(408, null, 1, "timeout")]
    [InlineData(299, null, 1, "unclear")]
    public async Task A_service_that_cannot_now_is_tried_again_when_it_says_but_never_later_than_anybody_waits(int status, string? retryAfter, int seconds, string why)
    {
        await using var pushing = await Pushing.With("one");
        pushing.Service.Answer("one", status, retryAfter);
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(seconds), why), await pushing.Send(Pushing.Offer()));
        pushing.Service.Recover("one");
        pushing.Clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.IsType<DeliveryResult.Later>(await pushing.Send(Pushing.Offer()));
        Assert.Equal(1, pushing.Service.Asked("one"));
        pushing.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.IsType<DeliveryResult.Sent>(await pushing.Send(Pushing.Offer()));
        Assert.Equal(2, pushing.Service.Asked("one"));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Nobody_is_followed_elsewhere(int status)
    {
        await using var pushing = await Pushing.With("one");
        pushing.Service.Answer("one", status, location: pushing.Service.Of("trap").ToString());
        Assert.Equal(new DeliveryResult.Never("redirect"), await pushing.Send(Pushing.Offer()));
        Assert.Equal(0, pushing.Service.Asked("trap"));
        Assert.Empty(pushing.Retired);
    }

    [Fact]
    public async Task A_send_that_does_not_end_is_given_up_in_time_and_hides_no_other()
    {
        // Nothing says when the channel has read the answer of the one that is well. Where the clock moved before, both were given up, and the story is told again.
        DeliveryResult? result = null;
        for (var attempt = 0; attempt < 20 && result is null or DeliveryResult.Later { Partly: false }; attempt++) result = await OneHangs();
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(1), "timeout", Partly: true), result);
    }

    private static async Task<DeliveryResult> OneHangs()
    {
        await using var pushing = await Pushing.With("hangs", "well");
        pushing.Service.Hang("hangs");
        var sending = pushing.Send(Pushing.Offer());
        await Task.WhenAll(pushing.Service.IsAsked("hangs"), pushing.Service.IsAsked("well")).WaitAsync(Pushing.Patience);
        Assert.False(sending.IsCompleted);
        Assert.IsType<DeliveryResult.Sent>(await pushing.Test("well", "t"));
        pushing.Clock.Advance(WebPushChannel.SendWithin);
        return await sending;
    }

    [Fact]
    public async Task Where_nobody_listens_is_tried_again()
    {
        await using var pushing = await Pushing.With();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        pushing.Add("nobody", new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/p/nobody"));
        listener.Stop();
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(1), "noConnection"), await pushing.Send(Pushing.Offer()));
        Assert.Empty(pushing.Retired);
    }

    [Fact]
    public async Task A_service_that_is_not_who_it_says_gets_nothing()
    {
        await using var pushing = Pushing.Start(await PushService.Start(secure: true), ["one"]);
        Assert.Equal("https", pushing.Service.Address.Scheme);
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(1), "notTrusted"), await pushing.Send(Pushing.Offer()));
        Assert.Empty(pushing.Service.Taken);
    }

    [Theory]
    [InlineData("this is no HTTP\r\n\r\n")]
    [InlineData("HTTP/1.1 9999 What\r\n\r\n")]
    [InlineData("")]
    public async Task An_answer_that_cannot_be_read_is_no_answer(string answer)
    {
        await using var pushing = await Pushing.With();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        pushing.Add("garbage", new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/p/garbage"));
        var sending = pushing.Send(Pushing.Offer());
        using (var client = await listener.AcceptTcpClientAsync())
        {
            await client.GetStream().ReadExactlyAsync(new byte[700]);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer));
        }

        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(1), "unclear"), await sending);
        Assert.Empty(pushing.Retired);
    }

    [Theory]
    [InlineData(201)]
    [InlineData(503)]
    public async Task An_endless_answer_costs_no_more_than_a_short_one(int status)
    {
        const long Much = 256L << 20;
        await using var pushing = await Pushing.With();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        pushing.Add("talks", new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/p/talks"));
        var sending = pushing.Send(Pushing.Offer());
        using var client = await listener.AcceptTcpClientAsync();
        var (stream, chunk, written) = (client.GetStream(), new byte[64 * 1024], 0L);
        await stream.ReadExactlyAsync(new byte[700]);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} So\r\nContent-Length: {Much}\r\n\r\n"));
        try
        {
            for (; written < Much; written += chunk.Length) await stream.WriteAsync(chunk).AsTask().WaitAsync(Pushing.Patience);
        }
        catch (IOException)
        {
        }

        // What the system's own buffers took, and not what was offered.
        Assert.InRange(written, 0, Much / 8);
        Assert.Equal(status == 201, await sending is DeliveryResult.Sent);
    }

    [Fact]
    public async Task Each_browser_has_its_own_outcome_and_a_repeat_goes_only_where_it_is_owed()
    {
        await using var pushing = await Pushing.With("well", "gone", "quota", "broken");
        pushing.Service.Answer("gone", 410);
        pushing.Service.Answer("quota", 429, "20");
        pushing.Service.Answer("broken", 503, "5");
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(5), "serverError", Partly: true), await pushing.Send(Pushing.Offer()));
        Assert.Equal(["device-gone"], pushing.Retired);

        pushing.Service.Recover("broken");
        pushing.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(15), "quota", Partly: true), await pushing.Send(Pushing.Offer()));

        pushing.Service.Recover("quota");
        pushing.Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.IsType<DeliveryResult.Sent>(await pushing.Send(Pushing.Offer()));
        Assert.Equal((1, 1, 2, 2), (pushing.Service.Asked("well"), pushing.Service.Asked("gone"), pushing.Service.Asked("quota"), pushing.Service.Asked("broken")));
        Assert.Equal(["device-gone"], pushing.Retired);
    }

    [Fact]
    public async Task Keys_with_which_nothing_can_be_encrypted_keep_the_message_from_no_other()
    {
        await using var pushing = await Pushing.With("well");
        pushing.Add("old", new DeviceAddress(Endpoint: pushing.Service.Of("old").ToString(), P256dh: "key", Auth: "auth"));
        Assert.IsType<DeliveryResult.Sent>(await pushing.Send(Pushing.Offer()));
        Assert.Empty(pushing.Retired);
        Assert.Equal((1, 0), (pushing.Service.Asked("well"), pushing.Service.Asked("old")));
    }

    [Fact]
    public async Task What_only_an_open_page_shows_is_no_push()
    {
        await using var pushing = await Pushing.With("one");
        foreach (var kind in new[] { NoticeKind.QueueChanged, NoticeKind.LineAlertChanged })
        {
            Assert.Equal(new DeliveryResult.Never("onlyOnPages"), await pushing.Send(Pushing.Offer() with { Kind = kind }));
        }

        Assert.Empty(pushing.Service.Taken);
    }

    [Fact]
    public async Task A_test_goes_once_to_one_browser_and_says_what_became_of_it()
    {
        await using var pushing = await Pushing.With("one", "two", "gone");
        pushing.Service.Answer("gone", 410);
        Assert.IsType<DeliveryResult.Sent>(await pushing.Test("one", "t1"));
        Assert.Equal(new DeliveryResult.Never("gone"), await pushing.Test("gone", "t2"));
        Assert.Equal((1, 0, 1), (pushing.Service.Asked("one"), pushing.Service.Asked("two"), pushing.Service.Asked("gone")));
        Assert.Equal(["device-gone"], pushing.Retired);
    }
}
