using Dispatch.Browser.Tests.Harness;
using Dispatch.TestHosts;
using Town = Dispatch.Browser.Tests.Harness.Town;

namespace Dispatch.Browser.Tests;

/// <summary>Everything that matters without a pointer: one path per person, the focus visible at every stop.</summary>
[Collection(Browsers.Name)]
public sealed class KeyboardTests(ChromiumFixture chromium)
{
    private const int MostStops = 40;

    [Fact]
    public async Task She_raises_and_cancels()
    {
        await using var town = await Town.Open(chromium);
        var her = await Her.Opens(town, Words.French);
        await TabTo(her.Ask);
        await her.Page.Keyboard.PressAsync("Enter");
        await her.IsReceived();
        await Expect(her.Headline).ToBeFocusedAsync();
        await TabTo(her.Page.Locator("[data-cancel-open]"));
        await her.Page.Keyboard.PressAsync("Enter");
        await TabTo(her.Page.Locator("form[data-cancel] button.stop"));
        await her.Page.Keyboard.PressAsync("Enter");
        await her.Reads(Words.French.Cancelled);
        await Expect(her.Headline).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_nurse_signs_in_goes_on_duty_and_accepts()
    {
        await using var town = await Town.Open(chromium);
        var page = await (await town.Phone(Words.French)).NewPageAsync();
        var awa = new Staff(page, Words.French);
        await page.GotoAsync("/respond?lang=fr");
        await Expect(page.Locator("input[name=userName]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("health1");
        await TabTo(page.Locator("input[name=password]"));
        await page.Keyboard.TypeAsync(HostProcess.Password);
        await page.Keyboard.PressAsync("Enter");
        await awa.IsLive();
        await TabTo(page.Locator("[data-duty-switch]"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-duty", "on");

        var her = await Her.Opens(town, Words.French);
        await her.Presses();
        await Expect(awa.Offers).ToHaveCountAsync(1);
        await TabTo(awa.Offers.Locator("[data-accept]"));
        await page.Keyboard.PressAsync("Enter");
        await TabTo(awa.Offers.Locator("[name^=mode-]:checked"));
        await TabTo(awa.Offers.Locator("[name^=eta-][value='5']"));
        for (var n = 0; n < 2; n++) await page.Keyboard.PressAsync("ArrowRight");
        await Expect(awa.Offers.Locator("[name^=eta-][value='15']")).ToBeCheckedAsync();
        await TabTo(awa.Offers.Locator("[data-confirm]"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(awa.Assignments).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-notice]")).ToBeFocusedAsync();
        await her.ReadsThatANurseCalls(15);
        await TabTo(awa.Assignments.Locator("[data-progress=noConflict]"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(awa.Assignments).ToHaveAttributeAsync("data-state", "noConflict");
    }

    [Fact]
    public async Task A_call_taker_takes_and_closes_by_the_keys_shown_beside_the_actions()
    {
        await using var town = await Town.Open(chromium);
        var bintou = await Staff.OnTheLine(town, "hotline1", Words.French);
        for (var n = 1; n <= 2; n++)
        {
            await (await Her.Opens(town, Words.French)).Presses();
            await Expect(bintou.Items).ToHaveCountAsync(n);
        }

        var keys = bintou.Page.Keyboard;
        await keys.PressAsync("j");
        await Expect(bintou.Items.Nth(0).Locator("button")).ToBeFocusedAsync();
        await keys.PressAsync("j");
        await Expect(bintou.Items.Nth(1).Locator("button")).ToBeFocusedAsync();
        Assert.True(await FocusIsVisible(bintou.Page));
        await keys.PressAsync("k");
        await keys.PressAsync("t");
        await Expect(bintou.Page.Locator("[data-items] > li[data-state=taken]")).ToHaveCountAsync(1);
        await keys.PressAsync("c");
        await Expect(bintou.Page.Locator("[data-closing]")).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Expect(bintou.Page.Locator("[data-closing]")).ToBeHiddenAsync();
        await keys.PressAsync("c");
        await keys.PressAsync("1");
        await Expect(bintou.Items).ToHaveCountAsync(1);
        await Expect(bintou.Page.Locator("[data-queue-title]")).ToBeFocusedAsync();
    }

    private static async Task TabTo(ILocator target)
    {
        for (var stop = 0; stop < MostStops; stop++)
        {
            if (await target.EvaluateAsync<bool>("el => el === document.activeElement")) return;
            await target.Page.Keyboard.PressAsync("Tab");
            Assert.True(await FocusIsVisible(target.Page), $"the focus cannot be seen on {await target.Page.EvaluateAsync<string>("() => document.activeElement.outerHTML.slice(0, 120)")}");
        }

        Assert.Fail($"{target} was not reached in {MostStops} stops");
    }

    private static Task<bool> FocusIsVisible(IPage page) => page.EvaluateAsync<bool>("""
        () => {
          const el = document.activeElement;
          // Inside a time field the browser marks its own parts.
          if (!el || el === document.body || !el.matches(":focus")) return true;
          const style = getComputedStyle(/^(radio|checkbox)$/.test(el.type) ? el.nextElementSibling ?? el : el);
          return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        }
        """);
}
