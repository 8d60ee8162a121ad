using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Dispatch.Channels.Tests.Sms;
using Dispatch.Grains.Rows;
using Dispatch.Web.Audit;
using Dispatch.Web.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests.Gateways.Voice;

/// <summary>The real host with one gateway of each kind, all of them on loopback: Mali by a bridge, Burkina Faso by Twilio, Benin by Africa's Talking.</summary>
public class CallingHost : RunningHost
{
    public const string Secret = "a-secret-for-tests";
    private const string Token = "a-token";

    private static readonly object Health = new { needs = new[] { "health" } };

    private readonly ConcurrentBag<Phone> _raised = [];
    private int _sessions;
    private Caller? _taker;

    internal Loopback Far { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        Far = await Loopback.Start();
        Far.Answers = Answer;
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Far.DisposeAsync();
    }

    public async Task<Phone> Raised(object? body = null)
    {
        var phone = await Anybody().Raised(body ?? Health);
        _raised.Add(phone);
        return phone;
    }

    /// <summary>An alert that nobody answered would ring whoever comes on duty next.</summary>
    public Task EndAll() => Task.WhenAll(_raised.Select(async phone => (await phone.Cancel(new { })).Is(200)));

    /// <summary>Every call to this number, in order.</summary>
    internal IReadOnlyList<Asked> Calls(string number) => [.. Far.All.Where(a => a.Method == "POST" && (a.Fields.GetValueOrDefault("to") ?? a.Fields.GetValueOrDefault("To")) == number)];

    /// <summary>Our reference of the last call to this number.</summary>
    public string Reference(string number)
    {
        var last = Calls(number)[^1].Fields;
        return last.GetValueOrDefault("reference") ?? last.GetValueOrDefault("clientRequestId") ?? QueryHelpers.ParseQuery(new Uri(last["Url"]).Query)["ref"]!;
    }

    /// <summary>One offer, as the line sees it.</summary>
    public async Task<JsonElement> OnTheLine(string offer)
    {
        _taker ??= await SignIn("taker");
        var alert = (await _taker.Get($"/api/v1/alerts/{offer[..offer.LastIndexOf('.')]}")).Is(200).Json;
        return alert.GetProperty("offers").EnumerateArray().Single(o => o.GetProperty("offerId").GetString() == offer);
    }

    /// <summary>Of the last call to this number.</summary>
    public Task<Answer> BridgeSays(string number, string what, string? reference = null, string secret = Secret, string? to = null) =>
        Anybody().Form($"/gateways/voice/bridge/{secret}?ref={reference ?? Reference(number)}", $"event={what}&to={Uri.EscapeDataString(to ?? number)}");

    public Task<Answer> TwilioSays(string number, string on, (string Name, string Value)[] fields, string? reference = null, string token = Token) =>
        TwilioCaller.Says(Anybody(), $"/gateways/voice/twilio?ref={reference ?? Reference(number)}&on={on}", [("CallSid", "CA1"), ("To", number), .. fields], token);

    public Task<Answer> AfricaSays(string number, string fields, string query = "", string secret = Secret) =>
        Anybody().Form($"/gateways/voice/africa/{secret}{query}", $"sessionId=S&direction=Outbound&callerNumber={Uri.EscapeDataString(number)}&destinationNumber=%2B22920000000&{fields}");

    internal async Task<IReadOnlyList<AuditRow>> Audit() =>
        await App.Services.GetRequiredService<IRows>().All<AuditRow>(Tables.Audit, $"TT/{Clock.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture)}");

    protected override void Configure(WebApplicationBuilder builder) => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Voice:PublicUrl"] = TwilioCaller.PublicUrl,
        ["Voice:Gateways:bridge:Kind"] = "Bridge", ["Voice:Gateways:bridge:Url"] = $"{Far.Address}bridge", ["Voice:Gateways:bridge:Secret"] = Secret,
        ["Voice:Gateways:twilio:Kind"] = "Twilio", ["Voice:Gateways:twilio:Url"] = $"{Far.Address}Calls.json", ["Voice:Gateways:twilio:AccountSid"] = "AC1", ["Voice:Gateways:twilio:AuthToken"] = Token, ["Voice:Gateways:twilio:From"] = "+1",
        ["Voice:Gateways:africa:Kind"] = "AfricasTalking", ["Voice:Gateways:africa:Url"] = $"{Far.Address}africa", ["Voice:Gateways:africa:UserName"] = "u", ["Voice:Gateways:africa:ApiKey"] = "k", ["Voice:Gateways:africa:From"] = "+22920000000",
        ["Voice:Gateways:africa:Secret"] = Secret, ["Voice:Gateways:africa:Voices:fr"] = "fr-voice",
        ["Voice:Routes:223"] = "bridge", ["Voice:Routes:226"] = "twilio", ["Voice:Routes:229"] = "africa",
    });

    /// <summary>Further gateways of a host that has more than these.</summary>
    protected virtual Task AnswerOther(HttpContext http) => Loopback.Says(404, "")(http);

    private Task Answer(HttpContext http) => (http.Request.Method, http.Request.Path.Value) switch
    {
        ("POST", "/bridge") => Loopback.Says(201, "")(http),
        ("DELETE", { } path) when path.StartsWith("/bridge/", StringComparison.Ordinal) => Loopback.Says(204, "")(http),
        ("POST", "/Calls.json") => Loopback.Says(201, """{"sid":"CA1"}""")(http),
        ("POST", "/Calls/CA1.json") => Loopback.Says(200, "{}")(http),
        ("POST", "/africa") => Loopback.Says(201, """{"entries":[{"phoneNumber":"x","sessionId":"S_N","status":"Queued"}],"errorMessage":"None"}""".Replace("N", $"{Interlocked.Increment(ref _sessions)}", StringComparison.Ordinal))(http),
        _ => AnswerOther(http),
    };
}
