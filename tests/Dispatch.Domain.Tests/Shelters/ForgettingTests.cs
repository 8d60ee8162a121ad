using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Given;
using static Dispatch.Domain.Tests.Shelters.GivenHouse;

namespace Dispatch.Domain.Tests.Shelters;

/// <summary>What the ledger forgets can never be used against it: the floor refuses whatever a forgotten tombstone would have refused.</summary>
public sealed class ForgettingTests
{
    private const double Day = 86_400;

    [Fact]
    public void A_tombstone_is_forgotten_after_a_day_and_its_hold_is_refused_all_the_same()
    {
        var forgotten = House(beds: 5).Release(1).Now().Hold(2, asked: Day).Now();

        Assert.Null(forgotten.FindGone(Id(1)));
        Assert.Equal(BedRefusal.TooLate, forgotten.Hold(1, at: Day).Refused);
        Assert.Equal(BedRefusal.TooLate, forgotten.Hold(1, at: 9 * Day).Refused);
    }

    [Fact]
    public void It_is_kept_for_a_day_to_the_tick()
    {
        var ledger = House(beds: 5).Release(1).Now();

        Assert.NotNull(Holding.Hold(ledger, Any, Asks(2, at: Day - 0.001), At(Day).AddTicks(-1)).Now().FindGone(Id(1)));
        Assert.Null(Holding.Hold(ledger, Any, Asks(2, at: Day - 0.001), At(Day)).Now().FindGone(Id(1)));
    }

    [Fact]
    public void The_floor_stands_at_the_asking_and_not_at_the_release()
    {
        var ledger = House(beds: 5).Hold(1, asked: 10).Now().Answer(1, true, 20).Now().Arrive(1, 30).Now().Leave(1, 5 * Day).Now();

        var forgotten = ledger.Hold(2, asked: 6 * Day).Now();

        Assert.Equal(At(10), forgotten.AskedFloor);
        Assert.Null(forgotten.Hold(3, asked: 10.001, at: 6 * Day).Refused);
        Assert.Equal(BedRefusal.TooLate, forgotten.Hold(3, asked: 10, at: 6 * Day).Refused);
    }

    [Fact]
    public void A_flood_of_releases_leaves_a_bounded_list_and_no_hold_that_gets_through()
    {
        const int flood = 5 * BedLedger.MaxGone;
        var ledger = Enumerable.Range(1, flood).Aggregate(House(beds: 5), (l, no) => l.Release(no, asked: no).Now());

        Assert.Equal(BedLedger.MaxGone, ledger.Gone.Length);
        Assert.All(Enumerable.Range(1, flood), no => Assert.NotNull(ledger.Hold(no, asked: no, at: flood).Refused));
        Assert.Null(ledger.Hold(flood + 1, asked: flood + 1).Refused);
    }

    [Fact]
    public void The_floor_never_sinks()
    {
        var high = House(beds: 5).Release(1, asked: 100).Now().Hold(2, asked: 2 * Day).Now();

        var later = high.Release(2, asked: 2 * Day).Now().Release(3, asked: 101, at: 2 * Day).Now().Hold(4, asked: 4 * Day).Now();

        Assert.Equal(At(2 * Day), later.AskedFloor);
    }

    /// <summary>One asker's wrong clock must not shut the house.</summary>
    [Fact]
    public void What_was_asked_in_the_future_does_not_push_the_floor_there()
    {
        var ledger = House(beds: 5).Release(1, asked: 900 * Day, at: 0).Now();

        Assert.Equal(BedRefusal.Invalid, ledger.Hold(2, asked: 700, at: 0).Refused);
        var later = ledger.Hold(2, asked: 2 * Day).Now();

        Assert.Null(later.FindGone(Id(1)));
        Assert.Null(later.Hold(3, asked: 2 * Day + 601).Refused);
        Assert.NotNull(later.Hold(1, asked: 900 * Day, at: 2 * Day).Refused);
    }

    [Fact]
    public void A_release_of_what_is_forgotten_changes_nothing()
    {
        var forgotten = House(beds: 5).Release(1).Now().Hold(2, asked: Day).Now();

        Assert.Same(forgotten, forgotten.Release(1, at: Day + 1).Now());
    }
}
