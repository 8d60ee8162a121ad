using System.Diagnostics;

namespace Dispatch.TestPrograms;

/// <summary>A program that tests need and that is no part of the build. A missing one is installed where that is possible; a test is never skipped for want of it.</summary>
/// <param name="Name">Debian's name of it.</param>
/// <param name="Missing">What the tests do with it, and that it was not found.</param>
public sealed record DebianPackage(string Name, string Missing)
{
    /// <param name="find">Where it is; asked before and after.</param>
    public async Task<string> Place(Func<string?> find)
    {
        ArgumentNullException.ThrowIfNull(find);
        if (find() is { } there) return there;
        if (!Environment.IsPrivilegedProcess || OnPath("apt-get") is not { } apt)
            throw new InvalidOperationException($"{Missing} Install the package `{Name}` (Debian: apt-get install {Name}).");
        await Run(apt, "update");
        await Run(apt, "install", "-y", "--no-install-recommends", Name);
        return find() ?? throw new InvalidOperationException($"The package `{Name}` was installed, and what it should bring is not there.");
    }

    public static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" } })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"`{program} {string.Join(' ', arguments)}` ended with {process.ExitCode}; install the package `{Name}` by hand.");
    }
}
