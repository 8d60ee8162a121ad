using System.Text;
using Dispatch.Web.Staff;
using Dispatch.Web.Tests.Gateways;
using Dispatch.Web.Tests.Harness;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests.Partners;

/// <summary>What comes to a partner's addresses under no key, under another's or in no shape: refused, and nothing comes of it.</summary>
public sealed class PartnerGarbageTests(PartnerHost host) : IClassFixture<PartnerHost>
{
    private const string Raise = "/api/v1/partner/alerts";
    private const string Look = $"{Raise}/{{id}}";
    private const string Cancel = $"{Raise}/{{id}}/cancel";
    private const string Own = "/api/v1/partner";

    [Fact]
    public async Task Every_address_of_partners_is_closed_to_whoever_has_no_key()
    {
        var mapped = host.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(a => a.Policy is Policies.PartnerRaise or Policies.PartnerStatus)).Select(e => $"/{e.RoutePattern.RawText!.Trim('/')}");
        Assert.Equal([Own, Raise, Look, Cancel], mapped.Order(StringComparer.Ordinal));

        var (app, alert) = (await host.Partner(), await host.Anybody().Raised(new { }));
        var (before, forged) = (await Alerts(), app.Text[..^1] + (app.Text[^1] is 'A' ? 'B' : 'A'));
        foreach (var caller in new[] { host.Anybody(), host.Anybody().With(forged), host.Anybody().With(alert.Caller.Token!), await host.SignIn("boss") })
        {
            (await caller.Get(Own)).Is(401, "not_signed_in");
            (await caller.Post(Raise, new { needs = new[] { "health" } }, Key())).Is(401, "not_signed_in");
            (await caller.Get(Look.Replace("{id}", alert.Id, StringComparison.Ordinal))).Is(401, "not_signed_in");
            (await caller.Post(Cancel.Replace("{id}", alert.Id, StringComparison.Ordinal), new { })).Is(401, "not_signed_in");
        }

        (await app.Caller.Post(Cancel.Replace("{id}", alert.Id, StringComparison.Ordinal), new { })).Is(404, "not_found");
        Assert.Equal(before, await Alerts());
        Assert.NotEqual("cancelled", (await alert.Look()).Is(200).Text("status"));
    }

    [Fact]
    public async Task Nonsense_is_refused_and_raises_nothing()
    {
        var app = await host.Partner();
        var before = await Alerts();
        // Nothing at all is the bare press, of which nothing is required.
        foreach (var (type, body) in Garbage.All.Where(g => g.Body.Length > 0))
        {
            var answer = await app.Caller.Send(HttpMethod.Post, Raise, Content(type, body), Key());
            Assert.True(answer.Status is >= 400 and < 500, $"{answer.Status} for {Encoding.UTF8.GetString(body)}: {answer.Body}");
            answer.Is(answer.Status, answer.Text("code"));
        }

        (await app.Caller.Send(HttpMethod.Post, Raise, Content(Garbage.Json, Garbage.TooLarge), Key())).Is(413, "payload_too_large");
        foreach (var key in new[] { "", "x", "00000000-0000-0000-0000-00000000000z", new string('1', 5_000) })
        {
            (await app.Caller.Post(Raise, new { needs = new[] { "health" } }, ("Idempotency-Key", key))).Is(400, "invalid_key");
        }

        Assert.Equal(before, await Alerts());
    }

    [Fact]
    public async Task The_same_again_is_one_alert_however_often()
    {
        var (app, key) = (await host.Partner(), Guid.NewGuid());
        var first = (await app.Raise(new { needs = new[] { "health" } }, key)).Is(202);
        var alerts = await Eventually.Get(Alerts, all => all.Contains(first.Text("id")));
        for (var i = 0; i < 3; i++) Assert.Equal(first.Body, (await app.Raise(new { needs = new[] { "health" } }, key)).Is(202).Body);
        Assert.Equal(alerts, await Alerts());
    }

    private static (string, string) Key() => ("Idempotency-Key", Guid.NewGuid().ToString("D"));

    private static ByteArrayContent Content(string type, byte[] body)
    {
        var content = new ByteArrayContent(body);
        if (type.Length > 0) content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private async Task<string[]> Alerts()
    {
        var queue = (await (await Boss()).Get("/api/v1/hotline/one/queue")).Is(200).Json;
        return [.. queue.GetProperty("items").EnumerateArray().Concat(queue.GetProperty("open").EnumerateArray()).Select(i => i.GetProperty("alertId").GetString()!).Distinct().Order(StringComparer.Ordinal)];
    }

    private Caller? _boss;

    private async Task<Caller> Boss() => _boss ??= await host.SignIn("boss");
}
