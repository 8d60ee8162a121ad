using Dispatch.Channels.Fcm;
using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Tests.Fcm;

/// <summary>The channel through Google's own library, against Google's answers given on loopback.</summary>
public sealed class FcmChannelTests
{
    [Fact]
    public async Task What_Google_took_is_sent()
    {
        await using var push = await Push.With("one");
        var sent = Assert.IsType<DeliveryResult.Sent>(await push.Send(Push.Offer()));
        Assert.Equal($"projects/{FcmEndpoint.Project}/messages/of-one", sent.ExternalId);
        Assert.Equal(1, push.Google.Asked("one"));
    }

    [Fact]
    public async Task Who_has_no_phone_is_reached_by_another_way_at_once()
    {
        await using var push = await Push.With();
        Assert.Equal(new DeliveryResult.Never("noDevice"), await push.Send(Push.Offer()));
        Assert.Empty(push.Google.Bodies);
    }

    [Theory]
    [InlineData(404, "NOT_FOUND", "UNREGISTERED", "Requested entity was not found.", "unregistered")]
    [InlineData(400, "INVALID_ARGUMENT", "INVALID_ARGUMENT", "The registration token is not a valid FCM registration token", "invalidToken")]
    public async Task A_token_that_is_nobodys_retires_itself_and_the_next_channel_goes_now(int status, string code, string errorCode, string message, string why)
    {
        await using var push = await Push.With("gone");
        push.Google.Answer("gone", status, code, errorCode, message);
        Assert.Equal(new DeliveryResult.Never(why), await push.Send(Push.Offer()));
        Assert.Equal(["device-gone"], push.Retired);
        Assert.Equal(1, push.Google.Asked("gone"));
    }

    [Theory]
    [InlineData(400, "INVALID_ARGUMENT", "INVALID_ARGUMENT", "Invalid value at 'message.android.ttl'", "refused")]
    [InlineData(403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH", "SenderId mismatch", "otherProject")]
    [InlineData(401, "UNAUTHENTICATED", "THIRD_PARTY_AUTH_ERROR", "Auth error from APNS", "notAndroid")]
    public async Task What_may_be_our_own_mistake_retires_no_phone(int status, string code, string errorCode, string message, string why)
    {
        await using var push = await Push.With("one");
        push.Google.Answer("one", status, code, errorCode, message);
        Assert.Equal(new DeliveryResult.Never(why), await push.Send(Push.Offer()));
        Assert.Empty(push.Retired);
    }

    [Theory]
    [InlineData("17", 17)]
    [InlineData("Sun, 01 Mar 2026 22:00:40 GMT", 40)]
    [InlineData(null, 60)]
    public async Task A_quota_that_is_used_up_is_waited_for_as_long_as_Google_says(string? retryAfter, int seconds)
    {
        await using var push = await Push.With("one");
        push.Google.Answer("one", 429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", retryAfter: retryAfter);
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(seconds), "quota"), await push.Send(Push.Offer()));

        push.Clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(1), "quota"), await push.Send(Push.Offer()));
        Assert.Equal(1, push.Google.Asked("one"));

