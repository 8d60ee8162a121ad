using System.Diagnostics;

namespace Dispatch.Browser.Tests.Harness;

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Browsers : ICollectionFixture<ChromiumFixture>
{
    public const string Name = "browser";
}

/// <summary>The system's Chromium, driven by Playwright. A missing one is installed where that is possible; a test is never skipped for want of it.</summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    private static readonly string[] Switches =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright _playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        // Playwright must never fetch a browser of its own.
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        var chromium = OnPath("chromium") ?? await Install();
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Headless = true, Args = Switches });
        SetDefaultExpectTimeout(10_000);
    }

    public async Task DisposeAsync()
    {
        await Browser.CloseAsync();
        _playwright.Dispose();
    }

    private static async Task<string> Install()
    {
        if (!Environment.IsPrivilegedProcess || OnPath("apt-get") is not { } apt)
            throw new InvalidOperationException("These tests drive Chromium and found none on the path. Install the package `chromium` (Debian: apt-get install chromium).");
        await Run(apt, "update");
        await Run(apt, "install", "-y", "--no-install-recommends", "chromium");
        return OnPath("chromium") ?? throw new InvalidOperationException("The package `chromium` was installed but brought no `chromium` on the path.");
    }

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" } })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"`{program} {string.Join(' ', arguments)}` ended with {process.ExitCode}; install the package `chromium` by hand.");
    }

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
