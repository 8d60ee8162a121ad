namespace Dispatch.Browser.Tests.Harness;

/// <summary>Looks at a page on every screen it must fit, by day and by night, and keeps a picture of each when DISPATCH_SCREENSHOTS names a folder.</summary>
public sealed class Look(string lang)
{
    public static readonly (int Width, int Height)[] Screens = [(320, 568), (360, 800), (768, 1024), (1440, 900)];

    /// <summary>The same screens at 200 % zoom: half as many pixels each way.</summary>
    public static readonly (int Width, int Height)[] Zoomed = [(160, 284), (180, 400), (384, 512), (720, 450)];

    private static readonly string? Pictures = Environment.GetEnvironmentVariable("DISPATCH_SCREENSHOTS");
    private readonly List<string> _wrong = [];

    public async Task At(IPage page, string state, params (int Width, int Height)[] screens)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            var all = screens.Length > 0 ? screens : Screens;
            // By night only the colours are others: the smallest and the largest screen show them. Whoever wants pictures gets them all.
            foreach (var (width, height) in scheme is ColorScheme.Light || Pictures is not null ? all : [all[0], .. all[1..].TakeLast(1)])
            {
                await page.SetViewportSizeAsync(width, height);
                // A sheet of another scheme and size is laid out by the second frame.
                await page.EvaluateAsync("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))");
                var where = $"{state}-{lang}-{width}x{height}-{(scheme is ColorScheme.Dark ? "dark" : "light")}";
                foreach (var wrong in await page.EvaluateAsync<string[]>(Script.Of("layout.js"))) _wrong.Add($"{where}: {wrong}");
                await Picture(page, where);
            }
        }
    }

    public static async Task Picture(IPage page, string name)
    {
        if (Pictures is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, name + ".png"), FullPage = true, Animations = ScreenshotAnimations.Disabled });
    }

    public void FoundNothingWrong() => Assert.True(_wrong.Count == 0, string.Join(Environment.NewLine, _wrong.Prepend($"{_wrong.Count} things are wrong:")));
}
