using System.Diagnostics;
using System.Globalization;

namespace Dispatch.Benchmarks.Reporting;

/// <summary>Durations of one round, in stopwatch ticks.</summary>
internal sealed class Samples
{
    private readonly long[] _sorted;

    public Samples(IEnumerable<long> ticks) => _sorted = [.. ticks.Order()];

    public int Count => _sorted.Length;

    public IReadOnlyList<long> Ticks => _sorted;

    public double Median => Milliseconds(0.5);

    public double P99 => Milliseconds(0.99);

    public double Max => Milliseconds(1);

    public static double Ms(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;

    private double Milliseconds(double part) => Count == 0 ? double.NaN : Ms(_sorted[Math.Min(Count - 1, (int)(part * Count))]);
}

/// <summary>One figure over the rounds.</summary>
internal sealed class Rounds
{
    private readonly List<double> _values = [];

    public void Add(double value) => _values.Add(value);

    public double Max => _values.Count == 0 ? double.NaN : _values.Max();

    public double Median
    {
        get
        {
            var sorted = _values.Order().ToArray();
            if (sorted.Length == 0) return double.NaN;
            var middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    /// <summary>The median and, between brackets, the least and the most.</summary>
    public string Text(string unit) => _values.Count == 0 ? "-" : $"{Number(Median)} {unit} [{Number(_values.Min())}-{Number(_values.Max())}]";

    public static string Number(double value) => value switch
    {
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("F0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("F1", CultureInfo.InvariantCulture),
        _ => value.ToString("F2", CultureInfo.InvariantCulture),
    };
}
