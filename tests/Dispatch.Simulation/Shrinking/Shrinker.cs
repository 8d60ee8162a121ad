using System.Collections.Immutable;
using Dispatch.Simulation.Plans;
using Dispatch.Simulation.Promises;

namespace Dispatch.Simulation.Shrinking;

/// <summary>Makes a failing plan short: leaves out whatever is not needed for the same promise to break.</summary>
internal sealed class Shrinker(Func<Plan, Broken?> play, Promise promise, int mostRuns = 600)
{
    private int _runs;

    public Plan Shrink(Plan plan)
    {
        // Nothing after the break matters; the rest of the run is only waiting.
        for (var before = int.MaxValue; Size(plan) < before && _runs < mostRuns;)
        {
            before = Size(plan);
            plan = Acts(plan);
            plan = People(plan);
            plan = Simpler(plan);
        }

        return plan;
    }

    private static int Size(Plan plan) => plan.Acts.Length + plan.People.Length;

    /// <summary>Leaves out runs of acts, long ones first.</summary>
    private Plan Acts(Plan plan)
    {
        for (var length = Math.Max(1, plan.Acts.Length / 2); length > 0; length /= 2)
        {
            for (var from = plan.Acts.Length - length; from > -length; from -= length)
            {
                var start = Math.Max(0, from);
                var fewer = plan with { Acts = plan.Acts.RemoveRange(start, Math.Min(length, plan.Acts.Length - start)) };
                if (fewer.Acts.Length < plan.Acts.Length && StillBreaks(fewer)) plan = fewer;
                if (plan.Acts.Length == 0) return plan;
                from = Math.Min(from, plan.Acts.Length);
            }
        }

        return plan;
    }

    private Plan People(Plan plan)
    {
        foreach (var person in plan.People)
        {
            var fewer = plan with { People = plan.People.Remove(person), Acts = plan.Acts.RemoveAll(a => Names(a) == person.Name) };
            if (StillBreaks(fewer)) plan = fewer;
        }

        return plan;
    }

    private Plan Simpler(Plan plan)
    {
        ImmutableArray<Func<Plan, Plan>> ways =
        [
            p => p with { Habits = new Habits() },
            p => p with { Shuffled = false },
            p => p with { RoundTrip = false },
            p => p with { Push = false },
            p => p with { Sms = false },
            p => p with { HealthQuorum = 1 },
            p => p with { Habits = p.Habits with { Lost = 0, Never = 0 } },
            p => p with { Habits = p.Habits with { Late = 0, Doubled = 0 } },
            p => p with { Habits = p.Habits with { Refused = 0 } },
            p => p with { Habits = p.Habits with { Denied = 0 } },
            p => p with { Habits = p.Habits with { Thrown = 0 } },
            p => p with { Habits = p.Habits with { Hung = 0 } },
            p => p with { Habits = p.Habits with { Mute = 0, Lying = 0, Muddled = 0 } },
            p => p with { Seconds = p.Acts.IsEmpty ? 10 : Math.Ceiling(p.Acts[^1].At + 120) },
            p => p with { Seconds = p.Acts.IsEmpty ? 10 : Math.Ceiling(p.Acts[^1].At + 1) },
        ];
        foreach (var way in ways)
        {
            var simpler = way(plan);
            if (simpler != plan && StillBreaks(simpler)) plan = simpler;
        }

        return plan;
    }

    private bool StillBreaks(Plan plan) => ++_runs <= mostRuns && play(plan)?.Promise == promise;

    private static string? Names(Act act) => act switch
    {
        Accept a => a.Who,
        Decline d => d.Who,
        Report r => r.Who,
        CheckIn c => c.Who,
        Panic p => p.Who,
        Duty d => d.Who,
        NoCoverage n => n.Who,
        _ => null,
    };
}
