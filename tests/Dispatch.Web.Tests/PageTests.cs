using System.Text.RegularExpressions;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests;

public sealed class PageTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    [Theory]
    [InlineData("/")]
    [InlineData("/?lang=en")]
    public async Task A_page_is_filled_in_her_language(string path)
    {
        var page = (await host.Anybody().Get(path)).Is(200);
        Assert.DoesNotContain("{{", page.Body, StringComparison.Ordinal);
        Assert.Contains(path.EndsWith("en", StringComparison.Ordinal) ? "<html lang=\"en\">" : "<html lang=\"fr\">", page.Body, StringComparison.Ordinal);
        Assert.Contains("tel:116", page.Body, StringComparison.Ordinal);
        Assert.DoesNotMatch(@">[a-z]+\.[a-zA-Z.]+<", page.Body);
    }

    [Fact]
    public async Task The_browsers_language_is_taken_where_we_speak_it()
    {
        Assert.Contains("lang=\"en\"", (await host.Anybody().Get("/", ("Accept-Language", "bm, en-GB;q=0.8, fr;q=0.5"))).Body, StringComparison.Ordinal);
        Assert.Contains("lang=\"fr\"", (await host.Anybody().Get("/?lang=../../etc", ("Accept-Language", "bm"))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_load_has_a_key_of_its_own()
    {
        async Task<string> Key() => Regex.Match((await host.Anybody().Get("/")).Body, "name=\"key\" value=\"([^\"]+)\"").Groups[1].Value;
        var (one, two) = (await Key(), await Key());
        Assert.True(Guid.TryParse(one, out _));
        Assert.NotEqual(one, two);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1/me")]
    [InlineData("/nowhere")]
    public async Task Every_answer_carries_the_headers(string path)
    {
        var headers = (await host.Anybody().Get(path)).Headers;
        Assert.Equal(Policy, headers["Content-Security-Policy"]);
        Assert.Equal("no-referrer", headers["Referrer-Policy"]);
        Assert.Equal("nosniff", headers["X-Content-Type-Options"]);
        Assert.Equal("same-origin", headers["Cross-Origin-Opener-Policy"]);
        Assert.Equal("no-store", headers["Cache-Control"]);
        Assert.True(headers.ContainsKey("Permissions-Policy"));
        Assert.False(headers.ContainsKey("Server"));
    }

    [Fact]
    public async Task An_asset_is_small_and_asked_for_again_only_when_it_changed()
    {
        var plain = (await host.Anybody().Get("/carnet.css")).Is(200);
        var small = (await host.Anybody().Get("/carnet.css", ("Accept-Encoding", "gzip, br"))).Is(200);
        Assert.Equal("br", small.Headers["Content-Encoding"]);
        Assert.True(small.Bytes.Length < plain.Bytes.Length / 2);
        Assert.Equal("no-cache", plain.Headers["Cache-Control"]);
        Assert.Empty((await host.Anybody().Get("/carnet.css", ("If-None-Match", plain.Headers["ETag"]))).Is(304).Bytes);
        Assert.Equal("application/manifest+json", (await host.Anybody().Get("/carnet.webmanifest")).Is(200).Headers["Content-Type"]);
        Assert.StartsWith("text/javascript", (await host.Anybody().Get("/lib/signalr.min.js")).Is(200).Headers["Content-Type"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/../appsettings.json")]
    [InlineData("/..%2fappsettings.json")]
    [InlineData("/%2e%2e/appsettings.json")]
    [InlineData("/Pages/carnet.html")]
    public async Task Nothing_beside_the_assets_is_served(string path) => (await host.Anybody().Get(path)).Is(404, "not_found");

    [Fact]
    public async Task Without_scripts_a_press_is_followed_and_cancelled()
    {
        var posted = (await host.Anybody().Form("/api/v1/alerts", $"key={Guid.NewGuid():D}&needs=health&police=no&note=by+the+well&lang=en")).Is(303);
        Assert.Equal("/note?lang=en", posted.Headers["Location"]);
        Assert.Equal("no-store", posted.Headers["Cache-Control"]);
        var cookie = posted.Headers["Set-Cookie"];
        foreach (var rule in new[] { "path=/note", "httponly", "samesite=strict", "max-age=120" }) Assert.Contains(rule, cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);

        var held = ("Cookie", cookie.Split(';')[0]);
        var note = (await host.Anybody().Get("/note?lang=en", held, ("Accept-Encoding", "gzip"))).Is(200);
        Assert.False(note.Headers.ContainsKey("Content-Encoding"));
        Assert.Contains("Received at", note.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", note.Body, StringComparison.Ordinal);

        var after = (await host.Anybody().Form("/note/cancel", "pin=&lang=en", held)).Is(200);
        Assert.Contains("Cancelled.", after.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Received at", after.Body, StringComparison.Ordinal);
        Assert.Equal("/", (await host.Anybody().Get("/note")).Is(302).Headers["Location"]);
    }

    [Fact]
    public async Task A_form_sent_again_with_other_words_is_an_alert_of_its_own()
    {
        var key = Guid.NewGuid();
        var one = (await host.Anybody().Form("/api/v1/alerts", $"key={key:D}&note=one")).Is(303).Headers["Set-Cookie"];
        var same = (await host.Anybody().Form("/api/v1/alerts", $"key={key:D}&note=one")).Is(303).Headers["Set-Cookie"];
        var other = (await host.Anybody().Form("/api/v1/alerts", $"key={key:D}&note=two")).Is(303).Headers["Set-Cookie"];
        var broken = (await host.Anybody().Form("/api/v1/alerts", "key=&needs=nonsense")).Is(303).Headers["Set-Cookie"];
        Assert.Equal(one, same);
        Assert.Equal(3, new[] { one, other, broken }.Distinct().Count());
    }

    [Fact]
    public async Task It_says_when_it_lives_and_when_it_is_ready()
    {
        (await host.Anybody().Get("/health/live")).Is(200);
        await Eventually.Get(() => host.Anybody().Get("/health/ready"), a => a.Status == 200);
    }

    [Fact]
    public async Task What_is_not_there_says_so_in_one_form()
    {
        (await host.Anybody().Get("/api/v1/nowhere")).Is(404, "not_found");
        (await host.Anybody().Send(HttpMethod.Delete, "/api/v1/alerts", null)).Is(405, "method_not_allowed");
        (await host.Anybody().Post("/api/v1/sign-in", "not json")).Is(400, "invalid_body");
        (await host.Anybody().Send(HttpMethod.Post, "/api/v1/sign-in", new StringContent("x"))).Is(415, "unsupported_media_type");
    }
}
