using Dispatch.Simulation;
using Dispatch.Simulation.Plans;
using Dispatch.Simulation.Promises;
using Dispatch.Simulation.Runs;
using Dispatch.Simulation.Shrinking;
using Dispatch.Simulation.Weeks;

var (options, fault) = Options.Parse(args);
if (options is null || options.Help)
{
    (options is null ? Console.Error : Console.Out).WriteLine(fault is null ? Options.Usage : fault + Environment.NewLine + Options.Usage);
    return options is null ? 2 : 0;
}

if (options.Replay is { } replay)
{
    var outcome = Run.Of(PlanMaker.Of(replay, options.Minutes, options.Alerts), options.Plant?.Plant(), options.Trace ? Console.Out : null);
    Console.WriteLine($"seed {replay} digest {outcome.Digest} {outcome.Broken?.ToString() ?? "every promise held"}");
    if (outcome.Broken is { } broken && options.Shrink) Tell(replay, broken);
    return outcome.Broken is null ? 0 : 1;
}

if (options.Houses is { } houses) return HousesForWeeks(houses);

var fleet = new Fleet(options);
fleet.Play(Console.Error);
fleet.Report(Console.Out);
if (fleet.Broken.Count == 0) return 0;
if (options.Shrink) Tell(fleet.Broken.First().Key, fleet.Broken.First().Value);
return 1;

int HousesForWeeks(int houses)
{
    for (var seed = options.First; seed < options.First + options.Seeds; seed++)
    {
        var outcome = WeeksRun.Of(new WeeksPlan(seed, houses, options.Weeks));
        foreach (var (what, times) in outcome.Tally.Counts) Console.WriteLine($"  {what,-28} {times,12}");
        Console.WriteLine($"seed {seed}, {houses} houses, {outcome.Simulated.TotalDays:0.0} days: {outcome.Broken?.ToString() ?? "every promise held"}");
        if (outcome.Broken is not null) return 1;
    }

    return 0;
}

void Tell(int seed, Broken broken)
{
    Console.Error.WriteLine($"Shortening seed {seed} ...");
    var shrinker = new Shrinker(plan => Run.Of(plan, options.Plant?.Plant()).Broken, broken.Promise);
    var plan = shrinker.Shrink(PlanMaker.Of(seed, options.Minutes, options.Alerts));
    Console.WriteLine(CSharpStory.Test(plan, Run.Of(plan, options.Plant?.Plant()).Broken!, options.Plant?.Name));
}
