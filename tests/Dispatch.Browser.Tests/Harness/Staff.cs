using Dispatch.TestHosts;

namespace Dispatch.Browser.Tests.Harness;

/// <summary>A staff page, and what is done on it.</summary>
public sealed class Staff(IPage page, Words words)
{
    public IPage Page => page;

    public ILocator Offers => page.Locator("[data-offers] > article");

    public ILocator Assignments => page.Locator("[data-assignments] > article");

    public ILocator Items => page.Locator("[data-items] > li");

    /// <summary>Items that wait for a human.</summary>
    public ILocator Pending => page.Locator("[data-items] > li:is([data-state=waiting], [data-state=ringing])");

    public ILocator LineState => page.Locator("[data-line-state]");

    /// <summary>Signed in, on duty and connected.</summary>
    public static async Task<Staff> OnDuty(Town town, string user, Words words, int width = 360, int height = 740, Uri? address = null)
    {
        var staff = await SignedIn(town, "/respond", user, words, width, height, address);
        await staff.Page.Locator("[data-duty-switch]").ClickAsync();
        await Expect(staff.Page.Locator("body")).ToHaveAttributeAsync("data-duty", "on");
        return staff;
    }

    public static Task<Staff> OnTheLine(Town town, string user, Words words, int width = 1280, int height = 800) =>
        SignedIn(town, "/hotline", user, words, width, height);

    public static async Task<Staff> SignedIn(Town town, string path, string user, Words words, int width, int height, Uri? address = null)
    {
        var staff = await Opens(town, path, user, words, width, height, address);
        await staff.IsLive();
        return staff;
    }

    /// <summary>Signed in on a page that nothing is pushed to.</summary>
    public static async Task<Staff> Opens(Town town, string path, string user, Words words, int width = 1280, int height = 800, Uri? address = null)
    {
        var context = await town.Phone(words, width, height, address: address);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{path}?lang={words.Lang}");
        await page.Locator("input[name=userName]").FillAsync(user);
        await page.Locator("input[name=password]").FillAsync(HostProcess.Password);
        await page.Locator("[data-sign-in-form] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-app]")).ToBeVisibleAsync();
        return new Staff(page, words);
    }

    public Task IsLive() => Expect(LineState).ToHaveAttributeAsync("data-state", "live", new() { Timeout = 20_000 });

    public async Task Accepts(string mode, int minutes)
    {
        await Offers.GetByRole(AriaRole.Button, new() { Name = words.AcceptOffer }).ClickAsync();
        await Chip($"[name^=mode-][value={mode}]").ClickAsync();
        await Chip($"[name^=eta-][value='{minutes}']").ClickAsync();
        await Offers.Locator("[data-confirm]").ClickAsync();
        await Expect(Assignments).ToHaveCountAsync(1);
    }

    /// <summary>She is on the line, and this person raises for her.</summary>
    public async Task Calls(object body)
    {
        await page.EvaluateAsync("""
            async (body) => {
              const headers = { "Content-Type": "application/json", "X-Dispatch": "1", "Idempotency-Key": crypto.randomUUID() };
              const answer = await fetch("/api/v1/hotline/demo/calls", { method: "POST", headers, body: JSON.stringify(body) });
              if (answer.status !== 201) throw new Error(`the call was answered ${answer.status}`);
            }
            """, body);
    }

    /// <summary>Whose item stands first in the queue.</summary>
    public Task<string> FirstAlert() => page.EvaluateAsync<string>("async () => (await (await fetch('/api/v1/hotline/demo/queue')).json()).items[0].alertId");

    /// <summary>Records that police may know because a life is in danger: a human's act, which a second person reviews.</summary>
    public async Task Discloses()
    {
        await page.EvaluateAsync("""
            async () => {
              const headers = { "Content-Type": "application/json", "X-Dispatch": "1" };
              const { items } = await (await fetch("/api/v1/hotline/demo/queue")).json();
              const answer = await fetch(`/api/v1/alerts/${items[0].alertId}/disclosures`, { method: "POST", headers, body: JSON.stringify({ basis: "lifeThreat", reason: "weapon" }) });
              if (answer.status !== 200) throw new Error(`the disclosure was answered ${answer.status}`);
            }
            """);
    }

    /// <summary>She knows none of the people, and goes.</summary>
    public async Task SetsOut()
    {
        await Assignments.Locator("[data-progress=noConflict]").ClickAsync();
        await Assignments.Locator("[data-progress=enRoute]").ClickAsync();
        await Expect(Assignments).ToHaveAttributeAsync("data-state", "enRoute");
    }

    public ILocator Timeline(string kind) => page.Locator($"[data-timeline] li[data-kind={kind}]");

    /// <summary>When something first showed on this page (see watch.js), in milliseconds since 1970.</summary>
    public static async Task<long> FirstSeen(IPage page, string what) => (long)await page.EvaluateAsync<double>($"() => firstSeen['{what}'] ?? -1");

    private ILocator Chip(string input) => Offers.Locator("label.chip").Filter(new() { Has = page.Locator(input) });
}
