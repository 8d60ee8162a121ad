using System.Text;
using Dispatch.Channels.Gateways;
using Dispatch.Channels.Sms.AfricasTalking;
using Dispatch.Channels.Sms.Android;
using Dispatch.Channels.Sms.Kannel;
using Dispatch.Channels.Sms.Twilio;
using Dispatch.Channels.Sms;
using Dispatch.Domain.Numbers;
using Dispatch.LocalEngine;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Channels.Tests.Sms;

/// <summary>What leaves for each kind of gateway, to the letter, and what each of its documented answers means.</summary>
public sealed class GatewayKindTests : IAsyncLifetime
{
    private const string Text = "Message 42. Répondez OUI 42 ou NON 42.";
    private static readonly Uri Reports = new("https://dispatch.example.org/gateways/sms/x/reports");

    private readonly ServiceProvider _services = Services();
    private Loopback _far = null!;

    public async Task InitializeAsync() => _far = await Loopback.Start();

    public async Task DisposeAsync()
    {
        await _far.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Kannel_gets_a_query_with_where_to_report()
    {
        await Send("kannel", 202, "0: Accepted for delivery");
        var asked = Assert.Single(_far.All);
        Assert.Equal(("GET", "/send"), (asked.Method, asked.Path));
        Assert.Equal(
            "?username=u%26&password=p%20w&to=%2B22370123456&text=Message%2042.%20R%C3%A9pondez%20OUI%2042%20ou%20NON%2042.&charset=UTF-8&coding=0&dlr-mask=19"
            + "&dlr-url=https%3A%2F%2Fdispatch.example.org%2Fgateways%2Fsms%2Fx%2Freports%3Fref%3Dr-1%26state%3D%25d&from=100",
            asked.Query);
    }

    [Fact]
    public async Task Africas_Talking_gets_a_form_and_the_key_in_a_header()
    {
        await Send("africasTalking", 201, AfricasTalking(101));
        var asked = Assert.Single(_far.All);
        Assert.Equal("username=u%26&to=%2B22370123456&message=Message+42.+R%C3%A9pondez+OUI+42+ou+NON+42.&from=100", asked.Body);
        Assert.Equal(("the-key", "application/json"), (asked.Headers["apiKey"], asked.Headers["Accept"]));
    }

    [Fact]
    public async Task Twilio_gets_a_form_with_where_to_report()
    {
        await Send("twilio", 201, """{"sid":"SM1"}""");
        var asked = Assert.Single(_far.All);
        Assert.Equal(
            "To=%2B22370123456&From=100&Body=Message+42.+R%C3%A9pondez+OUI+42+ou+NON+42.&StatusCallback=https%3A%2F%2Fdispatch.example.org%2Fgateways%2Fsms%2Fx%2Freports%3Fref%3Dr-1&ValidityPeriod=600",
            asked.Body);
        Assert.Equal(Basic("AC1", "token"), asked.Headers["Authorization"]);
    }

    [Fact]
    public async Task A_phone_gets_json_under_our_own_id()
    {
        await Send("android", 202, """{"id":"r-1","state":"Pending"}""");
        var asked = Assert.Single(_far.All);
        Assert.Equal(
            """{"id":"r-1","phoneNumbers":["\u002B22370123456"],"textMessage":{"text":"Message 42. R\u00E9pondez OUI 42 ou NON 42."},"withDeliveryReport":true,"ttl":600,"priority":127}""",
            asked.Body);
        Assert.Equal(Basic("u&", "p w"), asked.Headers["Authorization"]);
    }

    [Theory]
    [InlineData("kannel", 202, "0: Accepted for delivery", "accepted")]
    [InlineData("kannel", 202, "3: Queued for later delivery", "accepted")]
    [InlineData("kannel", 403, "Authorization failed for sendsms", "refused noAccess")]
    [InlineData("kannel", 400, "Missing receiver number, rejected", "refused refused")]
    [InlineData("kannel", 503, "Temporal failure, try again later.", "later serverError")]
    [InlineData("kannel", 200, "<html>captive portal", "later unclear")]
    [InlineData("twilio", 201, """{"sid":"SM1"}""", "accepted SM1")]
    [InlineData("twilio", 400, """{"code":21211}""", "wrongNumber invalidNumber")]
    [InlineData("twilio", 400, """{"code":21614}""", "wrongNumber notMobile")]
    [InlineData("twilio", 400, """{"code":21610}""", "wrongNumber optedOut")]
    [InlineData("twilio", 400, """{"code":21606}""", "refused refused")]
    [InlineData("twilio", 401, """{"code":20003}""", "refused noAccess")]
    [InlineData("twilio", 429, """{"code":20429}""", "later quota")]
    [InlineData("twilio", 502, "", "later serverError")]
    [InlineData("twilio", 201, "not json", "later unclear")]
    [InlineData("twilio", 400, "[]", "later unclear")]
    [InlineData("android", 202, """{"id":"r-1","state":"Pending"}""", "accepted r-1")]
    [InlineData("android", 409, """{"message":"exists"}""", "accepted r-1")]
    [InlineData("android", 401, "", "refused noAccess")]
    [InlineData("android", 400, """{"message":"bad"}""", "refused refused")]
    [InlineData("android", 500, "", "later serverError")]
    [InlineData("android", 200, "{}", "later unclear")]
    [InlineData("africasTalking", 401, "The supplied authentication is invalid", "refused noAccess")]
    [InlineData("africasTalking", 201, """{"SMSMessageData":{"Message":"InvalidSenderId","Recipients":[]}}""", "refused refused")]
    [InlineData("africasTalking", 201, """{"SMSMessageData":null}""", "later unclear")]
    public async Task Each_answer_means_what_the_kinds_documents_say(string kind, int status, string body, string means) => Assert.Equal(means, Said(await Send(kind, status, body)));

    [Theory]
    [InlineData(100, "accepted ATPid_1")]
    [InlineData(101, "accepted ATPid_1")]
    [InlineData(102, "accepted ATPid_1")]
    [InlineData(401, "refused refused")]
    [InlineData(402, "refused refused")]
    [InlineData(403, "wrongNumber invalidNumber")]
    [InlineData(404, "wrongNumber unsupportedNumber")]
    [InlineData(405, "refused noMoney")]
    [InlineData(406, "wrongNumber optedOut")]
    [InlineData(407, "refused refused")]
    [InlineData(500, "later serverError")]
    [InlineData(501, "later serverError")]
    [InlineData(502, "later serverError")]
    [InlineData(7, "later unclear")]
    public async Task Each_recipients_status_of_Africas_Talking(int code, string means) => Assert.Equal(means, Said(await Send("africasTalking", 201, AfricasTalking(code))));

    [Fact]
    public async Task A_redirect_is_not_followed_and_an_endless_answer_not_read()
    {
        _far.Answers = http =>
        {
            http.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };
        Assert.Equal("later unclear", Said(await Gateway("kannel").Send(Sms, CancellationToken.None)));
        Assert.Single(_far.All);
        Assert.Equal("later noConnection", Said(await Send("kannel", 202, new string('0', 100_000))));
    }

    private static SmsMessage Sms { get; } = new(PhoneNumber.TryParse("+22370123456", out var to) ? to : null!, Text, "r-1", Urgent: true);

    private Task<GatewayOutcome> Send(string kind, int status, string body)
    {
        _far.Answers = Loopback.Says(status, body);
        return Gateway(kind).Send(Sms, CancellationToken.None);
    }

    private ISmsGateway Gateway(string kind)
    {
        var (url, http) = (new Uri(_far.Address, "/send"), new GatewayHttp(_services.GetRequiredService<IHttpClientFactory>(), new ManualClock(DateTimeOffset.UnixEpoch)));
        return kind switch
        {
            "kannel" => new KannelGateway(new KannelSettings("x", url, "u&", "p w", "100", Reports), http),
            "africasTalking" => new AfricasTalkingGateway(new AfricasTalkingSettings("x", url, "u&", "the-key", "100"), http),
            "twilio" => new TwilioGateway(new TwilioSettings("x", url, "AC1", "token", "100", Reports), http),
            _ => new AndroidGateway(new AndroidSettings("x", url, "u&", "p w"), http),
        };
    }

    private static string Said(GatewayOutcome outcome) => outcome switch
    {
        GatewayOutcome.Accepted accepted => $"accepted {accepted.ExternalId}".Trim(),
        GatewayOutcome.Later later => $"later {later.Why}",
        GatewayOutcome.WrongNumber wrong => $"wrongNumber {wrong.Why}",
        GatewayOutcome.Refused refused => $"refused {refused.Why}",
        _ => "?",
    };

    private static string AfricasTalking(int code) =>
        """{"SMSMessageData":{"Message":"Sent to 1/1","Recipients":[{"statusCode":CODE,"number":"+22370123456","status":"x","cost":"XOF 20","messageId":"ATPid_1"}]}}"""
            .Replace("CODE", $"{code}", StringComparison.Ordinal);

    private static string Basic(string user, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        GatewayHttp.AddClient(services);
        return services.BuildServiceProvider();
    }
}
