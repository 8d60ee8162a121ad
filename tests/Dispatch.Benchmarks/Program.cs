using System.Runtime.InteropServices;
using Dispatch.Benchmarks;
using Dispatch.Benchmarks.Floors;
using Dispatch.Benchmarks.Reporting;

if (args is ["floor-signalr", var port, var log, .. var far])
{
    await SignalRFloor.Serve(port, log, far is [var push, var texts] ? new BareSends(new Uri(push), new Uri(texts)) : null);
    return 0;
}

if (Options.Read(args) is not { } options)
{
    Console.WriteLine(Options.Help);
    return args.Contains("--help") ? 0 : 64;
}

if (options.Fault is { } fault)
{
    await Console.Error.WriteLineAsync(fault);
    return 2;
}

// Without these a run that is broken off would leave the processes that it started behind.
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Environment.Exit(143));
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Environment.Exit(130));
var report = new Report(Console.Out);
report.Head(options);
foreach (var benchmark in options.Chosen)
{
    report.Begin(benchmark);
    try
    {
        await benchmark.Run(options, report);
    }
#pragma warning disable CA1031 // One that cannot be measured must not hide the figures of the others; it counts as a promise that does not hold.
    catch (Exception failure)
#pragma warning restore CA1031
    {
        report.Fail(failure);
    }
}

report.End();
return report.ExitCode(options.Strict);
