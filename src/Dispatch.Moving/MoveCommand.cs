using System.Security.Cryptography;
using Dispatch.Grains.Hosting;
using Dispatch.Moving.Local;
using Dispatch.Moving.Postgres;
using Dispatch.Postgres;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Dispatch.Moving;

/// <summary><c>export</c> and <c>import</c> of the one executable.</summary>
public static class MoveCommand
{
    private const string Export = "export";
    private const string Import = "import";
    private const string Postgres = "postgres";

    private const string Usage = """
        dispatch export --from <folder|postgres> --to <file>
        dispatch import --from <file> --to <folder|postgres>

        Moves every record from one store to another, while no host runs on either. A folder is one machine's Storage:Path; `postgres` is the
        database that Cluster:Postgres names. A file whose name ends in .gz is compressed. An import that was interrupted goes on when it is run
        again. The master key in Keys:Path is not in the file: move it separately.
        """;

    public static bool IsMeant(string[] args) => args is [Export or Import, ..];

    public static async Task<int> Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var given = new ConfigurationBuilder().AddCommandLine(args[1..]).Build();
        if (given["from"] is not { Length: > 0 } from || given["to"] is not { Length: > 0 } to)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        try
        {
            await Console.Out.WriteLineAsync(args[0] == Export ? await RunExport(from, to, args) : await RunImport(from, to, args));
            return 0;
        }
        catch (Exception refusal) when (refusal is MoveRefusedException or StartRefusedException or IOException or UnauthorizedAccessException or NpgsqlException)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return 1;
        }
    }

    private static async Task<string> RunExport(string from, string to, string[] args)
    {
        await using IEntrySource source = from == Postgres ? await PostgresSource.Open(Settings(args)) : new LocalSource(from);
        return $"Exported {Words(await Move.Export(source, to, RandomNumberGenerator.GetHexString(32, lowercase: true)))}";
    }

    private static async Task<string> RunImport(string from, string to, string[] args)
    {
        await using IEntryTarget target = to == Postgres ? await PostgresTarget.Open(Settings(args)) : new LocalTarget(to);
        return await Move.Import(from, target) is { } moved ? $"Imported and read back {Words(moved)}" : "This file was imported there before; nothing was changed.";
    }

    private static string Words(Tally tally) =>
        $"{tally.Count} records, sum {tally.Sum}{string.Concat(tally.Tables.Select(table => $"{Environment.NewLine}  {table.Key}: {table.Value.Count}"))}";

    private static PostgresSettings Settings(string[] args) => PostgresSettings.Read(new ConfigurationBuilder()
        .SetBasePath(AppContext.BaseDirectory)
        .AddJsonFile("appsettings.json", optional: true)
        .AddEnvironmentVariables()
        .AddCommandLine(args[1..])
        .Build());
}
