using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>The pages live within their own policy: no violation, no error on the console, no script that her page does not need.</summary>
[Collection(Browsers.Name)]
public sealed class PolicyTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task Nothing_is_complained_about_from_the_press_to_the_end()
    {
        var (words, others) = (Words.French, Words.English);
        await using var town = await Town.Open(chromium);
        var awa = await Staff.OnDuty(town, "health1", others);
        var supervisor = await Staff.OnTheLine(town, "supervisor1", others);
        var context = await town.Phone(words);
        var page = await context.NewPageAsync();
        var (asked, sockets) = (new List<string>(), 0);
        page.Request += (_, request) => asked.Add(request.Url);
        page.WebSocket += (_, _) => sockets++;
        var her = await Her.Opens(page, words);
        await her.Chooses(["health", "legal"], "puits", "76543210", "2468", "1357");
        await her.Presses();
        await awa.Accepts("callsHer", 15);
        await her.ReadsThatANurseCalls(15);
        await awa.Page.Locator("[data-progress=noConflict]").ClickAsync();
        await Expect(awa.Page.Locator("[data-number]")).ToHaveTextAsync("76543210");
        await supervisor.Items.ClickAsync();
        await supervisor.Page.Keyboard.PressAsync("t");
        await Expect(supervisor.Timeline("taken")).ToHaveCountAsync(1);
        await supervisor.Page.Keyboard.PressAsync("c");
        await supervisor.Page.Keyboard.PressAsync("1");
        await Expect(supervisor.Items).ToHaveCountAsync(0);
        await Expect(her.Headline).ToHaveTextAsync("C'est terminé.");
        await Her.Opens(page, others);

        // The browser itself notes every 401; before signing in, that is the answer to "who am I?". It also proves that complaints are heard.
        Assert.NotEmpty(town.Complaints);
        Assert.Empty(town.Unexpected);
        Assert.Equal(0, sockets);
        Assert.DoesNotContain(asked, url => url.Contains("signalr", StringComparison.OrdinalIgnoreCase) || new Uri(url).AbsolutePath.StartsWith("/live", StringComparison.Ordinal));
        Assert.All(asked, url => Assert.Equal(town.Host.Address.Authority, new Uri(url).Authority));
    }

    [Fact]
    public async Task A_script_that_is_not_ours_does_not_run_on_any_page()
    {
        await using var town = await Town.Open(chromium);
        var page = await (await town.Phone(Words.French)).NewPageAsync();
        foreach (var path in new[] { "/", "/respond", "/hotline", "/coordinate", "/shelter", "/relay" })
        {
            var answer = await page.GotoAsync(path);
            var policy = await answer!.HeaderValueAsync("content-security-policy");
            Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            var ran = await page.EvaluateAsync<bool>("""
                async () => {
                  const script = document.createElement("script");
                  try { script.textContent = "globalThis.intruder = true"; document.head.append(script); } catch { }
                  try { document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='globalThis.intruder = true'>"); } catch { }
                  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
                  return globalThis.intruder === true;
                }
                """);
            Assert.False(ran, $"{path} ran a script that is not its own");
        }
    }
}
