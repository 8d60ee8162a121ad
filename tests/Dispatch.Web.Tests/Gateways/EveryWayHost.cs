using Dispatch.Channels.Tests.Sms;
using Dispatch.Web.Tests.Gateways.Voice.Incoming;
using Dispatch.Web.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Dispatch.Web.Tests.Gateways;

/// <summary>The real host with a gateway of every kind for texts, menus and calls. The machine rings nobody back: a test says who does.</summary>
public sealed class EveryWayHost : LineHost
{
    /// <summary>Of what signs its body and the time.</summary>
    public const string SigningKey = "a-signing-key-16";

    /// <summary>Of Twilio, for texts and calls.</summary>
    public const string Token = "a-token";

    private Crew? _crew;

    internal async Task<Crew> Everybody() => _crew ??= await Crew.OnDuty(this);

    public Task<Answer> Texts(string from, string text, string? id = null) =>
        Anybody().Get($"/gateways/sms/kannel/{Secret}?id={id ?? Guid.NewGuid().ToString()}&from={Uri.EscapeDataString(from)}&text={Uri.EscapeDataString(text)}");

    /// <summary>A menu, with every key so far.</summary>
    public Task<Answer> Types(string session, string from, string keys) =>
        Anybody().Form($"/gateways/ussd/africa/{Secret}", $"sessionId={session}&serviceCode=*384*1%23&phoneNumber={Uri.EscapeDataString(from)}&text={Uri.EscapeDataString(keys)}");

    protected override void Configure(WebApplicationBuilder builder)
    {
        base.Configure(builder);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Lines:one:RingsBack"] = "false",
            ["Sms:PublicUrl"] = TwilioCaller.PublicUrl,
            ["Sms:Gateways:kannel:Kind"] = "Kannel", ["Sms:Gateways:kannel:Url"] = $"{Far.Address}kannel", ["Sms:Gateways:kannel:User"] = "u", ["Sms:Gateways:kannel:Password"] = "p", ["Sms:Gateways:kannel:Secret"] = Secret,
            ["Sms:Gateways:twilio:Kind"] = "Twilio", ["Sms:Gateways:twilio:Url"] = $"{Far.Address}twilio", ["Sms:Gateways:twilio:AccountSid"] = "AC1", ["Sms:Gateways:twilio:AuthToken"] = Token, ["Sms:Gateways:twilio:From"] = "+1",
            ["Sms:Gateways:phone:Kind"] = "Android", ["Sms:Gateways:phone:Url"] = $"{Far.Address}phone", ["Sms:Gateways:phone:User"] = "u", ["Sms:Gateways:phone:Password"] = "p", ["Sms:Gateways:phone:SigningKey"] = SigningKey,
            ["Sms:Gateways:africa:Kind"] = "AfricasTalking", ["Sms:Gateways:africa:Url"] = $"{Far.Address}africaTexts", ["Sms:Gateways:africa:UserName"] = "u", ["Sms:Gateways:africa:ApiKey"] = "k", ["Sms:Gateways:africa:Secret"] = Secret,
            ["Sms:Routes:223"] = "kannel", ["Sms:Routes:226"] = "twilio", ["Sms:Routes:229"] = "phone, africa",
            ["Ussd:Gateways:africa:Kind"] = "AfricasTalking", ["Ussd:Gateways:africa:Secret"] = Secret,
            ["Ussd:Gateways:signed:Kind"] = "Json", ["Ussd:Gateways:signed:SigningKey"] = SigningKey,
            ["Ussd:Gateways:plain:Kind"] = "Json", ["Ussd:Gateways:plain:Secret"] = Secret,
        });
    }

    /// <summary>No text has to leave in these tests, and one that does is taken.</summary>
    protected override Task AnswerOther(HttpContext http) => Loopback.Says(202, "0: Accepted for delivery")(http);
}
