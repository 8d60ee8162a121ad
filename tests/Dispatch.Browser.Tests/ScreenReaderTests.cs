using Dispatch.Browser.Tests.Harness;

namespace Dispatch.Browser.Tests;

/// <summary>What a screen reader says, in its order: landmarks, headings, names of buttons.</summary>
[Collection(Browsers.Name)]
public sealed class ScreenReaderTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task Her_page_is_read_leave_first_then_the_button_then_the_choices()
    {
        await using var town = await Town.Open(chromium);
        var her = await Her.Opens(town, Words.French);
        await Expect(her.Page.Locator("body")).ToMatchAriaSnapshotAsync("""
            - banner:
              - paragraph: Carnet
              - link "Quitter"
            - main:
              - button "Demander de l'aide"
              - paragraph: /Un appui suffit/
              - group: D'abord choisir
              - group: À savoir
            - contentinfo:
              - link "English"
            """);
        await her.Page.Locator("[data-choose-open]").ClickAsync();
        await Expect(her.Page.Locator("[data-question=needs]")).ToMatchAriaSnapshotAsync("""
            - group "De quoi avez-vous besoin ?":
              - heading "De quoi avez-vous besoin ?" [level=2]
              - list:
                - listitem:
                  - checkbox "Des soins"
                - listitem:
                  - checkbox "Un endroit sûr"
                - listitem:
                  - checkbox "Être écoutée"
                - listitem:
                  - checkbox "Connaître mes droits"
                - listitem:
                  - checkbox "Être accompagnée"
                - listitem:
                  - checkbox "Un transport"
            """);
        await her.Presses();
        await her.IsReceived();
        await Expect(her.Page.Locator("[data-follow]")).ToMatchAriaSnapshotAsync("""
            - region "Votre demande":
              - status:
                - heading /Reçu à|prévenue/ [level=1]
              - group "De quoi avez-vous besoin ?"
              - paragraph:
                - button "Annuler ma demande"
            """);
    }

    [Fact]
    public async Task The_responders_page_is_read_need_mode_since_when_and_two_answers()
    {
        await using var town = await Town.Open(chromium);
        var awa = await Staff.OnDuty(town, "health1", Words.English);
        await (await Her.Opens(town, Words.English)).Presses();
        await Expect(awa.Offers).ToHaveCountAsync(1);
        await Expect(awa.Page.Locator("body")).ToMatchAriaSnapshotAsync("""
            - banner:
              - heading "Messages" [level=1]
              - status: Connected
            - main:
              - region "New messages":
                - heading "New messages" [level=2]
                - log:
                  - article:
                    - heading "Health" [level=3]
                    - paragraph: Call her
                    - paragraph: /Since .*/
                    - paragraph: /Code .*/
                    - button "Yes, I can"
                    - button "No, not this time"
              - region "Your duty":
                - heading "Your duty" [level=2]
                - status: You are on duty.
                - button "Go off duty"
            """);
    }

    [Fact]
    public async Task The_lines_console_is_read_queue_first_then_the_case()
    {
        await using var town = await Town.Open(chromium);
        await Staff.OnDuty(town, "health1", Words.English);
        var supervisor = await Staff.OnTheLine(town, "supervisor1", Words.English);
        await (await Her.Opens(town, Words.English)).Presses();
        await supervisor.Items.ClickAsync();
        await Expect(supervisor.Timeline("delivered")).ToHaveCountAsync(1);
        await Expect(supervisor.Page.Locator("body")).ToMatchAriaSnapshotAsync("""
            - banner:
              - heading "Line demo" [level=1]
              - status: Connected
              - button /Sound/
              - button "Sign out"
            - main:
              - region "Queue":
                - heading "Queue" [level=2]
                - list:
                  - listitem:
                    - button /Waiting .* Health/
              - region /New request/:
                - heading /New request/ [level=2]
                - paragraph:
                  - button "Take"
                - heading "Needs" [level=3]
                - list:
                  - listitem:
                    - strong: Health
                    - text: looking
                - table:
                  - rowgroup:
                    - row:
                      - columnheader
                - heading "What happened" [level=3]
                - list
            """);
    }
}
