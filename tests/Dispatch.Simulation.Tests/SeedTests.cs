using System.Globalization;
using Dispatch.Simulation.Plans;
using Dispatch.Simulation.Runs;

namespace Dispatch.Simulation.Tests;

/// <summary>Whole lives of an area, with everything going wrong that can, and every promise held.</summary>
public sealed class SeedTests
{
    private const int Fixed = 40;
    private const int New = 10;

    /// <summary>At least this often in the fixed seeds, or the simulator has gone idle without anybody seeing it.</summary>
    private static readonly (string What, long AtLeast)[] Coverage =
    [
        ("alerts", 600), ("filled", 400), ("reopened", 150), ("taken", 150), ("duress", 10),
        ("rang.NewAlert", 150), ("rang.Silent", 50), ("rang.Reopened", 20), ("rang.Duress", 20), ("rang.Late", 10),
        ("ended.Resolved", 20), ("ended.Cancelled", 20), ("ended.Referred", 5),
        ("offer.Open", 1_500), ("offer.Accepted", 300), ("offer.Declined", 150), ("offer.Withdrawn", 500),
        ("police.Open", 40), ("police.Accepted", 5), ("police.Withdrawn", 10), ("notices", 4_000),
        ("untaken.officer", 50), ("untaken.backup", 50),
        ("act.Press", 600), ("act.PressAgain", 50), ("act.Add", 300), ("act.Cancel", 50), ("act.Accept", 1_500), ("act.Decline", 500),
        ("act.Report", 2_000), ("act.Duty", 100), ("act.Take", 300), ("act.Close", 100), ("act.NoCoverage", 20),
        ("act.HandBack", 60), ("act.CheckIn", 500), ("act.Panic", 150), ("act.PhoneUnsafe", 20), ("act.Disclose", 30), ("act.SecondLook", 15), ("act.Decide", 40), ("act.WriteNote", 40),
        ("alarm.ResponderInDanger", 30), ("alarm.ReviewDue", 15), ("alarm.taken", 12), ("alarm.closed", 5), ("alarm.handedBack", 2), ("handedBack", 25),
        ("decided.GoOn", 6), ("decided.StandDown", 4), ("phoneUnsafe", 20), ("reviewed", 8),
        ("progress.NoConflict", 150), ("progress.Conflict", 10), ("progress.EnRoute", 50), ("progress.Arrived", 30), ("progress.Done", 50), ("progress.Released", 15),
        ("fault.crash.betweenTurns", 20), ("fault.crash.beforeWrite", 5), ("fault.crash.afterWrite", 5), ("fault.crash.atSend", 5),
        ("fault.clock.back", 2), ("fault.clock.ahead", 1), ("fault.clock.jumps", 3),
        ("fault.store.fails", 100), ("fault.store.full", 100), ("fault.store.denies", 50), ("fault.store.unreadable", 20), ("fault.store.stalls", 5), ("fault.store.slow", 5),
        ("fault.channel.down", 100), ("fault.network.lost", 200), ("fault.network.late", 200), ("fault.network.doubled", 50), ("fault.network.refused", 200),
        ("fault.network.denied", 50), ("fault.network.never", 50), ("fault.network.thrown", 50), ("fault.network.hung", 50), ("fault.network.mute", 50),
        ("fault.network.lying", 5), ("fault.network.muddled", 50), ("fault.network.noCoverage", 20),
        ("act.AskBed", 60), ("act.GiveUpBed", 10), ("act.HomeSays", 500), ("act.CountBeds", 100), ("act.LateHold", 100), ("act.GiveAddressTo", 50), ("act.LookAtAddress", 80), ("act.TakeAddressBack", 10),
        ("bed.Held", 150), ("bed.Booked", 40), ("bed.Occupied", 40), ("bed.over.Declined", 15), ("bed.over.Expired", 20), ("bed.over.Left", 10), ("bed.over.Withdrawn", 30), ("bed.over.ReleasedUnseen", 1),
        ("bed.said.Renewed", 10), ("bed.said.Corrected", 5), ("bed.said.Counted", 100), ("request.Booked", 40), ("request.Releasing", 30), ("alarm.NoBed", 100), ("alarm.BedBooked", 3),
        ("address.given", 10), ("address.ended", 2), ("look", 10), ("refused.look.NotReleased", 5), ("late.refused", 40), ("refused.home.HoldOver", 30), ("refused.count.Stale", 1), ("refused.bed.NoBed", 30),
        ("refused.AlreadyFilled", 20), ("refused.OfferClosed", 50), ("refused.TakenByOther", 10),
    ];

    [Fact]
    public void In_the_fixed_seeds_every_promise_holds_and_everything_happens()
    {
        var total = new Tally();
        for (var seed = 1; seed <= Fixed; seed++)
        {
            var outcome = Run.Of(PlanMaker.Of(seed));
            Assert.True(outcome.Broken is null, $"seed {seed}: {outcome.Broken}");
            total.Add(outcome.Tally);
        }

        Assert.Empty(Coverage.Where(c => total[c.What] < c.AtLeast).Select(c => $"{c.What}: {total[c.What]}, expected {c.AtLeast} at least"));
    }

    /// <summary>New ones each day: what the fixed ones cannot show is found in the end.</summary>
    [Fact]
    public void In_the_seeds_of_the_day_every_promise_holds()
    {
        var first = 1_000_000 + (100 * (int)(TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalDays);
        for (var seed = first; seed < first + New; seed++)
        {
            var broken = Run.Of(PlanMaker.Of(seed)).Broken;
            Assert.True(broken is null, string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {broken}. To see its short story: dotnet run -c Release --project tests/Dispatch.Simulation -- --replay {seed}"));
        }
    }
}
