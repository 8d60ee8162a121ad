using System.Runtime.CompilerServices;
using System.Text.Json;
using Dispatch.Domain.Alerts;
using Dispatch.Grains.Alerts;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Web.Tests.Gateways.Texts;

/// <summary>What a call-taker of the line sees of texts and menus.</summary>
internal sealed class Line(RunningHost host, Caller taker)
{
    private static readonly ConditionalWeakTable<RunningHost, string> Tokens = [];

    public Caller Taker => taker;

    /// <summary>She signs in once: a host takes only so many sign-ins in a minute.</summary>
    public static async Task<Line> Of(RunningHost host)
    {
        if (!Tokens.TryGetValue(host, out var token))
        {
            token = (await host.SignIn("taker")).Token!;
            Tokens.AddOrUpdate(host, token);
        }

        return new Line(host, host.Anybody().With(token));
    }

    /// <summary>Of the line's queue.</summary>
    public async Task<IReadOnlyList<JsonElement>> Items(string reason) =>
        [.. (await taker.Get("/api/v1/hotline/one/queue")).Is(200).Json.GetProperty("items").EnumerateArray().Where(i => i.GetProperty("reason").GetString() == reason)];

    public async Task<JsonElement> Contact(string number) => (await taker.Get($"/api/v1/hotline/contacts/{IdOf(number)}")).Is(200).Json;

    public async Task<bool> Knows(string number) => (await taker.Get($"/api/v1/hotline/contacts/{IdOf(number)}")).Status == 200;

    /// <summary>The alert that what came from this number is about, once it is there.</summary>
    public async Task<Alert> AlertOf(string number)
    {
        var contact = await Eventually.Get(() => Contact(number), c => c.TryGetProperty("tie", out var tie) && tie.GetProperty("raised").GetBoolean());
        return await Alert(contact.GetProperty("tie").GetProperty("alertId").GetString()!);
    }

    public async Task<Alert> Alert(string id) => (await host.App.Services.GetRequiredService<IGrainFactory>().GetGrain<IAlertGrain>(id).HotlineView())!.Alert;

    public async Task<IReadOnlyList<string>> Texts(string number) => [.. (await Contact(number)).GetProperty("texts").EnumerateArray().Select(t => t.GetProperty("text").GetString()!)];

    /// <summary>Until the alert from the app and the number that was typed into it are known together.</summary>
    public Task IsNamed(string number, string alert) =>
        Eventually.Get(() => host.App.Services.GetRequiredService<Dispatch.Web.Contacts.NamedNumbers>().Of(IdOf(number)), named => named.Any(n => n.AlertId == alert));

    public async Task MarkSafe(string number, bool text = true, bool call = false) =>
        (await taker.Put($"/api/v1/hotline/contacts/{IdOf(number)}/mark", new { mayCall = call, mayText = text, from = "00:00", until = "23:59" })).Is(200);

    public Task<Answer> Part(string number, string alert) => taker.Post($"/api/v1/hotline/contacts/{IdOf(number)}/untie", new { alertId = alert, separate = true });

    public string IdOf(string number) => host.App.Services.GetRequiredService<Dispatch.Web.Contacts.ContactDesk>().IdOf(new Dispatch.Web.Contacts.InboundNumber("one", "test", number));
}
