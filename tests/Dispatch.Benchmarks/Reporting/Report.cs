using Dispatch.Benchmarks.Host;

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
    private bool _withTargets = true;

    public void Head(Options options)
    {
        Line("# Benchmarks");
        Line();
        Line($"{Machine.Describe()}. Host, floors and load share these cores, over loopback.");
        Line();
        var engine = Setup.IsLocalBuild(Town.Program) ? "" : " -p:Engine=Orleans";
        Line($"Repeat: `dotnet run -c Release{engine} --project tests/Dispatch.Benchmarks{(options.Line.Length == 0 ? "" : " -- " + options.Line)}`");
        Line();
        Line($"Measured: {string.Join("; ", options.Setups.Select(s => s.Name))}. Every answer waits for the disk.");
        Line();
        Line($"Ours and the floor in turn, {options.Rounds} rounds, medians over the rounds with [least-most]. Load average before: {Machine.Load()}.");
    }

    public void Begin(IBenchmark benchmark)
    {
        EndTable();
        _withTargets = true;
        Line();
        Line($"## {benchmark.Name}: {benchmark.What}");
        Line();
    }

    /// <summary>Whose figures follow. The targets are those of one machine.</summary>
    public void Of(Setup setup)
    {
        EndTable();
        _withTargets = setup.HasTargets;
        Line($"**{setup.Name}**");
        Line();
    }

    /// <summary>How it was measured, in a sentence or two.</summary>
    public void Say(string text)
    {
        EndTable();
        Line(text);
        Line();
    }

    /// <summary>Printed for the reader.</summary>
    public void Row(string what, string ours, string floor = "", string ratio = "") => Row(what, ours, floor, ratio, "", Verdict.Shown);

    /// <summary>How fast or small it is built to be.</summary>
    public void Target(string what, string ours, string floor, string ratio, string target, bool met)
    {
        if (_withTargets) Row(what, ours, floor, ratio, target, met ? Verdict.Met : Verdict.Missed);
        else Row(what, ours, floor, ratio);
    }

    /// <summary>What must hold wherever it runs.</summary>
    public void Promise(string what, string ours, string floor, string target, bool kept) => Row(what, ours, floor, "", target, kept ? Verdict.Met : Verdict.Broken);

    /// <summary>The same figures of all setups beside each other, each with its ratio to the first.</summary>
    public void Compare<T>(IReadOnlyList<(Setup Setup, T Figures)> all, params IReadOnlyList<(string What, string Unit, Func<T, Rounds> Of)> rows)
    {
        if (all.Count < 2) return;
        EndTable();
        Line($"| | {all[0].Setup.Name} | {string.Join(" | ", all.Skip(1).Select(a => $"{a.Setup.Name} | ratio"))} |");
        Line($"|---|---|{string.Concat(all.Skip(1).Select(_ => "---|---|"))}");
        foreach (var (what, unit, of) in rows)
        {
            var first = of(all[0].Figures);
            Line($"| {what} | {first.Text(unit)} | {string.Join(" | ", all.Skip(1).Select(a => $"{of(a.Figures).Text(unit)} | {of(a.Figures).Median / first.Median:F2}"))} |");
        }

        Line();
    }

    /// <summary>An alert that nobody answers, a host that does not start.</summary>
    public void Fail(Exception failure)
    {
        Say($"**BROKEN**: {failure.GetType().Name}: {failure.Message.Split('\n')[0].Trim()}");
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

    private void Row(string what, string ours, string floor, string ratio, string target, Verdict verdict)
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
