using System.Globalization;
using System.Text;
using System.Text.Json;
using Dispatch.Domain.Alerts;
using Dispatch.Web.Gateways;
using Dispatch.Web.Staff;
using Dispatch.Web.Tests.Harness;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests.Gateways;

/// <summary>Whatever comes to an address of gateways that is forged, said before or nonsense: it is refused in words of the contract and touches nothing. What has no line in the table fails here.</summary>
public sealed class EveryWebhookTests(EveryWayHost host) : IClassFixture<EveryWayHost>
{
    public static TheoryData<string> All => new(Webhook.All.Select(w => w.ToString()).ToArray());

    public static TheoryData<string> ThatBring => new(Webhook.All.Where(w => !w.Reports).Select(w => w.ToString()).ToArray());

    [Fact]
    public void Every_address_and_every_kind_of_gateway_is_in_the_table()
    {
        var mapped = host.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.Trim('/').StartsWith("gateways", StringComparison.Ordinal) || e.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(a => a.Policy == Policies.Gateway))
            .Select(e => e.RoutePattern.RawText!.Trim('/')).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(mapped, Webhook.All.Select(w => w.Route).Distinct().Order(StringComparer.Ordinal));

        var kinds = typeof(IGatewayWebhook).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IGatewayWebhook))).Select(t => t.Name).Order(StringComparer.Ordinal);
        var webhooks = host.App.Services.GetRequiredService<GatewayWebhooks>();
        Assert.Equal(kinds, Webhook.All.Select(w => webhooks.Of(w.What, w.Name)!.GetType().Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task What_is_forged_is_refused_and_touches_nothing(string name)
    {
        var (webhook, number) = Of(name, "1");
        var before = await Standing();
        foreach (var who in webhook.Forgers) (await webhook.Send(host, webhook.Says(number, "forged"), who)).Is(401, "not_signed_in");
        await NothingTouched(before, number);
    }

    [Theory]
    [MemberData(nameof(ThatBring))]
    public async Task The_same_again_is_answered_the_same_and_changes_nothing(string name)
    {
        var (webhook, number) = Of(name, "2");
        var (crew, id) = (await host.Everybody(), $"again-{number}");
        var first = await webhook.Send(host, webhook.Says(number, id));
        Assert.True(first.Status is 200 or 204, $"{first.Asked}: {first.Status} {first.Body}");
        var contact = await Eventually.Get(() => crew.Line.Contact(number), c => !c.TryGetProperty("tie", out var tie) || tie.GetProperty("raised").GetBoolean());
        var (known, alert) = (Seen(contact), contact.TryGetProperty("tie", out var tied) ? tied.GetProperty("alertId").GetString() : null);
        var alerts = await Eventually.Get(crew.Alerts, all => alert is null || all.Contains(alert));
        for (var i = 0; i < 3; i++)
        {
            var again = await webhook.Send(host, webhook.Says(number, id));
            Assert.Equal((first.Status, first.Body), (again.Status, again.Body));
        }

        Assert.Equal(known, Seen(await crew.Line.Contact(number)));
        Assert.Equal(alerts.Order(StringComparer.Ordinal), (await crew.Alerts()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Nonsense_is_refused_and_touches_nothing(string name)
    {
        var (webhook, number) = Of(name, "3");
        var before = await Standing();
        foreach (var (type, body) in Garbage.All) Refused(webhook, await webhook.Send(host, type, body), Encoding.UTF8.GetString(body));
        foreach (var needed in webhook.Needed) (await webhook.Send(host, [.. webhook.Says(number, "half").Where(f => f.Name != needed)])).Is(400, "invalid_body");
        (await webhook.Send(host, webhook.Type, Garbage.TooLarge)).Is(413, "payload_too_large");
        (await host.Anybody().Send(HttpMethod.Put, $"/{webhook.Route.Replace("{provider}", webhook.Name, StringComparison.Ordinal).Replace("{secret}", EveryWayHost.Secret, StringComparison.Ordinal)}", null)).Is(405, "method_not_allowed");
        await NothingTouched(before, number);
    }

    /// <summary>A phone cuts a long text by its length, in the middle of a picture or of a letter: what is left of it is heard.</summary>
    [Theory]
    [InlineData("75990001", @"aide moi \ud83d", "aide moi \ufffd")]
    [InlineData("75990002", @"\udc4d aide moi", "\ufffd aide moi")]
    [InlineData("75990003", @"aide \ud83d\udc4d moi \\ud83d", "aide \ud83d\udc4d moi \\ud83d")]
    public async Task A_text_that_was_cut_inside_a_character_is_heard(string national, string sent, string heard)
    {
        var (crew, phone, number) = (await host.Everybody(), Webhook.All.Single(w => w.ToString() == "sms/phone"), $"+223{national}");
        var body = $$$"""{"id":"cut-{{{national}}}","event":"sms:received","payload":{"sender":"{{{number}}}","message":"{{{sent}}}"}}""";
        (await phone.Send(host, Garbage.Json, Encoding.UTF8.GetBytes(body))).Is(204);
        Assert.Equal([heard], await crew.Line.Texts(number));
        Assert.Equal(IntakeChannel.Text, (await crew.Line.AlertOf(number)).Channel);
    }

    private static (Webhook Webhook, string Number) Of(string name, string test)
    {
        var at = Array.FindIndex(Webhook.All, w => w.ToString() == name);
        return (Webhook.All[at], string.Create(CultureInfo.InvariantCulture, $"+2237500{test}0{at:D2}"));
    }

    /// <summary>A real alert, and every other that the line sees.</summary>
    private async Task<(string Id, string Form, string[] Alerts)> Standing()
    {
        var crew = await host.Everybody();
        var phone = await host.Raised();
        var alert = await Eventually.Get(() => crew.Line.Alert(phone.Id), a => !a.Offers.IsEmpty);
        await Eventually.Get(crew.Alerts, alerts => alerts.Contains(phone.Id));
        return (alert.Id, AlertForm.Of(alert), await crew.Alerts());
    }

    private async Task NothingTouched((string Id, string Form, string[] Alerts) before, string number)
    {
        var crew = await host.Everybody();
        Assert.Equal(before.Form, AlertForm.Of(await crew.Line.Alert(before.Id)));
        Assert.Equal(before.Alerts.Order(StringComparer.Ordinal), (await crew.Alerts()).Order(StringComparer.Ordinal));
        Assert.False(await crew.Line.Knows(number));
    }

    private static void Refused(Webhook webhook, Answer answer, string body)
    {
        if (webhook.Reports && answer.Status is 204) return;
        Assert.True(answer.Status is >= 400 and < 500, $"{answer.Asked}: {answer.Status} for {body}: {answer.Body}");
        answer.Is(answer.Status, answer.Text("code"));
    }

    /// <summary>What a number's record says, without when it was read.</summary>
    private static string Seen(JsonElement contact) =>
        string.Join('\n', contact.EnumerateObject().Where(p => p.Name is "events" or "texts" or "calls" or "items" or "tie" or "formerTies").Select(p => $"{p.Name}: {p.Value.GetRawText()}"));
}
