using System.Text.Json.Nodes;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Tests.Fcm;

/// <summary>Every byte of a message that Google gets to see.</summary>
public sealed class FcmPayloadTests
{
    private const string Offer = "0d6c7f0e-5a2b-4c39-9f1d-aa01b2c3d4e5.3";

    [Theory]
    [InlineData(NoticeKind.Offer, $$"""{"kind":"new","id":"{{Offer}}.0:Fcm","version":"7","ref":"{{Offer}}"}""", "120s", Offer)]
    [InlineData(NoticeKind.OfferWithdrawn, $$"""{"kind":"gone","id":"{{Offer}}.0:8","version":"8","ref":"{{Offer}}"}""", "900s", Offer)]
    [InlineData(NoticeKind.AlertChanged, $$"""{"kind":"changed","id":"{{Offer}}.0:8","version":"8","ref":"{{Offer}}"}""", "900s", Offer)]
    [InlineData(NoticeKind.Untaken, """{"kind":"waiting"}""", "120s", "waiting")]
    [InlineData(NoticeKind.HoldWaiting, """{"kind":"asked"}""", "900s", "asked")]
    public async Task This_is_all_that_leaves(NoticeKind kind, string data, string timeToLive, string collapse)
    {
        var expected = JsonNode.Parse($$"""
            {
              "message": {
                "token": "one",
                "data": {{data}},
                "android": { "collapse_key": "{{collapse}}", "priority": "high", "ttl": "{{timeToLive}}" }
              },
              "validate_only": false
            }
            """);
        var left = await Sent(kind);
        Assert.True(JsonNode.DeepEquals(expected, left), left.ToJsonString());
    }

    [Theory]
    [InlineData(NoticeKind.Offer)]
    [InlineData(NoticeKind.OfferWithdrawn)]
    [InlineData(NoticeKind.AlertChanged)]
    [InlineData(NoticeKind.Untaken)]
    [InlineData(NoticeKind.HoldWaiting)]
    public async Task No_word_of_it_says_what_this_is_about_who_or_where(NoticeKind kind)
    {
        var left = (await Sent(kind)).ToJsonString();
        Assert.All(Forbidden(), word => Assert.DoesNotContain(word, left, StringComparison.OrdinalIgnoreCase));
        // An offer's id is all that it says of an alert, and it is random; the recipient is her phone's token and nothing else.
        Assert.DoesNotContain(Push.Person, left, StringComparison.Ordinal);
        Assert.DoesNotContain("notification", left, StringComparison.Ordinal);
    }

    private static async Task<JsonNode> Sent(NoticeKind kind)
    {
        await using var push = await Push.With("one");
        Assert.IsType<DeliveryResult.Sent>(await push.Send(Push.Of(kind)));
        return Assert.Single(push.Google.Bodies);
    }

    /// <summary>The words of the trade, every need, mode and reason by its name, and what this offer carries for her page.</summary>
    private static IEnumerable<string> Forbidden() =>
    [
        .. Enum.GetNames<Need>(), .. Enum.GetNames<Mode>(), .. Enum.GetNames<RingReason>(), .. Enum.GetNames<Verification>().Where(n => n != nameof(Verification.None)),
        "alert", "victim", "survivor", "violence", "abuse", "rape", "gender", "gbv", "vbg", "viol", "urgence", "emergency", "refuge", "clinic", "hospital", "duress",
        "officer", "responder", "dispatch", "exercise", "drill", "reply", "2026", "\"42\"", "XX/", "lat", "lon", "phone", "name", "title", "body",
    ];
}
