using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests;

public sealed class DisclosureTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task Nobody_in_a_police_run_house_learns_of_it_without_her_consent()
    {
        var (counsellor, officer) = (await host.OnDuty("counsellor"), await host.OnDuty("officer"));
        var silent = await host.Anybody().Raised(new { needs = new[] { "psychosocial", "health" } });
        await Eventually.Get(() => Steps(silent), entered => entered >= 2);
        Assert.Equal("""{"offers":[]}""", (await counsellor.Get("/api/v1/me/offers")).Is(200).Body);
        Assert.Equal("""{"offers":[]}""", (await officer.Get("/api/v1/me/offers")).Is(200).Body);

        // The same question to the same person, asked by somebody who agreed to it: so it was the consent that was missing, and nothing else.
        var agreed = await host.Anybody().Raised(new { needs = new[] { "psychosocial", "police" }, policeConsent = new { wordingVersion = "2026-11", language = "fr" } });
        Assert.StartsWith(agreed.Id, await Eventually.Offer(counsellor), StringComparison.Ordinal);
        Assert.StartsWith(agreed.Id, await Eventually.Offer(officer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_she_excludes_by_name_is_not_asked()
    {
        var (known, other) = (await host.OnDuty("nurse1"), await host.OnDuty("nurse2"));
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" }, exclusions = new { people = new[] { " nurse   1 " } } });
        Assert.StartsWith(phone.Id, await Eventually.Offer(other), StringComparison.Ordinal);
        // Other stories of this host may ask her of other alerts.
        Assert.DoesNotContain(phone.Id, (await known.Get("/api/v1/me/offers")).Is(200).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_persons_offer_does_not_exist()
    {
        var (asked, stranger) = (await host.OnDuty("nurse3"), await host.SignIn("nurse4"));
        await host.Anybody().Raised(new { needs = new[] { "health" }, exclusions = new { people = new[] { "Nurse 1", "Nurse 2" } } });
        var offer = await Eventually.Offer(asked);
        (await stranger.Post($"/api/v1/offers/{offer}/accept")).Is(404, "not_found");
        (await stranger.Post($"/api/v1/offers/{offer}/decline", new { reason = "busy" })).Is(404, "not_found");
        (await stranger.Post($"/api/v1/assignments/{offer}/progress", new { state = "noConflict" })).Is(404, "not_found");
        (await asked.Post($"/api/v1/offers/{offer}/accept", new { etaMinutes = -1 })).Is(422, "eta_out_of_range");
        (await asked.Post($"/api/v1/offers/{offer}/decline", new { reason = "busy" })).Is(200);
    }

    [Fact]
    public async Task What_she_writes_is_nowhere_in_the_store_in_clear()
    {
        var phone = await host.Anybody().Raised(new { note = "wordNote", location = new { landmark = "wordPlace" }, safeContact = new { channel = "call", number = "wordNumber", codeWord = "wordCode" }, pin = "wordPin", exclusions = new { people = new[] { "wordPerson" } } });
        (await phone.Look()).Is(200);
        var files = Directory.GetFiles(host.Store, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)).Select(ReadShared).ToArray();
        Assert.Contains(files, f => f.Contains(phone.Id, StringComparison.Ordinal));
        foreach (var word in new[] { "wordNote", "wordPlace", "wordNumber", "wordCode", "wordPin", "wordPerson", "Nurse 1", "nurse1" })
        {
            Assert.DoesNotContain(files, f => f.Contains(word, StringComparison.Ordinal));
        }
    }

    private async Task<int> Steps(Phone phone)
    {
        var alert = await (await host.SignIn("boss")).Get($"/api/v1/alerts/{phone.Id}");
        return alert.Is(200).Json.GetProperty("timeline").EnumerateArray().Count(l => l.GetProperty("kind").GetString() is "stepEntered" or "stepSkipped");
    }

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
