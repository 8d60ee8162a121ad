using System.Collections.Immutable;
using Dispatch.Domain.Partners;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Partners;

/// <summary>Which key opens what, and until when.</summary>
public sealed class PartnerBookTests
{
    private static readonly ImmutableArray<PartnerScope> Both = [PartnerScope.Raise, PartnerScope.Status];

    [Fact]
    public void A_key_opens_what_it_was_made_for_and_only_with_its_secret()
    {
        var partner = With("k1", Both);
        Assert.Equal(Both, Access(partner, "k1", At(0))!.Scopes);
        Assert.Null(Access(partner, "k2", At(0)));
        Assert.Null(PartnerBook.Access(partner, "k1", _ => false, At(0)));
        Assert.Null(PartnerBook.Access(null, "k1", _ => true, At(0)));
        Assert.False(Access(partner, "k1", At(0))!.Sandbox);
        Assert.True(Access(With("k1", [PartnerScope.Raise, PartnerScope.Sandbox]), "k1", At(0))!.Sandbox);
    }

    [Fact]
    public void A_replaced_key_opens_for_a_day_and_its_successor_from_now_on()
    {
        var partner = PartnerBook.Rotate(With("k1", Both), "k1", "k2", "hash-k2", "admin", At(100))!;
        var end = At(100) + PartnerBook.Overlap;
        Assert.NotNull(Access(partner, "k1", end.AddTicks(-1)));
        Assert.Null(Access(partner, "k1", end));
        Assert.Equal(Both, Access(partner, "k2", end)!.Scopes);

        var again = PartnerBook.Rotate(partner, "k1", "k3", "hash-k3", "admin", At(200))!;
        Assert.Equal(end, again.Keys.Single(k => k.Id == "k1").EndsAt);
        Assert.Null(PartnerBook.Rotate(partner, "k1", "k3", "hash-k3", "admin", end));
        Assert.Null(PartnerBook.Rotate(partner, "unknown", "k3", "hash-k3", "admin", At(200)));
    }

    [Fact]
    public void A_revoked_key_opens_nothing_from_that_moment_on()
    {
        var partner = PartnerBook.Revoke(PartnerBook.Rotate(With("k1", Both), "k1", "k2", "hash-k2", "admin", At(0))!, "k1", At(50))!;
        Assert.NotNull(Access(partner, "k1", At(49.999)));
        Assert.Null(Access(partner, "k1", At(50)));
        Assert.NotNull(Access(partner, "k2", At(50)));
        Assert.Same(partner, PartnerBook.Revoke(partner, "k1", At(60)));
        Assert.True(PartnerBook.Knows(partner, "k1", hash => hash == "hash-k1"));
        Assert.False(PartnerBook.Knows(partner, "k1", hash => hash == "hash-k2"));
        Assert.False(PartnerBook.Knows(partner, "unknown", _ => true));
        Assert.False(PartnerBook.Knows(null, "k1", _ => true));
        Assert.Null(PartnerBook.Revoke(partner, "unknown", At(60)));
    }

    [Fact]
    public void A_webhook_that_was_taken_away_and_set_again_has_a_secret_that_it_never_had()
    {
        var first = PartnerBook.Point(With("k1", Both), "https://one.example", "admin", At(0));
        var again = PartnerBook.Point(PartnerBook.Point(first, null, "admin", At(1)), "https://one.example", "admin", At(2));
        Assert.NotEqual(first.Webhook!.Serial, again.Webhook!.Serial);
    }

    [Fact]
    public void There_is_room_for_so_many_keys_and_ended_ones_take_none()
    {
        var partner = Enumerable.Range(2, Partner.MaxKeys - 1).Aggregate(With("k1", Both), (p, n) => PartnerBook.AddKey(p, $"k{n}", $"hash-k{n}", Both, "admin", At(0))!);
        Assert.Null(PartnerBook.AddKey(partner, "more", "hash-more", Both, "admin", At(0)));
        var room = PartnerBook.AddKey(PartnerBook.Revoke(partner, "k3", At(1))!, "more", "hash-more", Both, "admin", At(1))!;
        Assert.Equal(Partner.MaxKeys, room.Keys.Length);
        Assert.DoesNotContain(room.Keys, k => k.Id == "k3");
    }

    [Theory]
    [InlineData(true, PartnerScope.Raise)]
    [InlineData(true, PartnerScope.Status, PartnerScope.Sandbox)]
    [InlineData(false)]
    [InlineData(false, PartnerScope.Sandbox)]
    [InlineData(false, PartnerScope.Raise, PartnerScope.Raise)]
    public void A_key_is_for_something(bool isUse, params PartnerScope[] scopes) => Assert.Equal(isUse, PartnerBook.IsUse([.. scopes]));

    [Theory]
    [InlineData(false, null, false)]
    [InlineData(false, false, false)]
    [InlineData(false, true, true)]
    [InlineData(true, null, true)]
    [InlineData(true, true, true)]
    [InlineData(true, false, null)]
    public void What_is_raised_with_a_sandbox_key_is_an_exercise_or_nothing(bool sandbox, bool? asked, bool? exercise) =>
        Assert.Equal(exercise, new PartnerAccess("app", "k1", sandbox ? [PartnerScope.Raise, PartnerScope.Sandbox] : [PartnerScope.Raise], 1).Exercise(asked));

    [Fact]
    public void Another_webhook_signs_with_another_secret_and_ends_the_alarm_about_the_one_before()
    {
        var failing = PartnerBook.Alarm(PartnerBook.Point(With("k1", Both), "https://a.example.org/", "admin", At(0)), PartnerTrouble.WebhookFails, At(10));
        var moved = PartnerBook.Point(PartnerBook.Alarm(failing, PartnerTrouble.OverQuota, At(11)), "https://b.example.org/", "admin", At(20));
        Assert.Equal((1, 2), (failing.Webhook!.Serial, moved.Webhook!.Serial));
        Assert.Equal(PartnerTrouble.OverQuota, Assert.Single(moved.Alarms).Trouble);
        Assert.Null(PartnerBook.Point(moved, null, "admin", At(30)).Webhook);
    }

    [Fact]
    public void An_alarm_stands_from_its_first_moment_until_somebody_looked()
    {
        var first = PartnerBook.Alarm(With("k1", Both), PartnerTrouble.OverQuota, At(0));
        Assert.Same(first, PartnerBook.Alarm(first, PartnerTrouble.OverQuota, At(0) + PartnerBook.AlarmAgainAfter - TimeSpan.FromTicks(1)));
        var later = PartnerBook.Alarm(first, PartnerTrouble.OverQuota, At(0) + PartnerBook.AlarmAgainAfter);
        Assert.Equal((At(0), At(0) + PartnerBook.AlarmAgainAfter), (later.Alarms.Single().Since, later.Alarms.Single().LastAt));
        Assert.Empty(PartnerBook.Seen(later, PartnerTrouble.OverQuota).Alarms);
        Assert.Single(PartnerBook.Seen(later, PartnerTrouble.WebhookFails).Alarms);
    }

    private static Partner With(string key, ImmutableArray<PartnerScope> scopes) =>
        PartnerBook.AddKey(new Partner { Id = "app", Title = "App", MadeAt = At(0), MadeBy = "admin", PerHour = 2 }, key, $"hash-{key}", scopes, "admin", At(0))!;

    private static PartnerAccess? Access(Partner partner, string key, DateTimeOffset now) => PartnerBook.Access(partner, key, hash => hash == $"hash-{key}", now);
}
