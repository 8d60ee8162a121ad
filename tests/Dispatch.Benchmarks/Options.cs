using System.Globalization;
using Dispatch.Benchmarks.Host;
using Dispatch.Benchmarks.Runs;

namespace Dispatch.Benchmarks;

/// <summary>What to measure, how often and how large.</summary>
internal sealed record Options
{
    private static readonly IBenchmark[] All = [new ColdStart(), new GrainCalls(), new Ingest(), new FanOut(), new OnCall(), new Crash(), new MassTexts(), new Escalations(), new BedHolds(), new Connections()];

    public IReadOnlyList<IBenchmark> Chosen { get; private init; } = All;
    public int Rounds { get; private init; } = 3;
    public double Seconds { get; private init; } = 5;
    public double WarmUp { get; private init; } = 2;
    public int Phones { get; private init; } = 1000;
    public int Alerts { get; private init; } = 20;
    public int Alarms { get; private init; } = 200;
    public int Texts { get; private init; } = 1000;
    public int Bursts { get; private init; } = 5;
    public int Seeds { get; private init; } = 20;
    public int Escalations { get; private init; } = 20_000;
    public double Span { get; private init; } = 60;
    public int Holds { get; private init; } = 200;
    public int Connections { get; private init; } = 9000;
    public bool Strict { get; private init; }

    /// <summary>In the order in which each round runs them; all others are compared with the first.</summary>
    public IReadOnlyList<Setup> Setups => [.. Against is { } other ? [new Setup(other, OnPostgres: false, 1)] : Array.Empty<Setup>(), .. Hosts.Select(n => new Setup(Town.Program, Postgres, n))];

    /// <summary>What this build cannot run; null when it can.</summary>
    public string? Fault =>
        Setup.IsLocalBuild(Town.Program) && (Storage is "postgres" || Hosts.Any(n => n > 1)) ? "This build has the local engine: one host on one file. PostgreSQL and more hosts need a build with -p:Engine=Orleans."
        : !Postgres && Hosts.Any(n => n > 1) ? "One file is one host's: more hosts need --storage postgres."
        : Against is { } other && !File.Exists(other) ? $"There is no {other}: build the other host first."
        : null;

    private string? Storage { get; init; }
    private IReadOnlyList<int> Hosts { get; init; } = [1];
    private string? Against { get; init; }
    private bool Postgres => Storage is "postgres" || (Storage is null && !Setup.IsLocalBuild(Town.Program));

    /// <summary>The words after the program's name, to repeat the run.</summary>
    public string Line { get; private init; } = "";

    public static string Help => $"""
        dotnet run -c Release --project tests/Dispatch.Benchmarks [-- NAME ... [--OPTION VALUE] ...]

        Starts the real host as a process on loopback and measures it beside floors that do like work. Markdown on standard output.

        names (all when none is given)
        {string.Join(Environment.NewLine, All.Select(b => $"  {b.Name,-8} {b.What}"))}

        options
          --rounds N     rounds, ours and the floor in turn (3)
          --seconds N    length of one measurement in B6 and B7 (5)
          --warm-up N    seconds of load in B6 and B7 before it is measured (2); young hosts are still compiling
          --phones N     live phones in B1, a multiple of 4, at most 1000 (1000)
          --alerts N     measured alerts of each round in B1 (20)
          --alarms N     measured alerts of each round in B2 (200)
          --seeds N      kills in B3 (20)
          --texts N      texts of one alert in B4, a multiple of 4, at most 1000 (1000)
          --bursts N     measured alerts of each round in B4 (5)
          --escalations N, --span N
                         how many fall due in B5, within how many seconds (20000 within 60)
          --holds N      holds over HTTP of each round in B6, at most 280 (200)
          --connections N
                         open pages in B8, at least 1200 (9000)
          --storage local|postgres
                         one file, or a PostgreSQL of this run's own; built with -p:Engine=Orleans only (there: postgres)
          --hosts 1|3|1,3
                         how many hosts serve together, on PostgreSQL; several are measured in turn (1)
          --against DLL  another build's Dispatch.Web.dll, which runs in turn on one file; every other figure is set beside its own
          --strict       exits with 2 when a target is missed
          --help         this

        Exits with 1 when a promise breaks (an acknowledged alert lost, an escalation missed or doubled, a bed promised twice, a push or a text sent twice or not at all); a missed target alone is printed as "missed".
        Exits with 2 when this build has not got what the options ask for.
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
                if (i + 1 == words.Length || options.With(words[i], words[++i]) is not { } next) return null;
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

    private Options? With(string option, string value) => option switch
    {
        "--storage" => value is "local" or "postgres" ? this with { Storage = value } : null,
        "--hosts" => value.Split(',') is var hosts && hosts.All(h => h is "1" or "3") ? this with { Hosts = [.. hosts.Select(h => int.Parse(h, CultureInfo.InvariantCulture))] } : null,
        "--against" => this with { Against = Path.GetFullPath(value) },
        _ => double.TryParse(value, CultureInfo.InvariantCulture, out var number) && number > 0 ? With(option, number) : null,
    };

    private Options? With(string option, double value) => option switch
    {
        "--rounds" => this with { Rounds = (int)value },
        "--seconds" => this with { Seconds = value },
        "--warm-up" => this with { WarmUp = value },
        "--phones" => this with { Phones = (int)value },
        "--alerts" => this with { Alerts = (int)value },
        "--alarms" => this with { Alarms = (int)value },
        "--texts" => this with { Texts = (int)value },
        "--bursts" => this with { Bursts = (int)value },
        "--seeds" => this with { Seeds = (int)value },
        "--escalations" => this with { Escalations = (int)value },
        "--span" => this with { Span = value },
        "--holds" => this with { Holds = (int)value },
        "--connections" => this with { Connections = (int)value },
        _ => null,
    };
}
