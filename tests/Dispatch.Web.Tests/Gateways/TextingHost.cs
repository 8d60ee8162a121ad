using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dispatch.Channels.Tests.Sms;
using Dispatch.Grains.Rows;
using Dispatch.Web.Audit;
using Dispatch.Web.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests.Gateways;

/// <summary>The real host with push to browsers and one gateway of each kind, all of them on loopback: Mali by Kannel, Burkina Faso by Twilio, Benin by a phone and then Africa's Talking.</summary>
public class TextingHost : RunningHost
{
    public const string Secret = "a-secret-for-tests";
    private const string Token = "a-token";
    private const string SigningKey = "a-signing-key";

    private readonly ConcurrentDictionary<string, int> _ids = new();
    private readonly ConcurrentDictionary<string, string> _africas = new();
    private readonly List<Phone> _raised = [];
    private Caller? _taker;

    internal Loopback Far { get; private set; } = null!;

    /// <summary>A phone without network.</summary>
    public bool PhoneIsAway { get; set; }

    /// <summary>What Africa's Talking calls the last text that it took for this number.</summary>
    public string AfricasId(string number) => _africas[number];

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

    public async Task<Phone> Raised(object body)
    {
        var phone = await Anybody().Raised(body);
        _raised.Add(phone);
        return phone;
    }

    /// <summary>Whoever comes on duty is asked for every alert that is still open: a story begins without those of the ones before.</summary>
    public async Task EverythingIsOver()
    {
        foreach (var phone in _raised) (await phone.Cancel(new { })).Is(200);
        _raised.Clear();
    }

    /// <summary>Everything sent to this number, in order.</summary>
    public IReadOnlyList<string> Texts(string number) => [.. Far.All.Where(a => To(a) == number).Select(Text)];

    /// <summary>Our reference in the last text to this number.</summary>
    public string Reference(string number)
    {
        var last = Far.All.Last(a => To(a) == number);
        if (last.Path == "/phone") return JsonDocument.Parse(last.Body).RootElement.GetProperty("id").GetString()!;
        var report = last.Fields.GetValueOrDefault("dlr-url") ?? last.Fields["StatusCallback"];
        return Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(report.Replace("%d", "", StringComparison.Ordinal)).Query)["ref"]!;
    }

    /// <summary>One offer, as the line sees it.</summary>
    public async Task<JsonElement> OnTheLine(string offer)
    {
        _taker ??= await SignIn("taker");
        var alert = (await _taker.Get($"/api/v1/alerts/{offer[..offer.LastIndexOf('.')]}")).Is(200).Json;
        return alert.GetProperty("offers").EnumerateArray().Single(o => o.GetProperty("offerId").GetString() == offer);
    }

    public Task<Answer> KannelSays(string path, string query, string secret = Secret) => Anybody().Get($"/gateways/sms/kannel{path}/{secret}?{query}");

    public Task<Answer> KannelBrings(string from, string text, string? id = null) =>
        KannelSays("", $"id={id ?? Guid.NewGuid().ToString()}&from={Uri.EscapeDataString(from)}&text={Uri.EscapeDataString(text)}");

    public Task<Answer> TwilioSays(string path, (string Name, string Value)[] fields, string token = Token) => TwilioCaller.Says(Anybody(), path, fields, token);

    public Task<Answer> PhoneSays(string path, object body, string key = SigningKey, TimeSpan late = default)
    {
        var (text, at) = (JsonSerializer.Serialize(body), (Clock.GetUtcNow() - late).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text + at)));
        return Anybody().Post(path, text, ("X-Signature", signature), ("X-Timestamp", at));
    }

    internal async Task<IReadOnlyList<AuditRow>> Audit() =>
        await App.Services.GetRequiredService<IRows>().All<AuditRow>(Tables.Audit, $"TT/{Clock.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture)}");

    protected override void Configure(WebApplicationBuilder builder)
    {
        Dictionary<string, string?> settings = new()
        {
            ["WebPush:Contact"] = "mailto:line@example.org",
            ["Sms:PublicUrl"] = TwilioCaller.PublicUrl,
            ["Sms:Gateways:kannel:Kind"] = "Kannel", ["Sms:Gateways:kannel:Url"] = $"{Far.Address}kannel", ["Sms:Gateways:kannel:User"] = "u", ["Sms:Gateways:kannel:Password"] = "p", ["Sms:Gateways:kannel:Secret"] = Secret,
            ["Sms:Gateways:twilio:Kind"] = "Twilio", ["Sms:Gateways:twilio:Url"] = $"{Far.Address}twilio", ["Sms:Gateways:twilio:AccountSid"] = "AC1", ["Sms:Gateways:twilio:AuthToken"] = Token, ["Sms:Gateways:twilio:From"] = "+1",
            ["Sms:Gateways:phone:Kind"] = "Android", ["Sms:Gateways:phone:Url"] = $"{Far.Address}phone", ["Sms:Gateways:phone:User"] = "u", ["Sms:Gateways:phone:Password"] = "p", ["Sms:Gateways:phone:SigningKey"] = SigningKey,
            ["Sms:Gateways:africa:Kind"] = "AfricasTalking", ["Sms:Gateways:africa:Url"] = $"{Far.Address}africa", ["Sms:Gateways:africa:UserName"] = "u", ["Sms:Gateways:africa:ApiKey"] = "k", ["Sms:Gateways:africa:Secret"] = Secret,
            ["Sms:Routes:223"] = "kannel", ["Sms:Routes:226:0"] = "twilio", ["Sms:Routes:229"] = "phone, africa",
        };
        builder.Configuration.AddInMemoryCollection(settings);
    }

    private Task Answer(HttpContext http)
    {
        var n = _ids.AddOrUpdate(http.Request.Path, 1, (_, n) => n + 1);
        return http.Request.Path.Value switch
        {
            "/kannel" => Loopback.Says(202, "0: Accepted for delivery")(http),
            "/twilio" => Loopback.Says(201, $$"""{"sid":"SM{{n}}"}""")(http),
            "/phone" when PhoneIsAway => Loopback.Says(500, "")(http),
            "/phone" => Loopback.Says(202, """{"id":"any"}""")(http),
            "/africa" => Loopback.Says(201, """{"SMSMessageData":{"Recipients":[{"statusCode":101,"messageId":"ID"}]}}""".Replace("ID", Named(http, n), StringComparison.Ordinal))(http),
            _ => Loopback.Says(404, "")(http),
        };
    }

    private string Named(HttpContext http, int n) => _africas[To((Asked)http.Items[nameof(Asked)]!)] = $"ATPid_{n}";

    private static string To(Asked asked) => asked.Path == "/phone" ? JsonDocument.Parse(asked.Body).RootElement.GetProperty("phoneNumbers")[0].GetString()! : asked.Fields.GetValueOrDefault("to") ?? asked.Fields["To"];

    private static string Text(Asked asked) => asked.Path == "/phone" ? JsonDocument.Parse(asked.Body).RootElement.GetProperty("textMessage").GetProperty("text").GetString()!
        : asked.Fields.GetValueOrDefault("text") ?? asked.Fields.GetValueOrDefault("message") ?? asked.Fields["Body"];
}
