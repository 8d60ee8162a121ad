using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Shelters;

public sealed class HoldCodeTests
{
    private static readonly BedLedger House = Counting.Confirm(new BedLedger(), new ConfirmCounts(0, [new BedFigures(BedKind.Bed, 200, 0, 0)], "amina"), Night).Ledger;

    [Fact]
    public void Every_hold_of_a_house_has_three_digits_of_its_own()
    {
        var ledger = Enumerable.Range(0, BedLedger.MaxHolds).Aggregate(House, Hold);
        Assert.Equal(BedLedger.MaxHolds, ledger.Holds.Select(h => h.Code).Distinct().Count());
        Assert.All(ledger.Holds, h => Assert.InRange(h.Code!.Value, 100, 999));
        Assert.Equal(ledger.Holds.Select(h => h.Code), Enumerable.Range(0, BedLedger.MaxHolds).Aggregate(House, Hold).Holds.Select(h => h.Code));
    }

    [Fact]
    public void A_code_stays_with_a_hold_that_ended_and_comes_back_with_it()
    {
        var held = Hold(House, 1);
        var code = held.Holds[0].Code;
        var expired = Expiring.At(held, Night + Holding.Lasts);
        Assert.Equal(code, Assert.Single(expired.Gone).Code);
        var here = Staying.Arrive(expired, "a1.0.home", "amina", Night + Holding.Lasts).Ledger;
        Assert.Equal(code, Assert.Single(here.Holds).Code);
        var left = Staying.Leave(here, "a1.0.home", "amina", At(4000)).Ledger;
        var corrected = Correcting.Correct(left, TravelHours.Always, new CorrectHold("a1.0.home", HoldStage.Occupied, null, CorrectionReason.SaidTooEarly, "amina"), At(4001)).Ledger;
        Assert.Equal(code, Assert.Single(corrected.Holds).Code);
    }

    /// <summary>The code that the next one would have is taken by one that is over: a late answer to that one must not meet the new one.</summary>
    [Fact]
    public void A_code_that_somebody_may_still_answer_is_not_given_again()
    {
        var wished = Hold(House, 2).Holds[0].Code;
        var over = House with { Gone = [new GoneHold("b.0.home", Night, GoneHow.Expired, Night, []) { Code = wished }] };
        Assert.NotEqual(wished, Hold(over, 2).Holds[0].Code);
    }

    private static BedLedger Hold(BedLedger ledger, int n)
    {
        var change = Holding.Hold(ledger, new HouseRules(), new HoldBeds($"a{n}.0.home", Night, new Guests(1, [], false, false, null, false)), Night);
        Assert.Null(change.Refused);
        return change.Ledger;
    }
}
