using System.Text;
using Dispatch.Channels.Gateways;
using Dispatch.Channels.Tests.Sms;
using Dispatch.Channels.Voice;
using Dispatch.Channels.Voice.AfricasTalking;
using Dispatch.Channels.Voice.Bridge;
using Dispatch.Channels.Voice.Twilio;
using Dispatch.Domain.Numbers;
using Dispatch.LocalEngine;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Channels.Tests.Voice;

/// <summary>What leaves for each kind of gateway, to the letter, and what each of its documented answers means.</summary>
public sealed class VoiceKindTests : IAsyncLifetime
{
    private static readonly Uri Asks = new("https://dispatch.example.org/gateways/voice/x");

    private readonly ServiceProvider _services = Services();
    private Loopback _far = null!;

    public async Task InitializeAsync() => _far = await Loopback.Start();

    public async Task DisposeAsync()
    {
        await _far.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Africas_Talking_gets_a_form_with_our_reference_and_the_key_in_a_header()
    {
        await Call("africasTalking", 201, AfricasTalking("Queued"));
        var asked = Assert.Single(_far.All);
        Assert.Equal("username=u%26&to=%2B22370123456&from=%2B22320000000&clientRequestId=r.1", asked.Body);
        Assert.Equal(("POST", "/calls.json", "the-key", "application/json"), (asked.Method, asked.Path, asked.Headers["apiKey"], asked.Headers["Accept"]));
    }

    [Fact]
    public async Task Twilio_gets_a_form_with_where_to_ask_and_how_long_to_ring()
    {
        await Call("twilio", 201, """{"sid":"CA1"}""");
        var asked = Assert.Single(_far.All);
        Assert.Equal(
            "To=%2B22370123456&From=%2B22320000000&Url=https%3A%2F%2Fdispatch.example.org%2Fgateways%2Fvoice%2Fx%3Fref%3Dr.1%26on%3Danswer"
            + "&StatusCallback=https%3A%2F%2Fdispatch.example.org%2Fgateways%2Fvoice%2Fx%3Fref%3Dr.1%26on%3Dstatus&Timeout=25&MachineDetection=Enable",
            asked.Body);
        Assert.Equal(Basic("AC1", "token"), asked.Headers["Authorization"]);
    }

    [Fact]
    public async Task Twilio_is_asked_to_cancel_what_rings_by_its_own_id()
    {
        _far.Answers = Loopback.Says(200, """{"status":"canceled"}""");
        Assert.Equal("accepted", Said(await Gateway("twilio").HangUp(new RingingCall("r.1", "CA/1"), CancellationToken.None)));
        var asked = Assert.Single(_far.All);
        Assert.Equal(("POST", "Status=canceled", Basic("AC1", "token")), (asked.Method, asked.Body, asked.Headers["Authorization"]));
        Assert.StartsWith("/Calls/CA", asked.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bridge_gets_a_form_with_where_to_ask_and_the_secret_in_a_header()
    {
        await Call("bridge", 201, "");
        var asked = Assert.Single(_far.All);
        Assert.Equal("reference=r.1&to=%2B22370123456&callback=https%3A%2F%2Fdispatch.example.org%2Fgateways%2Fvoice%2Fx%3Fref%3Dr.1&ringSeconds=25", asked.Body);
        Assert.Equal(("Bearer the-secret", "r.1"), (asked.Headers["Authorization"], asked.Headers["Idempotency-Key"]));
    }

    [Theory]
    [InlineData("bridge", 201, "", "accepted")]
    [InlineData("bridge", 202, "", "accepted")]
    [InlineData("bridge", 409, "", "accepted")]
    [InlineData("bridge", 422, "", "wrongNumber invalidNumber")]
    [InlineData("bridge", 400, "", "refused refused")]
    [InlineData("bridge", 401, "", "refused noAccess")]
    [InlineData("bridge", 500, "", "later serverError")]
    [InlineData("bridge", 200, "<html>captive portal", "later unclear")]
    [InlineData("twilio", 201, """{"sid":"CA1"}""", "accepted CA1")]
    [InlineData("twilio", 400, """{"code":21211}""", "wrongNumber invalidNumber")]
    [InlineData("twilio", 400, """{"code":21217}""", "wrongNumber invalidNumber")]
    [InlineData("twilio", 400, """{"code":21215}""", "refused refused")]
    [InlineData("twilio", 401, """{"code":20003}""", "refused noAccess")]
    [InlineData("twilio", 429, """{"code":20429}""", "later quota")]
    [InlineData("twilio", 502, "", "later serverError")]
    [InlineData("twilio", 201, "not json", "later unclear")]
    [InlineData("twilio", 400, "[]", "later unclear")]
    [InlineData("africasTalking", 401, "The supplied authentication is invalid", "refused noAccess")]
    [InlineData("africasTalking", 201, """{"entries":[],"errorMessage":"Invalid callerId"}""", "refused refused")]
    [InlineData("africasTalking", 201, """{"entries":null,"errorMessage":"Invalid callerId"}""", "refused refused")]
    [InlineData("africasTalking", 201, """{"errorMessage":"?"}""", "later unclear")]
    [InlineData("africasTalking", 500, "", "later serverError")]
    public async Task Each_answer_means_what_the_kinds_documents_say(string kind, int status, string body, string means) => Assert.Equal(means, Said(await Call(kind, status, body)));

    [Theory]
    [InlineData("Queued", "accepted ATVId_1")]
    [InlineData("InvalidPhoneNumber", "wrongNumber invalidNumber")]
    [InlineData("DestinationNotSupported", "refused unsupportedNumber")]
    [InlineData("InsufficientBalance", "refused noMoney")]
    [InlineData("Somewhat", "later unclear")]
    public async Task Each_entrys_status_of_Africas_Talking(string status, string means) => Assert.Equal(means, Said(await Call("africasTalking", 201, AfricasTalking(status))));

    [Theory]
    [InlineData("bridge", 204, "accepted")]
    [InlineData("bridge", 404, "accepted")]
    [InlineData("bridge", 410, "accepted")]
    [InlineData("bridge", 405, "refused cannotHangUp")]
    [InlineData("bridge", 403, "refused noAccess")]
    [InlineData("bridge", 500, "later serverError")]
    [InlineData("bridge", 302, "later unclear")]
    [InlineData("twilio", 200, "accepted")]
    [InlineData("twilio", 400, "accepted")]
    [InlineData("twilio", 404, "accepted")]
    [InlineData("twilio", 401, "refused noAccess")]
    [InlineData("twilio", 503, "later serverError")]
    [InlineData("africasTalking", 200, "refused cannotHangUp")]
    public async Task Each_answer_to_a_hang_up(string kind, int status, string means)
    {
        _far.Answers = Loopback.Says(status, "");
        Assert.Equal(means, Said(await Gateway(kind).HangUp(new RingingCall("r.1", "CA1"), CancellationToken.None)));
    }

    private Task<GatewayOutcome> Call(string kind, int status, string body)
    {
        _far.Answers = Loopback.Says(status, body);
        return Gateway(kind).Send(new VoiceCall(PhoneNumber.TryParse("+22370123456", out var to) ? to : null!, "r.1", Urgent: true), CancellationToken.None);
    }

    private IVoiceGateway Gateway(string kind)
    {
        var http = new GatewayHttp(_services.GetRequiredService<IHttpClientFactory>(), new ManualClock(DateTimeOffset.UnixEpoch));
        return kind switch
        {
            "africasTalking" => new AfricasTalkingVoice(new AfricasTalkingVoiceSettings("x", new Uri(_far.Address, "/calls.json"), "u&", "the-key", "+22320000000"), http),
            "twilio" => new TwilioVoice(new TwilioVoiceSettings("x", new Uri(_far.Address, "/Calls.json"), "AC1", "token", "+22320000000", Asks), http),
            _ => new BridgeGateway(new BridgeSettings("x", new Uri(_far.Address, "/calls"), "the-secret", Asks), http),
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

    private static string AfricasTalking(string status) =>
        """{"entries":[{"phoneNumber":"+22370123456","sessionId":"ATVId_1","status":"STATUS"}],"errorMessage":"None"}""".Replace("STATUS", status, StringComparison.Ordinal);

    private static string Basic(string user, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        GatewayHttp.AddClient(services);
        return services.BuildServiceProvider();
    }
}
