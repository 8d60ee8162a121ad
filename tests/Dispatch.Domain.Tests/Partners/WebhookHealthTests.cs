using Dispatch.Domain.Partners;
using Dispatch.Domain.Survivors;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Partners;

/// <summary>How a webhook does, and what is told again when it is set anew or comes back.</summary>
public sealed class WebhookHealthTests
{
    private static readonly PartnerAlert Open = new() { RaisedAt = At(0) };
    private static readonly PartnerNews News = new(SurvivorStatus.Asking, 3, 1, [], At(0));

    [Fact]
    public void A_webhook_set_anew_is_told_of_what_is_open_and_of_nothing_that_was_told_to_its_end()
    {
        var partner = PartnerBook.Point(Partner(), "https://b.example.org/", "admin", At(200));
        Assert.True(partner.Webhook!.Anew);
        var (told, over) = (Following.Took(Following.For(Open, 1), News), Following.Took(Following.For(Open, 1), News with { Status = SurvivorStatus.Ended }));
        foreach (var away in new[] { Open, told, told with { Failures = 9, FailsSince = At(10), GaveUpAt = At(100) } })
        {
            Assert.True(Following.IsPutAway(away, partner.Webhook.Serial));
            var again = Following.Again(Following.For(away, partner.Webhook.Serial));
            Assert.Equal((2, null, 0, null, null), (again.Serial, again.Told, again.Failures, again.FailsSince, again.GaveUpAt));
            Assert.True(Following.Owes(again, News));
            Assert.False(Following.IsPutAway(again, partner.Webhook.Serial));
        }

        Assert.False(Following.IsPutAway(over, partner.Webhook.Serial));
        Assert.False(Following.Owes(Following.For(over, 2), News with { Status = SurvivorStatus.Ended }));
        // The one that has it already is not told twice.
        Assert.False(Following.IsPutAway(told, 1));
        Assert.Same(told, Following.For(told, 1));
        Assert.False(Following.Owes(told, News));
        Assert.False(WebhookHealth.Recalled(partner, 2).Webhook!.Anew);
        Assert.Same(partner, WebhookHealth.Recalled(partner, 1));
    }

    [Fact]
    public void What_one_webhook_refused_counts_for_no_other()
    {
        var given = Following.For(Open, 1) with { Failures = 30, FailsSince = At(0), GaveUpAt = At(90_000) };
        Assert.False(Following.Owes(given, News));
        Assert.True(Following.Owes(Following.For(given, 2), News));
        Assert.Equal(At(90_010), Following.Failed(Following.For(given, 2), At(90_010)).FailsSince);
    }

    [Fact]
    public void What_was_put_away_is_told_at_once_and_much_of_it_the_newest_first()
    {
        Assert.Equal(At(86_400), Following.AgainAt(Open, 0, At(86_400)));
        Assert.Equal(At(86_401), Following.AgainAt(Open, 10, At(86_400)));
        Assert.Equal(At(86_400 + 144), Following.AgainAt(Open, 100_000, At(86_400)));
        Assert.Equal(At(601), Following.AgainAt(Open, 100_000, At(600)));
        Assert.Equal(At(0).AddHours(-1), Following.AgainAt(Open, 100_000, At(0).AddHours(-1)));
    }

    [Fact]
    public void It_fails_from_the_first_answer_after_the_last_that_was_well_until_it_takes_something()
    {
        var partner = WebhookHealth.Heard(Partner(), new WebhookAnswers(1).Took(At(10)), At(10));
        Assert.Equal((At(10), null), (partner.Webhook!.TookAt, partner.Webhook.FailsSince));
        Assert.Same(partner, WebhookHealth.Heard(partner, new WebhookAnswers(1).Took(At(69)), At(69)));
        Assert.Equal(At(70), WebhookHealth.Heard(partner, new WebhookAnswers(1).Took(At(70)), At(70)).Webhook!.TookAt);

        var failing = WebhookHealth.Heard(partner, new WebhookAnswers(1).Took(At(80)).Failed(Once, At(81)).Failed(Once, At(82)), At(83));
        Assert.Equal((At(80), At(81), null), (failing.Webhook!.TookAt, failing.Webhook.FailsSince, failing.Webhook.GaveUpAt));
        Assert.Equal(At(81), WebhookHealth.Heard(failing, new WebhookAnswers(1).Failed(Once, At(90)), At(90)).Webhook!.FailsSince);
        var back = WebhookHealth.Heard(failing, new WebhookAnswers(1).Failed(Once, At(90)).Took(At(91)), At(92));
        Assert.Equal((At(91), null, false), (back.Webhook!.TookAt, back.Webhook.FailsSince, back.Webhook.Anew));
        Assert.Same(partner, WebhookHealth.Heard(partner, new WebhookAnswers(2).Failed(Once, At(90)), At(90)));
        Assert.Null(WebhookHealth.Heard(partner with { Webhook = null }, new WebhookAnswers(1).Took(At(90)), At(90)).Webhook);
    }

    [Fact]
    public void One_that_took_nothing_for_a_day_is_given_up_until_it_takes_something()
    {
        var failing = WebhookHealth.Heard(Partner(), new WebhookAnswers(1).Failed(Once, At(0)), At(0));
        var day = At(0) + Following.GivesUpAfter;
        var gave = WebhookHealth.Heard(failing, new WebhookAnswers(1).Failed(Once with { GaveUpAt = day }, day), day);
        Assert.Equal(day, gave.Webhook!.GaveUpAt);
        Assert.Equal(day, WebhookHealth.Heard(gave, new WebhookAnswers(1).Failed(Once with { GaveUpAt = day.AddHours(1) }, day.AddHours(1)), day.AddHours(1)).Webhook!.GaveUpAt);
        var back = WebhookHealth.Heard(gave, new WebhookAnswers(1).Took(day.AddHours(2)), day.AddHours(2));
        Assert.Equal((null, null, true), (back.Webhook!.FailsSince, back.Webhook.GaveUpAt, back.Webhook.Anew));
        var moved = PartnerBook.Point(gave, "https://b.example.org/", "admin", day.AddHours(2));
        Assert.Equal((null, null, true), (moved.Webhook!.FailsSince, moved.Webhook.GaveUpAt, moved.Webhook.Anew));
    }

    [Fact]
    public void One_alert_that_it_never_takes_is_an_alarm_and_does_not_give_up_the_rest()
    {
        var row = Once with { Failures = 3, GaveUpAt = At(90_000) };
        var partner = WebhookHealth.Heard(Partner(), new WebhookAnswers(1).Took(At(89_999)).Failed(row, At(90_000)), At(90_000));
        Assert.Null(partner.Webhook!.GaveUpAt);
        Assert.Equal(PartnerTrouble.WebhookFails, Assert.Single(partner.Alarms).Trouble);
        Assert.Empty(WebhookHealth.Heard(Partner(), new WebhookAnswers(1).Failed(Once with { Failures = 2 }, At(1)), At(1)).Alarms);
    }

    private static PartnerAlert Once { get; } = Following.Failed(Open, At(0));

    private static Partner Partner() =>
        new() { Id = "app", Title = "App", MadeAt = At(0), MadeBy = "admin", PerHour = 2, Webhook = new PartnerWebhook("https://a.example.org/", 1, At(0), "admin"), LastSerial = 1 };
}
