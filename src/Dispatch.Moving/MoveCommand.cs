using System.Security.Cryptography;
using Dispatch.Grains.Hosting;
using Dispatch.Grains.Rows;
using Dispatch.Moving.AzureTables;
using Dispatch.Moving.Local;
using Dispatch.Moving.Postgres;
using Dispatch.Postgres;
using Dispatch.TableStorage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Dispatch.Moving;

/// <summary><c>export</c> and <c>import</c> of the one executable.</summary>
public static class MoveCommand
{
    private const string Export = "export";
    private const string Import = "import";
    private const string Postgres = "postgres";
    private const string Azure = "azure";

    private const int Refused = 1;
    private const int Misused = 2;
    private const int NotBuiltIn = 3;

    private const string Usage = """
        dispatch export --from <folder|postgres|azure> --to <file>
        dispatch import --from <file> --to <folder|postgres|azure>

        Moves every record from one store to another, while no host runs on either. A folder is one machine's Storage:Path; `postgres` is the
        database that Cluster:Postgres names, `azure` the storage account that Cluster:AzureTables:ServiceUri names. A file whose name ends in .gz
        is compressed. An import that was interrupted goes on when it is run again. The master key in Keys:Path is not in the file: move it
        separately. Exit codes: 0 done, 1 refused or failed, 2 not said what to move, 3 this build cannot.
        """;

    public static bool IsMeant(string[] args) => args is [Export or Import, ..];

    public static async Task<int> Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var given = new ConfigurationBuilder().AddCommandLine(args[1..]).Build();
        if (given["from"] is not { Length: > 0 } from || given["to"] is not { Length: > 0 } to)
        {
            await Console.Error.WriteLineAsync(Usage);
            return Misused;
        }

        try
        {
            await Console.Out.WriteLineAsync(args[0] == Export ? await RunExport(from, to, args) : await RunImport(from, to, args));
            return 0;
        }
        catch (Exception refusal) when (refusal is MoveRefusedException or StartRefusedException or IOException or UnauthorizedAccessException or NpgsqlException or RowsUnavailableException)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return Refused;
        }
        catch (NotBuiltInException lack)
        {
            await Console.Error.WriteLineAsync(lack.Message);
            return NotBuiltIn;
        }
    }

    private static async Task<string> RunExport(string from, string to, string[] args)
    {
        await using IEntrySource source = from switch
        {
            Postgres => await PostgresSource.Open(PostgresSettings.Read(Settings(args))),
            Azure => await TablesSource.Open(Account(args), TimeProvider.System),
            _ => new LocalSource(from),
        };
        return $"Exported {Words(await Move.Export(source, to, RandomNumberGenerator.GetHexString(32, lowercase: true)))}";
    }

    private static async Task<string> RunImport(string from, string to, string[] args)
    {
        await using IEntryTarget target = to switch
        {
            Postgres => await PostgresTarget.Open(PostgresSettings.Read(Settings(args))),
            Azure => new TablesTarget(Account(args), TimeProvider.System),
            _ => new LocalTarget(to),
        };
        return await Move.Import(from, target) is { } moved ? $"Imported and read back {Words(moved)}" : "This file was imported there before; nothing was changed.";
    }

    private static string Words(Tally tally) =>
        $"{tally.Count} records, sum {tally.Sum}{string.Concat(tally.Tables.Select(table => $"{Environment.NewLine}  {table.Key}: {table.Value.Count}"))}";

    /// <summary>The emulator is for Development only, as for a host.</summary>
    private static ITableAccount Account(string[] args)
    {
        var settings = Settings(args);
        return AzureAccount.Open(settings, (settings["ASPNETCORE_ENVIRONMENT"] ?? settings["DOTNET_ENVIRONMENT"]) == Environments.Development);
    }

    private static IConfigurationRoot Settings(string[] args) => new ConfigurationBuilder()
        .SetBasePath(AppContext.BaseDirectory)
        .AddJsonFile("appsettings.json", optional: true)
        .AddEnvironmentVariables()
        .AddCommandLine(args[1..])
        .Build();
}
