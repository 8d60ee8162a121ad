using System.Diagnostics;
using System.Globalization;
using Dispatch.TestPrograms;

namespace Dispatch.TestPostgres;

/// <summary>Finds PostgreSQL's programs, and runs them as an account that may.</summary>
internal static class PostgresProgram
{
    private const string DebianRoot = "/usr/lib/postgresql";

    /// <summary>The account that the package makes: the server refuses to run as root.</summary>
    private const string Account = "postgres";

    private static readonly DebianPackage Package = new("postgresql", "These tests start a PostgreSQL server and found none.");

    /// <summary>The folder with initdb and postgres.</summary>
    public static Task<string> Folder() => Package.Place(Find);

    /// <summary>Runs it as an account that may; waits for its end.</summary>
    public static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(AsAccount(program, arguments))!;
        var (said, wrong) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{Path.GetFileName(program)} ended with {process.ExitCode}: {await said} {await wrong}");
    }

    public static ProcessStartInfo AsAccount(string program, params string[] arguments)
    {
        string[] before = Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={Account}", $"--regid={Account}", "--clear-groups", "--"] : [];
        string[] all = [.. before, program, .. arguments];
        return new ProcessStartInfo(all[0], all[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = "/" };
    }

    /// <summary>A new folder that the account owns.</summary>
    public static async Task<string> MakeFolder()
    {
        var folder = Directory.CreateTempSubdirectory("dispatch-postgres-").FullName;
        if (!Environment.IsPrivilegedProcess) return folder;
        using var process = Process.Start("chown", [Account, folder]);
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? folder : throw new InvalidOperationException($"{folder} could not be given to the account {Account}");
    }

    private static string? Find()
    {
        var debian = Directory.Exists(DebianRoot)
            ? Directory.GetDirectories(DebianRoot)
                .OrderByDescending(folder => double.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
                .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")))
            : null;
        return debian ?? (DebianPackage.OnPath("initdb") is { } initdb && DebianPackage.OnPath("postgres") is not null ? Path.GetDirectoryName(initdb) : null);
    }
}
