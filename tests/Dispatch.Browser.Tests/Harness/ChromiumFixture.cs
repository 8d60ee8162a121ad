using Dispatch.TestPrograms;

namespace Dispatch.Browser.Tests.Harness;

/// <summary>One story after the other in each of the two, so that two cores are used and no more.</summary>
[CollectionDefinition(Name)]
public sealed class Browsers : ICollectionFixture<ChromiumFixture>
{
    public const string Name = "browser";
}

/// <inheritdoc cref="Browsers"/>
[CollectionDefinition(Name)]
public sealed class OtherBrowsers : ICollectionFixture<ChromiumFixture>
{
    public const string Name = "other browser";
}

/// <summary>The system's Chromium, driven by Playwright.</summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    private static readonly string[] Switches =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private static readonly DebianPackage Chromium = new("chromium", "These tests drive Chromium and found none on the path.");

    private static readonly SemaphoreSlim Installer = new(1, 1);

    private IPlaywright _playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        // Playwright must never fetch a browser of its own.
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        // Hosts of these stories live for seconds: measuring their code in order to speed it up later costs a fifth of their processor time.
        Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
        var chromium = await Place();
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Headless = true, Args = Switches });
        SetDefaultExpectTimeout(10_000);
    }

    /// <summary>Debian's installer takes one at a time.</summary>
    private static async Task<string> Place()
    {
        await Installer.WaitAsync();
        try
        {
            return await Chromium.Place(() => DebianPackage.OnPath("chromium"));
        }
        finally
        {
            Installer.Release();
        }
    }

    public async Task DisposeAsync()
    {
        await Browser.CloseAsync();
        _playwright.Dispose();
    }
}
