using System.Globalization;
using Dispatch.Benchmarks.Runs;

namespace Dispatch.Benchmarks;

/// <summary>What to measure, how often and how large.</summary>
internal sealed record Options
{
    private static readonly IBenchmark[] All = [new ColdStart(), new GrainCalls(), new Ingest(), new FanOut(), new Crash(), new Escalations(), new Connections()];

    public IReadOnlyList<IBenchmark> Chosen { get; private init; } = All;
    public int Rounds { get; private init; } = 3;
    public double Seconds { get; private init; } = 5;
    public int Phones { get; private init; } = 1000;
    public int Alerts { get; private init; } = 20;
    public int Seeds { get; private init; } = 20;
    public int Escalations { get; private init; } = 20_000;
    public double Span { get; private init; } = 60;
    public int Connections { get; private init; } = 9000;
    public bool Strict { get; private init; }

    /// <summary>The words after the program's name, to repeat the run.</summary>
    public string Line { get; private init; } = "";

    public static string Help => $"""
        dotnet run -c Release --project tests/Dispatch.Benchmarks [-- NAME ... [--OPTION VALUE] ...]

        Starts the real host as a process on loopback and measures it beside floors that do like work. Markdown on standard output.

        names (all when none is given)
        {string.Join(Environment.NewLine, All.Select(b => $"  {b.Name,-8} {b.What}"))}

        options
          --rounds N     rounds, ours and the floor in turn (3)
          --seconds N    length of one measurement in B7 (5)
          --phones N     live phones in B1, a multiple of 4, at most 1000 (1000)
          --alerts N     measured alerts of each round in B1 (20)
          --seeds N      kills in B3 (20)
          --escalations N, --span N
                         how many fall due in B5, within how many seconds (20000 within 60)
          --connections N
                         open pages in B8, at least 1200 (9000)
          --strict       exits with 2 when a target is missed
          --help         this

        Exits with 1 when a promise breaks (an acknowledged alert lost, an escalation missed or doubled); a missed target alone is printed as "missed".
        """;

    /// <summary>Null when the words cannot be understood, or ask for help.</summary>
    public static Options? Read(string[] words)
    {
        var options = new Options { Line = string.Join(' ', words) };
        var names = new List<IBenchmark>();
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] == "--strict")
            {
                options = options with { Strict = true };
            }
            else if (words[i].StartsWith("--", StringComparison.Ordinal))
            {
                if (i + 1 == words.Length || !double.TryParse(words[i + 1], CultureInfo.InvariantCulture, out var value) || value <= 0) return null;
                if (options.With(words[i++], value) is not { } next) return null;
                options = next;
            }
            else if (Array.Find(All, b => b.Name.Equals(words[i], StringComparison.OrdinalIgnoreCase)) is { } named)
            {
                names.Add(named);
            }
            else
            {
                return null;
            }
        }

        return names.Count == 0 ? options : options with { Chosen = names };
    }

    private Options? With(string option, double value) => option switch
    {
        "--rounds" => this with { Rounds = (int)value },
        "--seconds" => this with { Seconds = value },
        "--phones" => this with { Phones = (int)value },
        "--alerts" => this with { Alerts = (int)value },
        "--seeds" => this with { Seeds = (int)value },
        "--escalations" => this with { Escalations = (int)value },
        "--span" => this with { Span = value },
        "--connections" => this with { Connections = (int)value },
        _ => null,
    };
}
