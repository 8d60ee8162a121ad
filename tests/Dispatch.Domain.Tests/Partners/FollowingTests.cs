using System.Text.Json;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Partners;
using Dispatch.Domain.Survivors;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Partners;

/// <summary>What a partner is told, when, and how long it is tried.</summary>
public sealed class FollowingTests
{
    private static readonly PartnerAlert Raised = new() { RaisedAt = At(0) };

    [Fact]
    public void News_are_owed_until_they_were_taken_and_the_last_ones_end_it()
    {
        var (received, ended) = (News(SurvivorStatus.Received, 1), News(SurvivorStatus.Ended, 9));
        Assert.True(Following.Owes(Raised, received));
        var told = Following.Took(Raised, received);
        Assert.False(Following.Owes(told, received));
        Assert.False(Following.Owes(told, received with { Version = 2 }));
        Assert.True(Following.Owes(told, received with { ToldCount = 1 }));
        Assert.True(Following.Owes(told, received with { Status = SurvivorStatus.NobodyYet }));
        Assert.True(Following.Owes(told, ended));
        var last = Following.Took(told, ended);
        Assert.True(last.ToldLast);
        Assert.False(Following.Owes(last, ended with { Version = 10 }));
    }

    [Fact]
    public void A_webhook_that_fails_is_tried_again_less_and_less_often_and_not_for_ever()
    {
        var (row, now, waits) = (Raised, At(0), new List<double>());
        while (row.GaveUpAt is null && waits.Count < 100)
        {
            row = Following.Failed(row, now);
            var next = Following.NextAt(row, follows: true, now)!.Value;
            waits.Add((next - now).TotalSeconds);
            now = next;
        }

        Assert.Equal(new[] { 5.0, 15, 60, 300, 900, 3600 }, waits.Take(6));
        Assert.All(waits.Skip(5).SkipLast(1), wait => Assert.Equal(3600, wait));
        Assert.InRange(waits.Count, 25, 32);
        Assert.InRange(row.GaveUpAt!.Value - At(0), Following.GivesUpAfter, Following.GivesUpAfter + TimeSpan.FromHours(1));
        Assert.False(Following.Owes(row, News(SurvivorStatus.Accepted, 5)));
        Assert.Equal(At(0) + Following.KeptFor, Following.NextAt(row, true, row.GaveUpAt!.Value));
    }

    [Fact]
    public void One_that_works_again_begins_anew()
    {
        var failed = Following.Failed(Following.Failed(Raised, At(10)), At(20));
        var told = Following.Took(failed, News(SurvivorStatus.Asking, 3));
        Assert.Equal((0, (DateTimeOffset?)null), (told.Failures, told.FailsSince));
    }

    [Fact]
    public void It_is_looked_at_often_at_first_then_less_and_after_a_week_no_more()
    {
        Assert.Equal(At(30) + Following.LookEvery, Following.NextAt(Raised, true, At(30)));
        Assert.Equal(At(700) + Following.LookLaterEvery, Following.NextAt(Raised, true, At(700)));
        var end = At(0) + Following.KeptFor;
        Assert.Equal(end, Following.NextAt(Raised, follows: false, At(30)));
        Assert.Equal(end, Following.NextAt(Raised with { ToldLast = true }, true, At(30)));
        Assert.Equal(end, Following.NextAt(Raised, true, end.AddSeconds(-1)));
        Assert.Null(Following.NextAt(Raised, true, end));
        Assert.False(Following.IsOrphan(Raised, At(0) + Raising.TooOldAfter));
        Assert.True(Following.IsOrphan(Raised, At(0) + Following.OrphanAfter));
    }

    [Fact]
    public void A_quota_counts_an_hour_and_begins_anew()
    {
        var quota = Enumerable.Range(0, 3).Aggregate((PartnerQuota?)null, (q, n) => PartnerQuota.Count(q, At(n)));
        Assert.False(PartnerQuota.Over(quota, 3, At(2)));
        Assert.True(PartnerQuota.Over(PartnerQuota.Count(quota, At(3)), 3, At(3)));
        Assert.False(PartnerQuota.Over(PartnerQuota.Count(quota, At(3)), 3, At(3600)));
        Assert.Equal(1, PartnerQuota.Count(quota, At(3600)).Used);
        Assert.Equal(1, PartnerQuota.Count(quota, At(-1)).Used);
        Assert.False(PartnerQuota.Over(null, 1, At(0)));
    }

    /// <summary>Under duress a partner is told what she is told, to the byte.</summary>
    [Fact]
    public void A_forced_cancel_and_a_real_one_are_the_same_news()
    {
        var (real, forced) = (Pressed(), Pressed());
        var cancelled = Cancelling.Cancel(real, PinVerdict.Right, At(50)).Now();
        var duress = Cancelling.Cancel(forced, PinVerdict.Duress, At(50)).Now();
        Assert.NotEqual(cancelled.Stage, duress.Stage);
        Assert.Equal(Written(cancelled), Written(duress));
        Assert.DoesNotContain("duress", Written(duress), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Nobodys_name_and_no_organisation_is_in_the_news()
    {
        var story = Story.Of(Press(Need.Health), Rules(), Person("p01"), Person("p02"));
        story.Accepts("p01", Mode.CallsHer);
        var written = Written(story.Alert);
        Assert.Contains("callsHer", written, StringComparison.Ordinal);
        Assert.DoesNotContain("p01", written, StringComparison.Ordinal);
        Assert.DoesNotContain("clinic", written, StringComparison.OrdinalIgnoreCase);
    }

    private static Alert Pressed() => Raising.Raise(null, Press(Need.Health), At(0)).Now();

    private static string Written(Alert alert) => JsonSerializer.Serialize(PartnerNews.Of(SurvivorViews.Of(alert, 1, At(60))), DispatchJson.Options);

    private static PartnerNews News(SurvivorStatus status, long version) => new(status, version, 0, [], At(0));
}
