using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Dispatch.Browser.Tests.Harness;

/// <summary>A woman's telephone, as the network speaks for it: through the same webhook as the demo's page that plays one.</summary>
public sealed class Telephone(Town town, string number) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = town.Host.Address };
    private readonly string _call = Guid.NewGuid().ToString("N");
    private string _next = "";

    public Task Rings() => Says(new { @event = "incoming", call = _call, from = number, to = "0" });

    public Task Presses(string digits) => Says(new { @event = "key", call = _call, from = number, to = "0", digits, next = _next });

    public Task HangsUp() => Says(new { @event = "ended", call = _call, from = number, to = "0" });

    /// <summary>The line rings it: what is to be answered by.</summary>
    public async Task<string> IsRung()
    {
        for (var tries = 0; ; tries++)
        {
            if ((await State()).TryGetProperty("rings", out var rings) && rings.GetString() is { } reference) return reference;
            Assert.True(tries < 300, "the telephone was never rung");
            await Task.Delay(50);
        }
    }

    /// <summary>Picks up, and says nothing until it gives a sign.</summary>
    public async Task Answers(string reference, string sign)
    {
        await Says(new { @event = "answered", call = reference, to = number }, reference);
        await Says(new { @event = "key", call = reference, to = number, digits = sign, next = _next }, reference);
    }

    /// <summary>Waits on, until it is put through: to which number.</summary>
    public async Task<string?> Waits(string reference) =>
        (await Says(new { @event = "key", call = reference, to = number, next = _next }, reference)) is { } step && step.TryGetProperty("connect", out var connect) ? connect.GetString() : null;

    public Task LetsItRing(string reference) => Says(new { @event = "noAnswer", call = reference, to = number }, reference);

    public void Dispose() => _http.Dispose();

    private Task<JsonElement> State() => _http.GetFromJsonAsync<JsonElement>($"/demo/phone/state?number={Uri.EscapeDataString(number)}");

    private async Task<JsonElement?> Says(object said, string? reference = null)
    {
        var webhook = (await _http.GetFromJsonAsync<JsonElement>("/demo/phone/state?number=0")).GetProperty("webhook").GetString();
        using var answer = await _http.PostAsJsonAsync(reference is null ? webhook : $"{webhook}?ref={Uri.EscapeDataString(reference)}", said);
        Assert.True(answer.IsSuccessStatusCode, $"the webhook answered {(int)answer.StatusCode}");
        if (answer.StatusCode is HttpStatusCode.NoContent) return null;
        var step = await answer.Content.ReadFromJsonAsync<JsonElement>();
        if (step.TryGetProperty("next", out var next)) _next = next.GetString() ?? "";
        return step;
    }
}
