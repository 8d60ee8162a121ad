using Dispatch.Simulation;
using Dispatch.Simulation.Plans;
using Dispatch.Simulation.Promises;
using Dispatch.Simulation.Runs;
using Dispatch.Simulation.Shrinking;

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

var fleet = new Fleet(options);
fleet.Play(Console.Error);
fleet.Report(Console.Out);
if (fleet.Broken.Count == 0) return 0;
if (options.Shrink) Tell(fleet.Broken.First().Key, fleet.Broken.First().Value);
return 1;

void Tell(int seed, Broken broken)
{
    Console.Error.WriteLine($"Shortening seed {seed} ...");
    var shrinker = new Shrinker(plan => Run.Of(plan, options.Plant?.Plant()).Broken, broken.Promise);
    var plan = shrinker.Shrink(PlanMaker.Of(seed, options.Minutes, options.Alerts));
    Console.WriteLine(CSharpStory.Test(plan, Run.Of(plan, options.Plant?.Plant()).Broken!, options.Plant?.Name));
}
