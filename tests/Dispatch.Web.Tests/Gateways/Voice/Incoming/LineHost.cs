using System.Text.Json;
using Dispatch.Web.Contacts;
using Dispatch.Web.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests.Gateways.Voice.Incoming;

/// <summary>The same host, with a line that can be rung through each of its gateways.</summary>
public class LineHost : CallingHost
{
    public const string Desk = "+22320000000";
    public const string BeepNumber = "80111";

    private Caller? _taker;

    public async Task<Caller> Taker() => _taker ??= await SignIn("taker");

    public Task<Answer> Bridge(object said, string secret = Secret, string? reference = null) => Anybody().Post($"/gateways/voice/bridge/{secret}{(reference is null ? "" : $"?ref={reference}")}", said);

    public Task<Answer> Twilio(string number, string call, string query, (string, string)[] more, string token = "a-token") =>
        TwilioCaller.Says(Anybody(), $"/gateways/voice/twilio{query}", [("CallSid", call), ("Direction", "inbound"), ("From", number), ("To", "+22680001287"), .. more], token);

    public Task<Answer> Africa(string number, string session, string fields, string query = "", string secret = Secret) =>
        Anybody().Form($"/gateways/voice/africa/{secret}{query}", $"sessionId={session}&direction=Inbound&callerNumber={Uri.EscapeDataString(number)}&destinationNumber=%2B22920000000&{fields}");

    public async Task<JsonElement[]> Items() => [.. (await (await Taker()).Get("/api/v1/hotline/one/queue")).Is(200).Json.GetProperty("items").EnumerateArray().Where(i => i.TryGetProperty("contactId", out _))];

    /// <summary>What is in the queue of this number, taken or not.</summary>
    public async Task<JsonElement?> Item(string number, string reason)
    {
        var id = App.Services.GetRequiredService<ContactDesk>().IdOf(new InboundNumber("one", "any", number));
        return (await Items()).Where(i => i.GetProperty("contactId").GetString() == id && i.GetProperty("reason").GetString() == reason).Select(i => (JsonElement?)i).SingleOrDefault();
    }

    public async Task<JsonElement> Contact(JsonElement item) => (await (await Taker()).Get($"/api/v1/hotline/contacts/{item.GetProperty("contactId").GetString()}")).Is(200).Json;

    protected override void Configure(WebApplicationBuilder builder)
    {
        base.Configure(builder);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Lines:one:Desk"] = Desk, ["Lines:one:Languages:0"] = "fr", ["Lines:one:Languages:1"] = "en", ["Lines:one:AnswerPercent"] = "85", ["Voice:Gateways:bridge:Beep"] = BeepNumber,
        });
    }
}
