using System.Diagnostics;

namespace Dispatch.Web.Tests.Gateways;

/// <summary>Finds Kannel's programs. A missing one is installed where that is possible; a test is never skipped for want of it.</summary>
internal static class KannelProgram
{
    private const string Package = "kannel";

    public static async Task<string> Path(string program)
    {
        if (Find(program) is { } there) return there;
        if (!Environment.IsPrivilegedProcess || Find("apt-get") is not { } apt)
            throw new InvalidOperationException($"This test starts a Kannel and found none. Install the package `{Package}` (Debian: apt-get install {Package}).");
        await Install(apt, "update");
        await Install(apt, "install", "-y", "--no-install-recommends", Package);
        return Find(program) ?? throw new InvalidOperationException($"The package `{Package}` was installed but brought no {program}.");
    }

    private static async Task Install(string apt, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(apt, arguments) { Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" } })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"`{apt} {string.Join(' ', arguments)}` ended with {process.ExitCode}; install the package `{Package}` by hand.");
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator).Append("/usr/sbin").Select(folder => System.IO.Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
