using Dispatch.Simulation.Weeks;

namespace Dispatch.Simulation.Tests;

/// <summary>A hundred houses for weeks, with a disk that fails and a process that dies: no bed is in two hands, what ended stays over, and a hold ends to the tick.</summary>
public sealed class WeeksTests
{
    /// <summary>At least this often, or nothing was tried.</summary>
    private static readonly (string What, long AtLeast)[] Coverage =
    [
        ("bed.Held", 1_000), ("bed.Booked", 100), ("bed.Occupied", 250), ("bed.over.Expired", 300), ("bed.over.Declined", 30), ("bed.over.Left", 50), ("bed.over.Withdrawn", 100), ("bed.over.ReleasedUnseen", 50),
        ("said.Corrected", 15), ("said.Counted", 100), ("refused.hold.NoBed", 100), ("refused.hold.HoldOver", 50), ("refused.leave.NotThere", 50), ("together", 50), ("failed", 5), ("unanswered", 1),
        ("fault.crash.before", 1), ("fault.crash.after", 1), ("fault.write.before", 1), ("fault.write.after", 1),
    ];

    [Fact]
    public void A_hundred_houses_keep_every_promise_for_two_weeks()
    {
        var outcome = WeeksRun.Of(new WeeksPlan(Seed: 1, Houses: 100, Weeks: 2));

        Assert.True(outcome.Broken is null, $"{outcome.Broken}");
        Assert.True(outcome.Simulated > TimeSpan.FromDays(14));
        var untried = string.Join("; ", Coverage.Where(c => outcome.Tally[c.What] < c.AtLeast).Select(c => $"{c.What}: {outcome.Tally[c.What]}, expected {c.AtLeast} at least"));
        Assert.True(untried.Length == 0, untried);
    }
}
