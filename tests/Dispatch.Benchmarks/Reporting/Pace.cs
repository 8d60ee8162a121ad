namespace Dispatch.Benchmarks.Reporting;

/// <summary>How many a second, and how long each took, over the rounds.</summary>
internal sealed class Pace
{
    public Rounds PerSecond { get; } = new();
    public Rounds Median { get; } = new();
    public Rounds P99 { get; } = new();

    public void Add(double perSecond, Samples each)
    {
        PerSecond.Add(perSecond);
        Median.Add(each.Median);
        P99.Add(each.P99);
    }
}