        push.Google.Recover("one");
        push.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<DeliveryResult.Sent>(await push.Send(Push.Offer()));
        Assert.Equal(2, push.Google.Asked("one"));
    }

    /// <summary>One request each: the library's own repeats would leave without the alert's last look.</summary>
    [Theory]
    [InlineData(500, "INTERNAL", "INTERNAL", null, 1)]
    [InlineData(503, "UNAVAILABLE", "UNAVAILABLE", null, 1)]
    [InlineData(503, "UNAVAILABLE", "UNAVAILABLE", "9", 9)]
    [InlineData(502, "", null, null, 1)]
    public async Task A_server_that_fails_is_tried_again_later_by_the_alert_and_not_by_the_library(int status, string code, string? errorCode, string? retryAfter, int seconds)
    {
        await using var push = await Push.With("one");
        push.Google.Answer("one", status, code, errorCode, retryAfter: retryAfter);
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(seconds), "serverError"), await push.Send(Push.Offer()));
        Assert.Equal(1, push.Google.Asked("one"));
        Assert.Empty(push.Retired);
    }

    [Theory]
    [InlineData(401, "UNAUTHENTICATED", 1)]
    [InlineData(403, "PERMISSION_DENIED", 30)]
    public async Task A_right_that_was_withdrawn_keeps_the_notice_and_the_phone(int status, string code, int seconds)
    {
        await using var push = await Push.With("one");
        push.Google.Answer("one", status, code, errorCode: null);
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(seconds), "noAccess"), await push.Send(Push.Offer()));
        Assert.Empty(push.Retired);
    }

    /// <summary>A project that does not exist answers 404 as a dead token does, without saying that a token is meant.</summary>
    [Fact]
    public async Task A_project_that_is_not_found_retires_no_phone()
    {
        await using var push = await Push.With("one");
        push.Google.Answer("one", 404, "NOT_FOUND", errorCode: null);
        Assert.Equal("unclear", Assert.IsType<DeliveryResult.Later>(await push.Send(Push.Offer())).Why);
        Assert.Empty(push.Retired);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_is_no_answer()
    {
        await using var push = await Push.With("one", "two");
        push.Google.Garbage("one");
        Assert.Equal("unclear", Assert.IsType<DeliveryResult.Later>(await push.Send(Push.Offer())).Why);
        push.Google.CutOff("one");
        push.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("noConnection", Assert.IsType<DeliveryResult.Later>(await push.Send(Push.Offer())).Why);
    }

    [Fact]
    public async Task A_send_that_does_not_end_is_given_up_in_time_and_hides_no_other()
    {
        await using var push = await Push.With("hangs", "well");
        push.Google.Hang("hangs");
        var sending = push.Send(Push.Offer());
        await Task.WhenAll(push.Google.IsAsked("hangs").WaitAsync(Push.Patience), push.IsAnswered());
        Assert.False(sending.IsCompleted);
        push.Clock.Advance(FcmChannel.SendWithin);
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(1), "timeout", Partly: true), await sending.WaitAsync(Push.Patience));
    }

    [Fact]
    public async Task Each_phone_has_its_own_outcome_and_a_repeat_goes_only_where_it_is_owed()
    {
        await using var push = await Push.With("well", "gone", "quota", "broken");
        push.Google.Answer("gone", 404, "NOT_FOUND", "UNREGISTERED");
        push.Google.Answer("quota", 429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", retryAfter: "20");
        push.Google.Answer("broken", 503, "UNAVAILABLE", "UNAVAILABLE", retryAfter: "5");
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(5), "serverError", Partly: true), await push.Send(Push.Offer()));
        Assert.Equal(["device-gone"], push.Retired);

        push.Google.Recover("broken");
        push.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(15), "quota", Partly: true), await push.Send(Push.Offer()));

        push.Google.Recover("quota");
        push.Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.IsType<DeliveryResult.Sent>(await push.Send(Push.Offer()));
        Assert.Equal((1, 1, 2, 2), (push.Google.Asked("well"), push.Google.Asked("gone"), push.Google.Asked("quota"), push.Google.Asked("broken")));
        Assert.Equal(["device-gone"], push.Retired);
    }

    [Fact]
    public async Task What_only_an_open_page_shows_is_no_push()
    {
        await using var push = await Push.With("one");
        foreach (var kind in new[] { NoticeKind.QueueChanged, NoticeKind.LineAlertChanged })
        {
            Assert.Equal(new DeliveryResult.Never("onlyOnPages"), await push.Send(Push.Offer() with { Kind = kind }));
        }

        Assert.Empty(push.Google.Bodies);
    }

    [Fact]
    public async Task A_test_goes_once_to_one_phone()
    {
        await using var push = await Push.With("one", "two");
        Assert.IsType<DeliveryResult.Sent>(await push.Test("one", "abc"));
        var message = Assert.Single(push.Google.Bodies)["message"]!;
        Assert.Equal("""{"kind":"test","id":"abc"}""", message["data"]!.ToJsonString());
        Assert.Equal("one", (string)message["token"]!);
    }
}
