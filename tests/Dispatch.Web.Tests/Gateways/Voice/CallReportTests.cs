using Dispatch.Channels.Devices;
using Dispatch.Channels.Voice;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Grains.Rows;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests.Gateways.Voice;

/// <summary>What gateways of each kind say on a call and of it, and what is said to them, to the letter.</summary>
public sealed class CallReportTests(CallingHost host) : IClassFixture<CallingHost>
{
    private const string Question = "Bonjour. Vous avez un nouveau message de votre service. Tapez un si vous pouvez y répondre maintenant, deux si vous ne pouvez pas.";

    [Fact]
    public async Task Twilio_is_told_in_its_language()
    {
        var nurse = await CalledNurse.OnDuty(host, "nurse0", "+22670600000");
        var offer = await nurse.IsRung((await host.Raised()).Id);
        var asked = await host.TwilioSays(nurse.Number, "answer", [("AnsweredBy", "human")]);
        Assert.Equal("text/xml; charset=utf-8", asked.Is(200).Headers["Content-Type"]);
        Assert.Equal(
            $"""<Response><Gather input="dtmf" numDigits="1" timeout="8" actionOnEmptyResult="true" action="https://dispatch.example.org/base/gateways/voice/twilio?ref={host.Reference(nurse.Number)}&amp;on=key"><Say language="fr-FR">{Question}</Say></Gather></Response>""",
            asked.Body);
        Assert.Equal("""<Response><Say language="fr-FR">C'est noté, merci. Ouvrez l'application pour la suite.</Say><Hangup /></Response>""", (await host.TwilioSays(nurse.Number, "key", [("Digits", "1")])).Is(200).Body);
        Assert.NotNull(await nurse.Assignment(offer));
        (await host.TwilioSays(nurse.Number, "status", [("CallStatus", "completed")])).Is(204);
        await nurse.OffDuty();
    }

    [Fact]
    public async Task Africas_Talking_is_told_in_its_language_and_found_by_its_own_id_too()
    {
        var nurse = await CalledNurse.OnDuty(host, "nurse1", "+2290197600001");
        var offer = await nurse.IsRung((await host.Raised()).Id);
        var (reference, asks) = (host.Reference(nurse.Number), $"https://dispatch.example.org/base/gateways/voice/africa/{CallingHost.Secret}");
        var asked = await host.AfricaSays(nurse.Number, $"isActive=1&clientRequestId={reference}");
        Assert.Equal(
            $"""<Response><GetDigits timeout="8" numDigits="1" callbackUrl="{asks}?ref={reference}&amp;on=key"><Say voice="fr-voice">{Question}</Say></GetDigits><Redirect>{asks}?ref={reference}&amp;on=key</Redirect></Response>""",
            asked.Is(200).Body);
        // Its form writes a plus as a space, and which of the two numbers is hers it leaves open.
        Assert.StartsWith("<Response><GetDigits", (await host.Anybody().Form($"/gateways/voice/africa/{CallingHost.Secret}", $"sessionId={Session()}&isActive=1&callerNumber=100&destinationNumber= 2290197600001")).Is(200).Body, StringComparison.Ordinal);
        Assert.StartsWith("<Response><GetDigits", (await host.AfricaSays(nurse.Number, "isActive=1", $"?ref={reference}&on=key")).Is(200).Body, StringComparison.Ordinal);
        Assert.Equal("""<Response><Say voice="fr-voice">C'est noté, merci.</Say></Response>""", (await host.AfricaSays(nurse.Number, "isActive=1&dtmfDigits=2", $"?ref={reference}&on=key")).Is(200).Body);
        Assert.Equal("declined", (await host.OnTheLine(offer)).GetProperty("state").GetString());
        (await host.AfricaSays(nurse.Number, $"isActive=0&clientRequestId={reference}&hangupCause=NORMAL_CLEARING")).Is(204);
        await nurse.OffDuty();

        string Session() => $"S_{host.Far.All.Count(a => a.Path == "/africa")}";
    }

    [Theory]
    [InlineData("machine_start")]
    [InlineData("fax")]
    public async Task To_a_machine_nothing_is_said_and_she_is_rung_again(string answeredBy)
    {
        var number = answeredBy == "fax" ? "+22670600002" : "+22670600003";
        var nurse = await CalledNurse.OnDuty(host, answeredBy == "fax" ? "nurse2" : "nurse3", number);
        var offer = await nurse.IsRung((await host.Raised()).Id);
        Assert.Equal("<Response><Hangup /></Response>", (await host.TwilioSays(number, "answer", [("AnsweredBy", answeredBy)])).Is(200).Body);
        (await host.TwilioSays(number, "status", [("CallStatus", "completed")])).Is(204);
        Assert.False(await nurse.Was(offer, "deliveredAt"));
        host.Clock.Advance(CallTimes.RingsAtMost);
        await nurse.Rings(2);
        await nurse.OffDuty();
    }

    public static TheoryData<string> Ends => new("busy", "noAnswer", "failed", "ended", "nothing");

