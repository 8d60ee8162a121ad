using System.Text.Json;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Tests.WebPush;

/// <summary>Every byte that the browser gets to read, and everything that its push service gets to see.</summary>
public sealed class WebPushPayloadTests
{
    private const string Offer = "0d6c7f0e-5a2b-4c39-9f1d-aa01b2c3d4e5.3";

    [Theory]
    [InlineData(NoticeKind.Offer, $$"""{"kind":"new","id":"{{Offer}}.0:WebPush","version":"7","ref":"{{Offer}}"}""", 120)]
    [InlineData(NoticeKind.OfferWithdrawn, $$"""{"kind":"gone","id":"{{Offer}}.0:8","version":"8","ref":"{{Offer}}"}""", 900)]
    [InlineData(NoticeKind.AlertChanged, $$"""{"kind":"changed","id":"{{Offer}}.0:8","version":"8","ref":"{{Offer}}"}""", 900)]
    [InlineData(NoticeKind.Untaken, """{"kind":"waiting"}""", 120)]
    [InlineData(NoticeKind.HoldWaiting, """{"kind":"asked"}""", 900)]
    public async Task This_is_all_that_leaves(NoticeKind kind, string data, int timeToLive)
    {
        await using var pushing = await Pushing.With("one");
        Assert.IsType<DeliveryResult.Sent>(await pushing.Send(Pushing.Of(kind)));
        var taken = Assert.Single(pushing.Service.Taken);
        Assert.Equal(data, await Reader.Read(taken.Body, pushing.Browsers["one"]));
        Assert.All(Forbidden(), word => Assert.DoesNotContain(word, data, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(Pushing.Person, data, StringComparison.Ordinal);

        Assert.Equal(
            ["Authorization", "Content-Encoding", "Content-Length", "Content-Type", "Host", "Topic", "TTL", "Urgency"], taken.Headers.Keys.Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(
            ("aes128gcm", "742", "application/octet-stream", $"{timeToLive}", "high"),
            (taken.Headers["Content-Encoding"], taken.Headers["Content-Length"], taken.Headers["Content-Type"], taken.Headers["TTL"], taken.Headers["Urgency"]));
        Assert.Matches("^[A-Za-z0-9_-]{32}$", taken.Headers["Topic"]);
        var (_, claims, key, signed) = VapidTests.Read(taken.Headers["Authorization"]);
        Assert.True(signed);
        Assert.Equal((pushing.Key.PublicKey, Pushing.Contact), (key, (string?)claims["sub"]));
        Assert.Equal(pushing.Service.Address.GetLeftPart(UriPartial.Authority), (string?)claims["aud"]);
    }

    [Fact]
    public async Task A_test_says_that_it_is_one_and_looks_like_any_other()
    {
        await using var pushing = await Pushing.With("one");
        await pushing.Test("one", "abc");
        await pushing.Send(Pushing.Offer());
        var (test, offer) = (pushing.Service.Taken[0], pushing.Service.Taken[1]);
        Assert.Equal("""{"kind":"test","id":"abc"}""", await Reader.Read(test.Body, pushing.Browsers["one"]));
        Assert.Equal(Seen(offer), Seen(test));

        static string Seen(TakenPush push) => JsonSerializer.Serialize(push.Headers.Where(h => h.Key is not ("Topic" or "Authorization")).OrderBy(h => h.Key, StringComparer.Ordinal)) + push.Headers["Topic"].Length + push.Body.Bytes.Length;
    }

    /// <summary>What takes an offer back replaces it where it has not arrived; and two phones, or two offers, show the service nothing in common.</summary>
    [Fact]
    public async Task A_topic_joins_only_the_messages_of_one_offer_to_one_phone()
    {
        await using var pushing = await Pushing.With("one", "two");
        foreach (var notice in new[] { Pushing.Offer(), Pushing.Of(NoticeKind.OfferWithdrawn), Pushing.Offer(no: 4), Pushing.Of(NoticeKind.Untaken) }) await pushing.Send(notice);
        var topics = pushing.Service.Taken.GroupBy(t => t.Browser).ToDictionary(g => g.Key, g => g.Select(t => t.Headers["Topic"]).ToArray());
        foreach (var name in new[] { "one", "two" })
        {
            var seen = topics[name];
            Assert.Equal(seen[0], seen[1]);
            Assert.Equal(3, seen.Distinct().Count());
        }

        Assert.Empty(topics["one"].Intersect(topics["two"]));
    }

    [Fact]
    public async Task The_longest_ids_still_fit()
    {
        var alert = new string('a', 64);
        await using var pushing = await Pushing.With("one");
        await pushing.Send(new Notice($"{alert}.999.99:9223372036854775807", NoticeKind.AlertChanged, Pushing.Person, alert, long.MaxValue, $"{alert}.999"));
        Assert.Contains(alert, await Reader.Read(Assert.Single(pushing.Service.Taken).Body, pushing.Browsers["one"]), StringComparison.Ordinal);
    }

    /// <summary>The words of the trade, every need, mode and reason by its name, and what this offer carries for her page.</summary>
    private static IEnumerable<string> Forbidden() =>
    [
        .. Enum.GetNames<Need>(), .. Enum.GetNames<Mode>(), .. Enum.GetNames<RingReason>(), .. Enum.GetNames<Verification>().Where(n => n != nameof(Verification.None)),
        "alert", "victim", "survivor", "violence", "abuse", "rape", "gender", "gbv", "vbg", "viol", "urgence", "emergency", "refuge", "clinic", "hospital", "duress",
        "officer", "responder", "dispatch", "exercise", "drill", "reply", "2026", "\"42\"", "XX/", "lat", "lon", "phone", "name", "title", "body",
    ];
}
