using System.Globalization;
using Dispatch.Simulation.Plants;

namespace Dispatch.Simulation;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    public int Seeds { get; init; } = 100;
    public int First { get; init; } = 1;
    public double? Minutes { get; init; }
    public int? Alerts { get; init; }
    public int? Houses { get; init; }
    public double Weeks { get; init; } = 4;
    public PlantedBug? Plant { get; init; }
    public int? Replay { get; init; }
    public bool Trace { get; init; }
    public bool Shrink { get; init; } = true;
    public bool KeepGoing { get; init; }
    public bool Help { get; init; }

    public static string Usage { get; } = $"""
        Plays whole lives of a service area from seeds: the real grains, with faults, on virtual time.
        Ends with 0 when every promise held, with 1 when one broke, with 2 when it was called wrongly.

          --seeds N         how many seeds (100)
          --first S         the first of them (1)
          --replay S        one seed alone; prints the digest of its trace
          --trace           with --replay: prints the trace, line by line
          --minutes M       how long each life lasts, in virtual minutes (15 to 60, by seed)
          --alerts A        how many alerts each life has (10 to 35, by seed)
          --houses H        another kind of life: H houses alone, asked and answered at random
          --weeks W         with --houses: for so many virtual weeks (4)
          --plant BUG       plants a bug: {string.Join(", ", PlantedBug.All.Select(b => b.Name))}
          --no-shrink       does not shorten a failing seed to a story
          --keep-going      goes on after a promise broke
          --help            this text
        """;

    /// <summary>The options, or what is wrong with them.</summary>
    public static (Options? Options, string? Fault) Parse(IReadOnlyList<string> args)
    {
        var options = new Options();
        for (var i = 0; i < args.Count; i++)
        {
            var name = args[i];
            switch (name)
            {
                case "--help" or "-h": options = options with { Help = true }; continue;
                case "--trace": options = options with { Trace = true }; continue;
                case "--no-shrink": options = options with { Shrink = false }; continue;
                case "--keep-going": options = options with { KeepGoing = true }; continue;
            }

            if (++i >= args.Count) return (null, $"{name} is unknown, or needs a value");
            var value = args[i];
            if (name == "--plant")
            {
                if (PlantedBug.Named(value) is not { } bug) return (null, $"no bug is called {value}");
                options = options with { Plant = bug };
                continue;
            }

            if (!double.TryParse(value, CultureInfo.InvariantCulture, out var number) || number is < 0 or > int.MaxValue) return (null, $"{name} {value}: not a number that makes sense");
            switch (name)
            {
                case "--seeds": options = options with { Seeds = (int)number }; break;
                case "--first": options = options with { First = (int)number }; break;
                case "--replay": options = options with { Replay = (int)number }; break;
                case "--minutes": options = options with { Minutes = number }; break;
                case "--houses": options = options with { Houses = (int)number }; break;
                case "--weeks": options = options with { Weeks = number }; break;
                case "--alerts": options = options with { Alerts = (int)number }; break;
                default: return (null, $"{name} is unknown");
            }
        }

        return (options, null);
    }
}
