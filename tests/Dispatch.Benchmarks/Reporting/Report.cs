namespace Dispatch.Benchmarks.Reporting;

internal enum Verdict
{
    /// <summary>Printed for the reader; no target hangs on it.</summary>
    Shown,
    Met,

    /// <summary>Slower or larger than it is built for.</summary>
    Missed,

    /// <summary>A promise to people does not hold.</summary>
    Broken,
}

/// <summary>Writes Markdown as the figures come in, and remembers the worst verdict.</summary>
internal sealed class Report(TextWriter output)
{
    private Verdict _worst;
    private bool _inTable;

    public void Head(Options options)
    {
        Line("# Benchmarks");
        Line();
        Line($"{Machine.Describe()}. Host, floors and load share these cores, over loopback.");
        Line();
        Line($"Repeat: `dotnet run -c Release --project tests/Dispatch.Benchmarks{(options.Line.Length == 0 ? "" : " -- " + options.Line)}`");
        Line();
        Line($"Ours and the floor in turn, {options.Rounds} rounds, medians over the rounds with [least-most]. Load average before: {Machine.Load()}.");
    }

    public void Begin(IBenchmark benchmark)
    {
        EndTable();
        Line();
        Line($"## {benchmark.Name}: {benchmark.What}");
        Line();
    }

    /// <summary>How it was measured, in a sentence or two.</summary>
    public void Say(string text)
    {
        EndTable();
        Line(text);
        Line();
    }

    public void Row(string what, string ours, string floor = "", string ratio = "", string target = "", Verdict verdict = Verdict.Shown)
    {
        if (!_inTable)
        {
            Line("| | ours | floor | ratio | target | |");
            Line("|---|---|---|---|---|---|");
            _inTable = true;
        }

        Line($"| {what} | {ours} | {floor} | {ratio} | {target} | {Word(verdict)} |");
        if (verdict > _worst) _worst = verdict;
    }

    /// <summary>An alert that nobody answers, a host that does not start.</summary>
    public void Fail(Exception failure)
    {
        Say($"**BROKEN**: {failure.GetType().Name}: {failure.Message}");
        Console.Error.WriteLine(failure);
        _worst = Verdict.Broken;
    }

    public void End()
    {
        EndTable();
        Line();
        Line($"Load average after: {Machine.Load()}.");
    }

    public int ExitCode(bool strict) => _worst switch
    {
        Verdict.Broken => 1,
        Verdict.Missed when strict => 2,
        _ => 0,
    };

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Met => "met",
        Verdict.Missed => "missed",
        Verdict.Broken => "**BROKEN**",
        _ => "",
    };

    private void EndTable()
    {
        if (_inTable) Line();
        _inTable = false;
    }

    private void Line(string text = "")
    {
        output.WriteLine(text);
        output.Flush();
    }
}
