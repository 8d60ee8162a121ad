using System.Text.Json;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Hotline;

/// <summary>Whose console died has what she had, and everybody sees that nobody looks at it.</summary>
public sealed class LeavingTests
{
    private const string Item = "c.hers:callBackOwed";
    private static readonly Claim Hers = new(Item, ClaimState.Taken, "fatou", Night) { Read = true };

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public void Who_has_not_read_the_queue_for_the_lines_time_is_gone(double after, bool gone)
    {
        Assert.Equal(gone ? At(100 + after) : (DateTimeOffset?)null, Judge(Hers, readAt: 100, now: 100 + after).Left?.At);
        // The taking itself was a sign of her.
        Assert.Equal(gone, Judge(Hers with { At = At(100) }, readAt: 10, now: 100 + after).Left is not null);
    }

    [Fact]
    public void Who_reads_again_is_there_and_the_same_claim_is_the_same()
    {
        var left = Judge(Hers, readAt: 0, now: 70);
        Assert.Same(left, Judge(left, readAt: 0, now: 500));
        // Read at the very moment at which it was found: had she read before it, it would not have been.
        Assert.Equal(Hers, Judge(left, readAt: 70, now: 70));
        var back = Judge(left, readAt: 500, now: 500);
        Assert.Equal(Hers, back);
        Assert.Same(back, Judge(back, readAt: 500, now: 520));
    }

    [Fact]
    public void After_a_restart_she_has_the_lines_time_to_read_again()
    {
        Assert.Null(Judge(Hers, readAt: null, now: 559, knownSince: 500).Left);
        Assert.NotNull(Judge(Hers, readAt: null, now: 560, knownSince: 500).Left);
        // Who was gone before it is gone.
        var left = Judge(Hers, readAt: 0, now: 70);
        Assert.Same(left, Judge(left, readAt: null, now: 101, knownSince: 100));
    }

    [Fact]
    public void Who_never_had_the_queue_on_a_page_has_none_that_could_go()
    {
        var program = Hers with { Read = false };
        Assert.Same(program, Judge(program, readAt: null, now: 5000));
        Assert.True(Judge(program, readAt: 5000, now: 5000).Read);
        foreach (var claim in new[] { Hers with { State = ClaimState.Closed }, Hers with { State = ClaimState.HandedBack } }) Assert.Same(claim, Judge(claim, readAt: 0, now: 5000));
    }

    [Fact]
    public void While_she_is_gone_anybody_takes_it_and_whoever_ends_it_ends_that_too()
    {
        var left = Judge(Hers, readAt: 0, now: 70);
        Assert.Equal(new Claim(Item, ClaimState.Taken, "awa", At(80)), Claims.Take(left, Item, "awa", At(80)).Next);
        Assert.Same(left, Claims.Take(left, Item, "fatou", At(80)).Next);
        Assert.Equal("djeneba", Transfers.TakeOver(left, Item, "djeneba", At(80)).Next!.By);
        Assert.Null(Claims.HandBack(left, "fatou", At(80)).Next!.Left);
        Assert.Null(Claims.Close(left, "fatou", EndedHow.Resolved, At(80)).Next!.Left);
        Assert.Equal(Refusal.TakenByOther, Claims.Take(Hers, Item, "awa", At(80)).Why);
    }

    [Fact]
    public void The_officer_is_rung_a_minute_later_and_the_backup_a_minute_after_her()
    {
        var left = Judge(Hers, readAt: 0, now: 60);
        Assert.Null(Leaving.Calls(Hers, At(5000)));
        Assert.Null(Leaving.Calls(left, At(119)));
        Assert.False(Leaving.Calls(left, At(120)));
        var told = Leaving.Told(left, backup: false, At(125));
        Assert.Null(Leaving.Calls(told, At(184)));
        Assert.True(Leaving.Calls(told, At(185)));
        Assert.Null(Leaving.Calls(Leaving.Told(told, backup: true, At(185)), At(5000)));
        Assert.Same(told, Judge(told, readAt: 0, now: 300));
    }

    [Fact]
    public void The_queue_shows_it_as_calling_and_it_is_stored()
    {
        var left = Leaving.Told(Judge(Hers, readAt: 0, now: 60), backup: false, At(120));
        var back = JsonSerializer.Deserialize<Claim>(JsonSerializer.Serialize(left, DispatchJson.Options), DispatchJson.Options);
        Assert.Equal(left, back);
        Assert.DoesNotContain("left", JsonSerializer.Serialize(Hers, DispatchJson.Options), StringComparison.Ordinal);
        var row = new WatchRow { AlertId = "c.hers", Line = "demo", Area = "XX/demo", Version = 1, RaisedAt = Night, Exercise = false };
        var (shown, hers) = (QueueItem.Of(row, new WatchItem(Item, RingReason.CallBackOwed, Night), left, At(130)), QueueItem.Of(row, new WatchItem(Item, RingReason.CallBackOwed, Night), Hers, At(130)));
        Assert.Equal((QueueState.Taken, "fatou", At(60), true), (shown.State, shown.TakenBy, shown.LeftAt, shown.Calls));
        Assert.Equal((QueueState.Taken, null, false), (hers.State, hers.LeftAt, hers.Calls));
    }

    private static Claim Judge(Claim claim, double? readAt, double now, double knownSince = 0) =>
        Leaving.Judge(claim, readAt is { } at ? At(at) : null, At(knownSince), Leaving.GoneAfter, At(now));
}