    /// <summary>Doubled, and with reports of what was before, until the attempts are used up; a report that is lost costs time only.</summary>
    [Theory, MemberData(nameof(Ends))]
    public async Task Who_does_not_pick_up_is_rung_again_so_often_and_not_more(string how)
    {
        var n = 4 + ((IEnumerable<object[]>)Ends).Select(e => (string)e[0]).ToList().IndexOf(how);
        var nurse = await CalledNurse.OnDuty(host, $"nurse{n}", $"+2237060000{n}");
        var offer = await nurse.IsRung((await host.Raised()).Id);
        var first = host.Reference(nurse.Number);
        for (var attempt = 1; attempt <= CallTimes.MaxAttempts; attempt++)
        {
            await nurse.Rings(attempt);
            // The wait for the next one counts from here.
            await Eventually.Get(() => Fact(offer), fact => fact?.Attempts >= attempt);
            foreach (var report in (string[])[how, "ringing", how]) if (how != "nothing") (await host.BridgeSays(nurse.Number, report)).Is(204);
            (await host.BridgeSays(nurse.Number, "ended", first)).Is(204);
            host.Clock.Advance(CallTimes.RingsAtMost + TimeSpan.FromSeconds(1));
        }

        await Eventually.Get(() => Fact(offer), fact => fact is { GaveUp: "noAnswer" });
        Assert.Equal(CallTimes.MaxAttempts, host.Calls(nurse.Number).Count);
        Assert.False(await nurse.Was(offer, "deliveredAt"));
        await nurse.OffDuty();
    }

    [Fact]
    public async Task A_report_that_overtook_the_pick_up_takes_nothing_back()
    {
        var nurse = await CalledNurse.OnDuty(host, "nurse9", "+22370600009");
        var offer = await nurse.IsRung((await host.Raised()).Id);
        (await host.BridgeSays(nurse.Number, "ended")).Is(204);
        (await host.BridgeSays(nurse.Number, "answered")).Is(200);
        Assert.True(await nurse.Was(offer, "deliveredAt"));
        (await host.BridgeSays(nurse.Number, "busy")).Is(204);
        host.Clock.Advance(CallTimes.RingsAtMost);
        await Eventually.Get(() => Fact(offer), fact => fact is { SentAt: not null, Partly: not true });
        Assert.Single(host.Calls(nurse.Number));
        await nurse.OffDuty();
    }

    /// <summary>Its answer came too late, and the next gateway of the route has the call.</summary>
    [Fact]
    public async Task A_gateway_that_does_not_hold_the_call_cannot_end_it()
    {
        var nurse = await CalledNurse.OnDuty(host, "nurse13", "+22370600013");
        await nurse.IsRung((await host.Raised()).Id);
        var reference = host.Reference(nurse.Number);
        (await host.AfricaSays(nurse.Number, $"isActive=0&clientRequestId={reference}&hangupCause=USER_BUSY")).Is(204);
        Assert.Null(await Over());
        (await host.BridgeSays(nurse.Number, "busy")).Is(204);
        Assert.Equal("busy", await Over());
        await nurse.OffDuty();

        async Task<string?> Over() => (await host.App.Services.GetRequiredService<IRows>().Read<CallRecord>(Tables.Calls, reference[..reference.LastIndexOf('.')], "call"))!.Value.Attempts[0].Over;
    }

    [Theory]
    [InlineData("bridge", "nurse10", "+22370600010")]
    [InlineData("twilio", "nurse11", "+22670600011")]
    [InlineData("africa", "nurse12", "+2290197600012")]
    public async Task A_number_that_the_network_does_not_know_retires_itself(string gateway, string user, string number)
    {
        var nurse = await CalledNurse.OnDuty(host, user, number);
        await nurse.IsRung((await host.Raised()).Id);
        foreach (var good in (bool[])[true, false])
        {
            var answer = gateway switch
            {
                "bridge" => await host.BridgeSays(number, good ? "failed" : "unknownNumber"),
                "twilio" => await host.TwilioSays(number, "status", [("CallStatus", "failed"), ("SipResponseCode", good ? "503" : "604")]),
                _ => await host.AfricaSays(number, $"isActive=0&clientRequestId={host.Reference(number)}&hangupCause={(good ? "CALL_REJECTED" : "UNALLOCATED_NUMBER")}"),
            };
            answer.Is(204);
        }

        var (me, book) = ((await nurse.Caller.Get("/api/v1/me")).Is(200).Text("accountId"), host.App.Services.GetRequiredService<IDeviceAddresses>());
        await Eventually.Get(() => book.Of(me, ChannelKind.Voice, CancellationToken.None), left => left.IsEmpty);
        await nurse.OffDuty();
    }

    private async Task<Delivery?> Fact(string offer) =>
        (await host.App.Services.GetRequiredService<IRows>().All<Delivery>(Tables.Deliveries, offer[..offer.LastIndexOf('.')])).FirstOrDefault(d => d.Channel is ChannelKind.Voice);
}
