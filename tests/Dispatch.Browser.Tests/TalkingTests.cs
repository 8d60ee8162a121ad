using System.Text.Json;
using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>A request is opened while she talks, by keys alone, and nothing that was typed is lost.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class TalkingTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task Everything_she_says_is_written_down_by_keys_and_sent_with_one()
    {
        await using var town = await Town.Open(chromium);
        var bintou = await Staff.OnTheLine(town, "hotline1", Words.French);
        var (page, keys) = (bintou.Page, bintou.Page.Keyboard);
        await keys.PressAsync("a");
        await Expect(page.Locator("[data-raise-title]")).ToBeFocusedAsync();
        foreach (var key in new[] { "1", "4", "4" }) await keys.PressAsync(key);
        await Expect(page.Locator("[data-wish=health]")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Locator("[data-wish=legal]")).ToHaveAttributeAsync("aria-pressed", "false");
        await keys.PressAsync("y");
        await Expect(page.Locator("[name=raiseAgreed]")).ToBeCheckedAsync();

        await keys.PressAsync("z");
        await keys.TypeAsync("sugu b");
        await Expect(page.Locator("[data-places-found] [aria-selected=true]")).ToContainTextAsync("Grand-Marché");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("[data-place-said]")).ToHaveTextAsync("Zone : Quartier démo");
        await Expect(page.Locator("[data-raise-title]")).ToBeFocusedAsync();
        await keys.PressAsync("o");
        await keys.TypeAsync("derrière la pharmacie");
        await keys.PressAsync("Enter");
        await keys.PressAsync("r");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Escape");
        await keys.PressAsync("w");
        await keys.TypeAsync("mangue");
        await keys.PressAsync("Shift+Tab");
        await keys.PressAsync("Enter");
        await page.Locator("[name=raiseNumber]").FocusAsync();
        await keys.TypeAsync("76543210");
        await keys.PressAsync("Enter");
        await keys.PressAsync("d");
        foreach (var _ in new[] { 1, 2 }) await keys.PressAsync("ArrowRight");
        await Expect(page.Locator("[name=raiseDropped][value=neverRing]")).ToBeCheckedAsync();
        await keys.PressAsync("n");
        await keys.TypeAsync("pense partir ce soir");
        await Look.Picture(page, "hotline-raise-fr");
        await keys.PressAsync("Control+Enter");

        await Expect(page.Locator("[data-raise]")).ToBeHiddenAsync();
        await Expect(page.Locator("[data-notice-text]")).ToHaveTextAsync("Demande ouverte. Elle est à vous.");
        await Expect(bintou.Items).ToHaveAttributeAsync("data-state", "taken");
        var facts = page.Locator("[data-facts]");
        foreach (var said in new[] { "Grand-Marché, derrière la pharmacie", "76543210", "mangue", "Ne jamais rappeler", "pense partir ce soir", "appel", "dit à Bintou F." }) await Expect(facts).ToContainTextAsync(said);
        await Expect(page.Locator("[data-needs] > li")).ToHaveCountAsync(1);
        Assert.Empty(town.Unexpected);
    }

    [Fact]
    public async Task Nothing_is_asked_for_and_enter_alone_opens_a_request()
    {
        await using var town = await Town.Open(chromium);
        var bintou = await Staff.OnTheLine(town, "hotline1", Words.English);
        await bintou.Page.Keyboard.PressAsync("a");
        await bintou.Page.Keyboard.PressAsync("Enter");
        await Expect(bintou.Items).ToHaveCountAsync(1);
        await Expect(bintou.Items).ToHaveAttributeAsync("data-state", "taken");
        await Expect(bintou.Page.Locator("[data-facts]")).ToContainTextAsync("call");
    }

    [Fact]
    public async Task Police_only_after_her_yes_to_the_question_about_police()
    {
        await using var town = await Town.Open(chromium);
        var bintou = await Staff.OnTheLine(town, "hotline1", Words.French);
        var (page, keys) = (bintou.Page, bintou.Page.Keyboard);
        async Task Opens(params string[] pressed)
        {
            await keys.PressAsync("a");
            foreach (var key in pressed) await keys.PressAsync(key);
            await keys.PressAsync("Enter");
            await Expect(page.Locator("[data-notice-text]")).ToHaveTextAsync("Demande ouverte. Elle est à vous.");
        }

        // Pressed and not answered: no need of police, and nothing on record.
        await Opens("1", "7");
        await Expect(page.Locator("[data-needs] > li")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-disclosed]")).ToBeHiddenAsync();
        // Answered and taken back.
        await Opens("1", "7", "y", "7");
        await Expect(page.Locator("[data-disclosed]")).ToBeHiddenAsync();

        await keys.PressAsync("a");
        await keys.PressAsync("7");
        await Expect(page.Locator("[data-police-step]")).ToContainTextAsync("Seulement si vous le voulez");
        await keys.PressAsync("y");
        await Expect(page.Locator("[data-police-step]")).ToBeHiddenAsync();
        await Expect(page.Locator("[data-police-state]")).ToContainTextAsync("elle a dit oui");
        await Expect(page.Locator("[name=raiseAgreed]")).Not.ToBeCheckedAsync();
        await keys.PressAsync("Enter");
        await Expect(page.Locator("[data-disclosures]")).ToContainTextAsync("Elle est d'accord");
        await Expect(page.Locator("[data-needs] > li")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-needs]")).ToContainTextAsync("Police");
    }

    [Fact]
    public async Task A_child_hears_the_limits_before_a_note_is_written()
    {
        await using var town = await Town.Open(chromium);
        var bintou = await Staff.OnTheLine(town, "hotline1", Words.French);
        var (page, keys) = (bintou.Page, bintou.Page.Keyboard);
        await keys.PressAsync("a");
        await keys.PressAsync("g");
        await keys.PressAsync("ArrowRight");
        await keys.PressAsync("ArrowRight");
        await Expect(page.Locator("[name=raiseAge][value='12to14']")).ToBeCheckedAsync();
        await Expect(page.Locator("[name=raiseNote]")).ToBeDisabledAsync();
        await Expect(page.Locator("[data-raise-child]")).ToContainTextAsync("Ce que tu me dis reste entre nous");
        await page.Locator("[data-raise-limits-said]").FocusAsync();
        await keys.PressAsync("Enter");
        await keys.PressAsync("n");
        await keys.TypeAsync("chez sa tante");
        await Look.Picture(page, "hotline-raise-child-fr");
        await keys.PressAsync("Control+Enter");
        await Expect(page.Locator("[data-facts]")).ToContainTextAsync("chez sa tante");
        await Expect(page.Locator("[data-limits-state]")).ToContainTextAsync("Bintou F.");
        await Expect(page.Locator("[data-guardians-state]")).ToHaveTextAsync("Ses tuteurs ne doivent pas savoir.");
    }

    [Fact]
    public async Task What_is_typed_survives_a_lost_network_and_a_queue_that_changes_and_is_sent_once()
    {
        await using var town = await Town.Open(chromium);
        var bintou = await Staff.OnTheLine(town, "hotline1", Words.French);
        var (page, keys) = (bintou.Page, bintou.Page.Keyboard);
        await keys.PressAsync("a");
        await keys.PressAsync("z");
        await keys.TypeAsync("près du pont vert");
        await (await Her.Opens(town, Words.French)).Presses();
        await Expect(bintou.Items).ToHaveCountAsync(1);
        await Expect(page.Locator("[name=raiseArea]")).ToBeFocusedAsync();
        await Expect(page.Locator("[name=raiseArea]")).ToHaveValueAsync("près du pont vert");
        await keys.PressAsync("Escape");
        await keys.PressAsync("Escape");
        await Expect(page.Locator("[data-raise]")).ToBeHiddenAsync();
        await Expect(page.Locator("[data-aside]")).ToHaveTextAsync("Une demande est commencée : A pour y revenir.");

        await page.Context.SetOfflineAsync(true);
        await keys.PressAsync("a");
        await Expect(page.Locator("[name=raiseArea]")).ToHaveValueAsync("près du pont vert");
        await keys.PressAsync("1");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("[data-unsent]")).ToHaveTextAsync("1 envoi attend le réseau. Rien n'est perdu, on réessaie.");
        // The next one rings while the first still waits.
        await keys.PressAsync("a");
        await Expect(page.Locator("[name=raiseArea]")).ToHaveValueAsync("");
        await keys.PressAsync("Escape");
        await page.Context.SetOfflineAsync(false);
        await Expect(page.Locator("[data-unsent]")).ToBeHiddenAsync(new() { Timeout = 20_000 });
        await Expect(bintou.Items).ToHaveCountAsync(2);
        await Expect(page.Locator("[data-facts]")).ToContainTextAsync("près du pont vert");
    }

    [Fact]
    public async Task An_answer_that_was_lost_opens_nothing_twice()
    {
        await using var town = await Town.Open(chromium);
        var bintou = await Staff.OnTheLine(town, "hotline1", Words.French);
        var page = bintou.Page;
        var lost = 0;
        await page.RouteAsync("**/calls", async route =>
        {
            if (lost++ > 0) { await route.ContinueAsync(); return; }
            await route.FetchAsync();
            await route.AbortAsync();
        });
        await page.Keyboard.PressAsync("a");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-notice-text]")).ToHaveTextAsync("Demande ouverte. Elle est à vous.", new() { Timeout = 20_000 });
        Assert.Equal(2, lost);
        await Expect(bintou.Items).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task What_is_refused_comes_back_as_it_was_typed()
    {
        await using var town = await Town.Open(chromium);
        var bintou = await Staff.OnTheLine(town, "hotline1", Words.French);
        var (page, keys) = (bintou.Page, bintou.Page.Keyboard);
        await page.RouteAsync("**/calls", route => route.FulfillAsync(new() { Status = 400, ContentType = "application/problem+json", Body = JsonSerializer.Serialize(new { code = "invalid_body" }) }));
        await keys.PressAsync("a");
        await keys.PressAsync("2");
        await keys.PressAsync("o");
        await keys.TypeAsync("le pont");
        await keys.PressAsync("Control+Enter");
        await Expect(page.Locator("[data-raise-problem]")).ToHaveTextAsync("Quelque chose manque ou est trop long. Rien n'a été enregistré.");
        await Expect(page.Locator("[name=raiseLandmark]")).ToHaveValueAsync("le pont");
        await Expect(page.Locator("[data-wish=shelter]")).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task The_row_of_figures_works_on_a_french_keyboard()
    {
        await using var town = await Town.Open(chromium);
        var page = (await Staff.OnTheLine(town, "hotline1", Words.French)).Page;
        await page.Keyboard.PressAsync("a");
        await page.Locator("[data-raise-title]").EvaluateAsync("(title) => title.dispatchEvent(new KeyboardEvent('keydown', { key: '&', code: 'Digit1', bubbles: true, cancelable: true }))");
        await Expect(page.Locator("[data-wish=health]")).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Theory]
    [InlineData("fr", "Écouter")]
    [InlineData("en", "Listen")]
    public async Task The_prompts_are_at_hand_and_never_in_the_way(string lang, string first)
    {
        await using var town = await Town.Open(chromium);
        var words = lang == "fr" ? Words.French : Words.English;
        var bintou = await Staff.OnTheLine(town, "hotline1", words);
        var (page, keys) = (bintou.Page, bintou.Page.Keyboard);
        await keys.PressAsync("a");
        await keys.PressAsync("l");
        await Expect(page.Locator("[data-prompts]")).ToContainTextAsync(first);
        await Expect(page.Locator("[data-prompts] dt")).ToHaveCountAsync(5);
        await Expect(page.Locator("[data-raise-title]")).ToBeFocusedAsync();
        await keys.PressAsync("1");
        await Expect(page.Locator("[data-wish=health]")).ToHaveAttributeAsync("aria-pressed", "true");
        await Look.Picture(page, $"hotline-lives-{lang}");
        await keys.PressAsync("l");
        await Expect(page.Locator("[data-prompts]")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Advice_is_counted_by_one_key_and_a_reason()
    {
        await using var town = await Town.Open(chromium);
        var bintou = await Staff.OnTheLine(town, "hotline1", Words.French);
        var (page, keys) = (bintou.Page, bintou.Page.Keyboard);
        foreach (var count in new[] { 1, 2 })
        {
            await keys.PressAsync("i");
            await Expect(page.Locator("[data-advice-title]")).ToBeFocusedAsync();
            await keys.PressAsync("2");
            await Expect(page.Locator("[data-notice-text]")).ToHaveTextAsync($"Compté : Droits. Conseils aujourd'hui : {count}.");
            await Expect(page.Locator("[data-advice]")).ToBeHiddenAsync();
        }

        await Expect(bintou.Items).ToHaveCountAsync(0);
        await keys.PressAsync("i");
        await Look.Picture(page, "hotline-advice-fr");
        await keys.PressAsync("Escape");
        await Expect(page.Locator("[data-advice]")).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task It_fits_every_screen(string lang)
    {
        await using var town = await Town.Open(chromium);
        var page = (await Staff.OnTheLine(town, "supervisor1", lang == "fr" ? Words.French : Words.English)).Page;
        var look = new Look(lang);
        await page.Keyboard.PressAsync("a");
        await page.Keyboard.PressAsync("7");
        await page.Keyboard.PressAsync("l");
        await look.At(page, "hotline-raise");
        await page.Keyboard.PressAsync("l");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("i");
        await look.At(page, "hotline-advice");
        await page.Keyboard.PressAsync("Escape");
        await page.Says("POST", "/api/v1/hotline/demo/calls", new { needs = new[] { "health", "shelter" }, area = "Badala" });
        await page.Keyboard.PressAsync("o");
        await Expect(page.Locator("[data-overview-rows] > li")).ToHaveCountAsync(1);
        await look.At(page, "hotline-overview");
        look.FoundNothingWrong();
    }
}
