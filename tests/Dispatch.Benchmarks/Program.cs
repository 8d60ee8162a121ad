using Dispatch.Benchmarks;
using Dispatch.Benchmarks.Floors;
using Dispatch.Benchmarks.Reporting;

if (args is ["floor-signalr", var port, var log])
{
    await SignalRFloor.Serve(port, log);
    return 0;
}

if (Options.Read(args) is not { } options)
{
    Console.WriteLine(Options.Help);
    return args.Contains("--help") ? 0 : 64;
}

var report = new Report(Console.Out);
report.Head(options);
foreach (var benchmark in options.Chosen)
{
    report.Begin(benchmark);
    await benchmark.Run(options, report);
}

report.End();
return report.ExitCode(options.Strict);
