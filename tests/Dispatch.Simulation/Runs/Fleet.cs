using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Dispatch.Simulation.Plans;
using Dispatch.Simulation.Plants;
using Dispatch.Simulation.Promises;

namespace Dispatch.Simulation.Runs;

/// <summary>Many seeds, one on each core at a time. They share nothing but the list of what is left to do.</summary>
internal sealed class Fleet(Options options)
{
    private readonly ConcurrentDictionary<int, Broken> _broken = new();
    private readonly Lock _gate = new();
    private readonly Tally _total = new();
    private readonly Stopwatch _clock = new();
    private TimeSpan _simulated;
    private int _next;
    private int _done;

    public IReadOnlyDictionary<int, Broken> Broken => new SortedDictionary<int, Broken>(_broken);

    public void Play(TextWriter progress)
    {
        _clock.Start();
        _next = options.First - 1;
        Thread[] crew = [.. Enumerable.Range(0, Math.Min(Environment.ProcessorCount, options.Seeds)).Select(_ => new Thread(Work, 16 << 20) { IsBackground = true })];
        Array.ForEach(crew, t => t.Start());
        var live = !Console.IsErrorRedirected;
        while (!Array.TrueForAll(crew, t => t.Join(live ? 250 : 5_000)))
        {
            progress.Write((live ? "\r" : "") + Line() + (live ? "  " : Environment.NewLine));
        }

        progress.WriteLine((live ? "\r" : "") + Line() + "  ");
    }

    public void Report(TextWriter output)
    {
        foreach (var (what, times) in _total.Counts) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-28} {times,12:N0}"));
        output.WriteLine(Line());
    }

    private void Work()
    {
        while (_broken.IsEmpty || options.KeepGoing)
        {
            var seed = Interlocked.Increment(ref _next);
            if (seed >= options.First + options.Seeds) return;
            var outcome = Run.Of(PlanMaker.Of(seed, options.Minutes, options.Alerts), options.Plant?.Plant());
            lock (_gate)
            {
                if (outcome.Broken is { } broken)
                {
                    _broken[seed] = broken;
                    Console.Out.WriteLine($"seed {seed}: {broken}");
                }

                _done++;
                _total.Add(outcome.Tally);
                _simulated += outcome.Simulated;
            }
        }
    }

    private string Line()
    {
        lock (_gate)
        {
            var seconds = Math.Max(0.001, _clock.Elapsed.TotalSeconds);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{_done:N0}/{options.Seeds:N0} seeds, {_total["alerts"]:N0} alerts ({_total["alerts"] / seconds:N0}/s), {_total.Faults:N0} faults, {_simulated.TotalHours:N1} virtual hours in {_clock.Elapsed:hh\\:mm\\:ss}, {_broken.Count} broken");
        }
    }
}
