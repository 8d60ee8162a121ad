using Dispatch.Simulation.Plans;
using Dispatch.Simulation.Runs;

var first = args.Length > 0 ? int.Parse(args[0]) : 1;
var count = args.Length > 1 ? int.Parse(args[1]) : 1;
var clock = System.Diagnostics.Stopwatch.StartNew();
var total = new Tally();
var hours = 0.0;
for (var seed = first; seed < first + count; seed++)
{
    var start = clock.ElapsedMilliseconds;
    var outcome = Run.Of(PlanMaker.Of(seed), null, args.Length > 2 ? Console.Out : null);
    total.Add(outcome.Tally);
    hours += outcome.Simulated.TotalHours;
    Console.WriteLine($"{seed} {outcome.Digest} {clock.ElapsedMilliseconds - start} ms {outcome.Tally["alerts"]} alerts {outcome.Broken}");
}

foreach (var (what, times) in total.Counts) Console.WriteLine($"  {what} {times}");
Console.WriteLine($"{clock.Elapsed} {hours} h");
