using Dispatch.Domain.Alerts;
using Dispatch.Simulation.Plans;
using Dispatch.Simulation.Plants;
using Dispatch.Simulation.Promises;
using Dispatch.Simulation.Worlds;

namespace Dispatch.Simulation.Runs;

/// <summary>What became of one plan.</summary>
public sealed record Outcome(Broken? Broken, Tally Tally, string Digest, TimeSpan Simulated);

/// <summary>Plays one plan to its end on the calling thread.</summary>
internal static class Run
{
    /// <summary>How long the healed world gets before everything must be settled; longer than every retry and a reminder's period.</summary>
    private const double Healing = 300;

    private const double LookEvery = 5;

    public static Outcome Of(Plan plan, Plant? plant = null, TextWriter? trace = null)
    {
        var tally = new Tally();
        using var lines = new Trace(trace);
        using var world = new World(plan, plant ?? Plant.None, lines, tally);
        try
        {
            Play(world, plan);
        }
        catch (Exception failure)
        {
            world.Book.Break(Promise.SimulatorSound, failure.ToString());
        }

        return new Outcome(world.Book.Broken, tally, lines.Digest(), world.Elapsed);
    }

    private static void Play(World world, Plan plan)
    {
        world.Boot();
        world.AdvanceTo(1);
        world.People.Settle();
        world.AdvanceTo(2);
        var look = LookEvery;
        foreach (var act in plan.Acts.OrderBy(a => a.At))
        {
            if (!Until(world, act.At, ref look)) return;
            world.People.Do(act);
        }

        if (!Until(world, plan.Seconds, ref look)) return;
        world.Trace("the world heals");
        world.Faults.Heal();
        world.Network.Heal();
        world.Boot();
        var healed = world.Elapsed.TotalSeconds;
        if (!Until(world, healed + Healing, ref look)) return;
        world.People.PressEverythingAgain();
        if (!Until(world, healed + Healing + 10, ref look)) return;
        world.Book.Settled();
        world.AdvanceTo(healed + Healing + 18);
        world.Book.Settled();
        world.AdvanceTo(healed + Healing + 20);
        if (world.Book.ReviewsOwed) SleepADay(world);
    }

    /// <summary>The machine sleeps until what humans disclosed should have been reviewed.</summary>
    private static void SleepADay(World world)
    {
        world.ClockJumps(Consent.ReviewWithin);
        world.AdvanceTo(world.Elapsed.TotalSeconds + 30);
        world.Book.Look();
        world.AdvanceTo(world.Elapsed.TotalSeconds + 1);
    }

    /// <summary>On to that second, looking on the way; false when a promise broke.</summary>
    private static bool Until(World world, double second, ref double look)
    {
        while (look <= second)
        {
            world.AdvanceTo(look);
            if (world.Book.Broken is not null) return false;
            world.Book.Look();
            look += LookEvery;
        }

        world.AdvanceTo(second);
        return world.Book.Broken is null;
    }
}
