using Dispatch.TestPrograms;

namespace Dispatch.Browser.Tests.Harness;

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Browsers : ICollectionFixture<ChromiumFixture>
{
    public const string Name = "browser";
}

/// <summary>The system's Chromium, driven by Playwright.</summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    private static readonly string[] Switches =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private static readonly DebianPackage Chromium = new("chromium", "These tests drive Chromium and found none on the path.");

    private IPlaywright _playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        // Playwright must never fetch a browser of its own.
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        var chromium = await Chromium.Place(() => DebianPackage.OnPath("chromium"));
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Headless = true, Args = Switches });
        SetDefaultExpectTimeout(10_000);
    }

    public async Task DisposeAsync()
    {
        await Browser.CloseAsync();
        _playwright.Dispose();
    }
}
