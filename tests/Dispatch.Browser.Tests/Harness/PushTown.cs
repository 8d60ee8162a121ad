using System.Text.Json;
using Dispatch.Channels.Tests.WebPush;
using Dispatch.TestHosts;

namespace Dispatch.Browser.Tests.Harness;

/// <summary>A town whose host pushes to browsers through a stand-in on this machine; what it takes is handed to Chromium as its own push service would.</summary>
internal sealed class PushTown : IAsyncDisposable
{
    private const string Name = "phone";

    public required Town Town { get; init; }

    public required PushService Service { get; init; }

    public required TestBrowser Browser { get; init; }

    public static async Task<PushTown> Open(ChromiumFixture chromium)
    {
        var service = await PushService.Start();
        var town = await Town.Open(chromium, "--WebPush:Contact", "mailto:line@example.org", "--WebPush:Loopback", "true");
        return new PushTown { Town = town, Service = service, Browser = new TestBrowser(service.Of(Name)) };
    }

    /// <summary>A phone that has been asked for notifications, with this answer.</summary>
    public async Task<IPage> Phone(Words words, string permission = "granted", string? userAgent = null)
    {
        var context = await Town.Phone(words, userAgent: userAgent);
        await context.GrantPermissionsAsync(["notifications"], new() { Origin = Town.Host.Address.GetLeftPart(UriPartial.Authority) });
        await context.AddInitScriptAsync($"globalThis.pushBrowser = {JsonSerializer.Serialize(new { endpoint = Browser.Endpoint, p256dh = Browser.P256dh, auth = Browser.Auth })};");
        await context.AddInitScriptAsync(Script.Of("push.js"));
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/respond?lang={words.Lang}");
        await page.EvaluateAsync("(permission) => localStorage.setItem('push.permission', permission)", permission);
        return page;
    }

    public static async Task SignIn(IPage page, string user)
    {
        await page.Locator("input[name=userName]").FillAsync(user);
        await page.Locator("input[name=password]").FillAsync(HostProcess.Password);
        await page.Locator("[data-sign-in-form] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-push-section]")).ToBeVisibleAsync();
    }

    /// <summary>What the stand-in took, decrypted by the browser's keys: the nth.</summary>
    public async Task<string> Taken(int nth)
    {
        for (var tries = 0; Service.Asked(Name) < nth; tries++)
        {
            Assert.True(tries < 600, $"only {Service.Asked(Name)} pushes came");
            await Task.Delay(20);
        }

        return await Reader.Read(Service.Taken[nth - 1].Body, Browser);
    }

    public static async Task<Pushes> Listen(IPage page)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        var registration = new TaskCompletionSource<string>();
        devtools.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, said) =>
        {
            foreach (var each in said!.Value.GetProperty("registrations").EnumerateArray()) registration.TrySetResult(each.GetProperty("registrationId").GetString()!);
        };
        await devtools.SendAsync("ServiceWorker.enable");
        return new Pushes(page, devtools, await registration.Task.WaitAsync(TimeSpan.FromSeconds(15)));
    }

    public async ValueTask DisposeAsync()
    {
        await Town.DisposeAsync();
        await Service.DisposeAsync();
    }
}

/// <summary>Chromium's end: gives a push to the service worker and looks at what a locked screen would show.</summary>
internal sealed class Pushes(IPage page, ICDPSession devtools, string registration)
{
    public Task Deliver(string data) => devtools.SendAsync(
        "ServiceWorker.deliverPushMessage", new() { ["origin"] = new Uri(page.Url).GetLeftPart(UriPartial.Authority), ["registrationId"] = registration, ["data"] = data });

    /// <summary>
    /// Once they are as expected: everything that a notification can say. Chromium forgets one that is asked for in the moment between being kept and being shown,
    /// so it is asked seldom, and what may be given again is.
    /// </summary>
    public async Task<IReadOnlyList<Shown>> Shown(Func<IReadOnlyList<Shown>, bool> asExpected, string? again = null)
    {
        IReadOnlyList<Shown> shown = [];
        for (var tries = 1; tries <= 60; tries++)
        {
            if (again is not null && tries % 8 == 1) await Deliver(again);
            await Task.Delay(250);
            var json = await page.EvaluateAsync<string>("""
                async () => {
                  const registration = await navigator.serviceWorker.getRegistration("/");
                  return JSON.stringify((await registration.getNotifications()).map(({ title, body, tag, icon, silent, data }) => ({ title, body, tag, icon: new URL(icon).pathname, silent: silent === true, data: data ?? null })));
                }
                """);
            shown = JsonSerializer.Deserialize<List<Shown>>(json, JsonSerializerOptions.Web)!;
            if (asExpected(shown)) return shown;
        }

        throw new InvalidOperationException($"Shown are: {string.Join(", ", shown)}");
    }
}

internal sealed record Shown(string Title, string Body, string Tag, string Icon, bool Silent, object? Data);
