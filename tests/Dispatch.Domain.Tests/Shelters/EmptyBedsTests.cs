using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Shelters;

public sealed class EmptyBedsTests
{
    /// <summary>Ten beds: one out of service, three slept in, one held. Two cots.</summary>
    private static readonly BedLedger House = Holding.Hold(
        Counting.Confirm(new BedLedger(), new ConfirmCounts(0, [new BedFigures(BedKind.Bed, 10, 3, 1), new BedFigures(BedKind.Cot, 2, 0, 0)], "amina"), Night).Ledger,
        new HouseRules(), new HoldBeds("a.0.home", Night, new Guests(1, [], false, false, null, false)), Night).Ledger;

    [Fact]
    public void A_promised_bed_is_still_empty() => Assert.Equal("6 2", Empty(House));

    [Fact]
    public void What_the_list_has_already_changes_no_bed()
    {
        var next = Confirm(6, 2);
        Assert.Null(next.Refused);
        Assert.Equal(House.Kinds.AsEnumerable(), next.Ledger.Kinds.AsEnumerable());
        Assert.Equal(At(60), next.Ledger.ConfirmedAt);
    }

    [Theory]
    [InlineData(1, 0, null)]
    [InlineData(9, 2, null)]
    [InlineData(0, 2, BedRefusal.BelowPromised)]
    public void A_count_leaves_room_for_what_is_promised_or_is_refused(int beds, int cots, BedRefusal? refused)
    {
        var next = Confirm(beds, cots);
        Assert.Equal(refused, next.Refused);
        if (refused is null) Assert.Equal($"{beds} {cots}", Empty(next.Ledger));
        Assert.Equal((10, 1), (next.Ledger.Of(BedKind.Bed).Capacity, next.Ledger.Of(BedKind.Bed).OutOfService));
    }

    [Fact]
    public void Who_sleeps_there_by_the_list_takes_her_bed()
    {
        var here = Staying.Arrive(House, "a.0.home", "amina", At(30)).Ledger;
        Assert.Equal(BedRefusal.BelowStays, Counting.Confirm(here, new ConfirmCounts(here.Version, EmptyBeds.Figures(Board(here), [9, 2])!.Value, "amina"), At(60)).Refused);
    }

    [Theory]
    [InlineData(10, 2)]
    [InlineData(6, 3)]
    [InlineData(6)]
    [InlineData(6, 2, 1)]
    public void More_than_there_are_and_other_kinds_than_there_are_is_no_count(params int[] empty) => Assert.Null(EmptyBeds.Figures(Board(House), [.. empty]));

    [Fact]
    public void A_house_that_was_never_counted_cannot_be_counted_so() => Assert.Null(EmptyBeds.Figures(Board(new BedLedger()), []));

    private static BedChange Confirm(params int[] empty) => Counting.Confirm(House, new ConfirmCounts(House.Version, EmptyBeds.Figures(Board(House), [.. empty])!.Value, "amina"), At(60));

    private static string Empty(BedLedger ledger) => string.Join(' ', EmptyBeds.Of(Board(ledger)));

    private static BedBoard Board(BedLedger ledger) => BedBoard.Of(ledger, null, At(60));
}
