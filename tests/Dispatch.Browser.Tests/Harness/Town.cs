using Dispatch.TestHosts;

namespace Dispatch.Browser.Tests.Harness;

/// <summary>One real host with an empty store, and the people who look at it: each in a browser context of his own, as on a phone of his own.</summary>
public sealed class Town(IBrowser browser, params string[] settings) : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(30);
    private readonly List<IBrowserContext> _contexts = [];

    public HostProcess Host { get; } = new();

    /// <summary>What the pages complained about: console errors, policy violations, uncaught exceptions.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Without the 401 that the browser notes where a page asks "who am I?" before anybody signed in.</summary>
    public IReadOnlyList<string> Unexpected
    {
        get
        {
            lock (Complaints) return [.. Complaints.Where(c => !(c.Contains("status of 401", StringComparison.Ordinal) && c.Contains("/api/v1/me:", StringComparison.Ordinal)))];
        }
    }

    public static async Task<Town> Open(ChromiumFixture chromium, params string[] settings)
    {
        var town = new Town(chromium.Browser, settings);
        await town.Start();
        return town;
    }

    public Task Start() => Host.Start(StartsWithin, ["--Logging:LogLevel:Default", "Warning", .. settings]);

    /// <summary>SIGKILL, and the same store under a new process.</summary>
    public async Task KillAndRestart()
    {
        await Host.Kill();
        await Start();
    }

    public async Task<IBrowserContext> Phone(Words words, int width = 360, int height = 740, bool scripts = true, Uri? address = null, string? userAgent = null)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = (address ?? Host.Address).ToString(),
            Locale = words.Locale,
            TimezoneId = "Africa/Bamako",
            ViewportSize = new() { Width = width, Height = height },
            JavaScriptEnabled = scripts,
            UserAgent = userAgent,
        });
        context.SetDefaultTimeout(15_000);
        await context.AddInitScriptAsync(Script.Of("watch.js"));
        context.Page += (_, page) => Listen(page);
        _contexts.Add(context);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts) await context.CloseAsync();
        await Host.DisposeAsync();
    }

    private void Listen(IPage page)
    {
        page.PageError += (_, error) => Complain($"{page.Url}: {error}");
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") Complain($"{page.Url}: {message.Text} ({message.Location})");
        };
    }

    private void Complain(string what)
    {
        lock (Complaints) Complaints.Add(what);
    }
}

/// <summary>Scripts that run in a page to observe it.</summary>
public static class Script
{
    public static string Of(string name)
    {
        using var reader = new StreamReader(typeof(Script).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
