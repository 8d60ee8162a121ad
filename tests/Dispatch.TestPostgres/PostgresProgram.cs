using System.Diagnostics;
using System.Globalization;

namespace Dispatch.TestPostgres;

/// <summary>Finds PostgreSQL's programs. A missing server is installed where that is possible; a test is never skipped for want of it.</summary>
internal static class PostgresProgram
{
    private const string Package = "postgresql";
    private const string DebianRoot = "/usr/lib/postgresql";

    /// <summary>The account that the package makes: the server refuses to run as root.</summary>
    private const string Account = "postgres";

    /// <summary>The folder with initdb and postgres.</summary>
    public static async Task<string> Folder()
    {
        if (Find() is { } there) return there;
        if (!Environment.IsPrivilegedProcess || OnPath("apt-get") is not { } apt)
            throw new InvalidOperationException($"These tests start a PostgreSQL server and found none. Install the package `{Package}` (Debian: apt-get install {Package}).");
        await Install(apt, "update");
        await Install(apt, "install", "-y", "--no-install-recommends", Package);
        return Find() ?? throw new InvalidOperationException($"The package `{Package}` was installed but brought no server.");
    }

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
        return debian ?? (OnPath("initdb") is { } initdb && OnPath("postgres") is not null ? Path.GetDirectoryName(initdb) : null);
    }

    private static async Task Install(string apt, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(apt, arguments) { Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" } })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"`{apt} {string.Join(' ', arguments)}` ended with {process.ExitCode}; install the package `{Package}` by hand.");
    }

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
