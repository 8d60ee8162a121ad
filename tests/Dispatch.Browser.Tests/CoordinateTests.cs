using System.Globalization;
using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>The coordinator's page: the roster is written, the night is looked at, a protocol is put in force.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class CoordinateTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task A_gap_is_found_and_closed_by_a_shift_and_the_preview_shows_who_would_answer()
    {
        await using var town = await Town.Open(chromium);
        var page = (await Staff.Opens(town, "/coordinate", "coordinator1", Words.French)).Page;
        var health = page.Locator("[data-gaps] li").Filter(new() { HasText = "Santé" });
        await Expect(health).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-preview] .need").Filter(new() { HasText = "Santé" }).Locator("[data-warn]")).ToBeVisibleAsync();

        await page.Locator("[data-to=roster]").ClickAsync();
        await page.Locator("[data-shift-adding] summary").ClickAsync();
        await page.Locator("input[name=shiftPerson]").FillAsync("nobody");
        foreach (var day in await page.Locator("input[name=day]").AllAsync()) await day.CheckAsync();
        await page.Locator("input[name=shiftFrom]").FillAsync("00:00");
        await page.Locator("input[name=shiftUntil]").FillAsync("00:00");
        await page.Locator("[data-shift-form] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-roster-problem]")).ToContainTextAsync("Personne ne porte ce nom");
        await page.Locator("input[name=shiftPerson]").FillAsync("health1");
        await page.Locator("[data-shift-form] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-shifts] li")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-shifts] li")).ToContainTextAsync("chaque jour");

        await page.Locator("[data-to=tonight]").ClickAsync();
        await Expect(health).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-preview] .need").Filter(new() { HasText = "Santé" }).Locator("[data-steps] li").First).ToContainTextAsync("Tout de suite");

        await page.Locator("[data-to=roster]").ClickAsync();
        await page.Locator("[data-shifts] [data-remove]").ClickAsync();
        await Expect(page.Locator("[data-shifts] li")).ToHaveCountAsync(0);
        Assert.DoesNotContain(town.Complaints, c => !c.Contains("status of 401", StringComparison.Ordinal) && !c.Contains("status of 4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_two_who_write_at_once_the_second_sees_what_the_first_one_wrote()
    {
        await using var town = await Town.Open(chromium);
        var one = (await Staff.Opens(town, "/coordinate", "coordinator1", Words.English)).Page;
        var other = (await Staff.Opens(town, "/coordinate", "coordinator1", Words.English)).Page;
        foreach (var page in new[] { one, other })
        {
            await page.Locator("[data-to=roster]").ClickAsync();
            await Expect(page.Locator("[data-shifts-empty]")).ToBeVisibleAsync();
            await page.Locator("[data-override-adding] summary").ClickAsync();
            await page.Locator("input[name=overridePerson]").FillAsync("health1");
            await page.Locator("input[name=overrideAdds][value=adds]").CheckAsync();
            await page.Locator("input[name=overrideDate]").FillAsync(page == one ? Day(2) : Day(3));
            await page.Locator("input[name=overrideFrom]").FillAsync("08:00");
            await page.Locator("input[name=overrideUntil]").FillAsync("12:00");
        }

        await one.Locator("[data-override-form] button[type=submit]").ClickAsync();
        await Expect(one.Locator("[data-overrides] li")).ToHaveCountAsync(1);
        await other.Locator("[data-override-form] button[type=submit]").ClickAsync();
        await Expect(other.Locator("[data-roster-problem]")).ToContainTextAsync("Somebody else wrote meanwhile");
        await Expect(other.Locator("[data-overrides] li")).ToContainTextAsync(Day(2));
        await other.Locator("[data-override-form] button[type=submit]").ClickAsync();
        await Expect(other.Locator("[data-overrides] li")).ToHaveCountAsync(2);

        static string Day(int ahead) => TimeProvider.System.GetUtcNow().AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_protocol_is_drafted_from_an_example_checked_looked_through_and_put_in_force()
    {
        await using var town = await Town.Open(chromium);
        var page = (await Staff.Opens(town, "/coordinate#protocols", "coordinator1", Words.English)).Page;
        await page.Locator("[data-to=protocols]").ClickAsync();
        await page.Locator("select[name=draftFrom]").SelectOptionAsync("ML");
        await page.Locator("[data-draft-form] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-document-title]")).ToContainTextAsync("draft");
        var text = page.Locator("textarea[name=documentText]");
        var draft = await text.InputValueAsync();

        await text.FillAsync("{ no document");
        await page.Locator("[data-document-save]").ClickAsync();
        await Expect(page.Locator("[data-protocols-problem]")).ToContainTextAsync("cannot be read");
        await text.FillAsync(draft.Replace("\"humanAfterSeconds\": 60", "\"humanAfterSeconds\": 0", StringComparison.Ordinal));
        await page.Locator("[data-document-activate]").ClickAsync();
        await Expect(page.Locator("[data-faults] li")).ToContainTextAsync("humanAfterSeconds");
        await Expect(page.Locator("[data-document-sure]")).ToBeHiddenAsync();

        await text.FillAsync(draft.Replace("\"humanAfterSeconds\": 60", "\"humanAfterSeconds\": 45", StringComparison.Ordinal));
        await page.Locator("[data-document-try]").ClickAsync();
        await Expect(page.Locator("[data-preview-about]")).ToContainTextAsync("not in force");
        await page.Locator("[data-to=protocols]").ClickAsync();
        await page.Locator("[data-document-activate]").ClickAsync();
        await page.Locator("[data-document-yes]").ClickAsync();
        await Expect(page.Locator("[data-document-title]")).ToContainTextAsync("in force");
        await Expect(page.Locator("[data-document-rules]")).ToContainTextAsync("45 s");
        await Expect(page.Locator("[data-documents] li[data-state=active]").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task How_full_the_houses_are_is_shown_over_all_of_them_and_no_house_is_named()
    {
        await using var town = await Town.Open(chromium);
        var page = (await Staff.Opens(town, "/coordinate", "coordinator1", Words.English)).Page;
        await page.Locator("[data-to=beds]").ClickAsync();
        await Expect(page.Locator("[data-beds-now] li")).ToContainTextAsync("20 beds");
        await Expect(page.Locator("[data-beds-age]")).ToContainTextAsync("oldest figure");
        await page.Locator("select[name=bedsStep]").SelectOptionAsync("day");
        var now = page.Locator("[data-beds-past] > tr").First;
        await Expect(now.Locator("[data-when]")).ToHaveTextAsync("Now");
        await Expect(now.Locator("[data-free]")).ToHaveTextAsync("20");
        await Expect(now.Locator("[data-capacity]")).ToHaveTextAsync("20");
        Assert.DoesNotContain("demo-shelter", await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task The_part_about_beds_fits(string lang)
    {
        var look = new Look(lang);
        await using var town = await Town.Open(chromium);
        var page = (await Staff.Opens(town, "/coordinate", "coordinator1", Words.In(lang))).Page;
        var hour = TimeProvider.System.GetUtcNow();
        await page.RouteAsync("**/beds/history*", route => route.FulfillAsync(new()
        {
            Status = 200, ContentType = "application/json",
            Body = System.Text.Json.JsonSerializer.Serialize(new
            {
                step = "hour",
                points = Enumerable.Range(0, 20).Select(n => new
                {
                    until = hour.AddHours(-n).ToString("yyyy-MM-dd'T'HH:00:00'Z'", CultureInfo.InvariantCulture),
                    beds = new[] { new { kind = "bed", capacity = 120, free = 120 - 14 - (5 * n), held = 2, booked = 9, occupied = 5 * n, outOfService = 3 }, new { kind = "familyRoom", capacity = 12, free = 12, held = 0, booked = 0, occupied = 0, outOfService = 0 } },
                }),
            }),
        }));
        await page.Locator("[data-to=beds]").ClickAsync();
        await Expect(page.Locator("[data-beds-past] > tr")).ToHaveCountAsync(20);
        await look.At(page, "coordinate-beds");
        await look.At(page, "coordinate-beds-zoomed", Look.Zoomed[1..]);
        look.FoundNothingWrong();
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task Every_part_fits(string lang)
    {
        var look = new Look(lang);
        await using var town = await Town.Open(chromium);
        var page = (await Staff.Opens(town, "/coordinate", "coordinator1", Words.In(lang))).Page;
        await Expect(page.Locator("[data-gaps] li").First).ToBeVisibleAsync();
        await Expect(page.Locator("[data-preview] .need").First).ToBeVisibleAsync();
        await look.At(page, "coordinate-tonight");
        await look.At(page, "coordinate-tonight-zoomed", Look.Zoomed[1..]);
        await page.Locator("[data-to=roster]").ClickAsync();
        await page.Locator("[data-shift-adding] summary").ClickAsync();
        await page.Locator("[data-override-adding] summary").ClickAsync();
        await look.At(page, "coordinate-roster");
        await page.Locator("[data-to=protocols]").ClickAsync();
        await page.Locator("[data-draft-form] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-document]")).ToBeVisibleAsync();
        await look.At(page, "coordinate-protocols");
        await page.Locator("[data-to=reach]").ClickAsync();
        await Expect(page.Locator("[data-ways] li").First).ToBeVisibleAsync();
        await look.At(page, "coordinate-reach");
        look.FoundNothingWrong();
    }

    [Fact]
    public async Task Somebody_who_is_no_coordinator_is_told_so()
    {
        await using var town = await Town.Open(chromium);
        var page = (await Staff.Opens(town, "/coordinate", "hotline1", Words.English)).Page;
        await Expect(page.Locator("[data-no-area]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-area-parts]")).ToBeHiddenAsync();
    }
}
