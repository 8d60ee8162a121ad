using Dispatch.Browser.Tests.Harness;
using Xunit.Abstractions;

namespace Dispatch.Browser.Tests;

/// <summary>Nobody is on duty: a human at the line has it from the first moment, is rung for after a minute, and she reads who has it.</summary>
[Collection(Browsers.Name)]
public sealed class NobodyThereTests(ChromiumFixture chromium, ITestOutputHelper output)
{
    private const int RingsAfter = 60_000;

    [Fact]
    public async Task The_line_waits_a_minute_then_rings_and_a_human_takes_it_by_keyboard_alone()
    {
        await using var town = await Town.Open(chromium);
        var supervisor = await Staff.OnTheLine(town, "supervisor1", Words.French);
        var her = await Her.Opens(town, Words.French);
        await her.Presses();
        await her.IsReceived();
        await Expect(supervisor.Items).ToHaveAttributeAsync("data-state", "waiting");
        var pressed = await Staff.FirstSeen(her.Page, "press");
        var waited = await Staff.FirstSeen(supervisor.Page, "waiting") - pressed;
        await Expect(her.Headline).ToHaveTextAsync(Words.French.NobodyYet, new() { Timeout = 45_000 });
        await Expect(supervisor.Items).ToHaveAttributeAsync("data-state", "ringing", new() { Timeout = 45_000 });
        var rang = await Staff.FirstSeen(supervisor.Page, "ringing") - pressed;
        output.WriteLine($"in the queue after {waited} ms, rings after {rang} ms");
        Assert.InRange(waited, 0, 2000);
        Assert.InRange(rang, RingsAfter - 1000, RingsAfter + 1000);
        await Expect(supervisor.Page.Locator("[data-alarm]")).ToHaveTextAsync("1 demande sonne");

        await supervisor.Page.Keyboard.PressAsync("j");
        await supervisor.Page.Keyboard.PressAsync("t");
        await Expect(supervisor.Items).ToHaveAttributeAsync("data-state", "taken");
        await Expect(supervisor.Page.Locator("[data-alarm]")).ToBeEmptyAsync();
        await Expect(supervisor.Timeline("taken")).ToHaveCountAsync(1);
        await her.Reads(Words.French.WithHuman);
        // Words for people: no codes, no ids, steps counted from one.
        foreach (var line in await supervisor.Page.Locator("[data-timeline] li").AllInnerTextsAsync()) Assert.DoesNotMatch(@"Autre fait|[0-9a-f]{8}-|Étape 0|\blive\b|[a-z][A-Z]", line);
    }

    [Fact]
    public async Task Two_people_at_the_line_cannot_both_take_it()
    {
        await using var town = await Town.Open(chromium);
        var bintou = await Staff.OnTheLine(town, "hotline1", Words.English);
        var djeneba = await Staff.OnTheLine(town, "supervisor1", Words.English);
        var her = await Her.Opens(town, Words.English);
        await her.Presses();
        foreach (var person in new[] { bintou, djeneba }) await Expect(person.Items).ToHaveCountAsync(1);
        await Task.WhenAll(bintou.Page.Keyboard.PressAsync("t"), djeneba.Page.Keyboard.PressAsync("t"));
        foreach (var person in new[] { bintou, djeneba }) await Expect(person.Items).ToHaveAttributeAsync("data-state", "taken");
        var closable = await Task.WhenAll(new[] { bintou, djeneba }.Select(async person =>
        {
            await person.Items.ClickAsync();
            await Expect(person.Page.Locator("[data-case-taken]")).ToBeVisibleAsync();
            return await person.Page.Locator("[data-close]").IsVisibleAsync();
        }));
        Assert.Single(closable, mine => mine);
        await her.Reads(Words.English.WithHuman);
    }
}
