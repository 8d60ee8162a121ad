using Dispatch.Benchmarks.Reporting;

namespace Dispatch.Benchmarks;

/// <summary>One promise about speed or size, measured beside a floor that does like work in the same run.</summary>
internal interface IBenchmark
{
    /// <summary>As on the command line.</summary>
    string Name { get; }

    string What { get; }

    Task Run(Options options, Report report);
}
