using System.Globalization;
using Dispatch.Web.Gateways;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways;

/// <summary>Somebody who calls in a gateway's name without being it.</summary>
public sealed class ForgedTests(TextingHost host) : IClassFixture<TextingHost>
{
    [Fact]
    public async Task It_is_refused_written_down_and_has_no_effect()
    {
        var nurse = await Nurse.OnDuty(host, "nurse0", "+22370200000");
        var phone = await host.Raised(new { needs = new[] { "health" } });
        var (offer, code) = await nurse.IsAsked(phone.Id);
        var yes = $"id=1&from=%2B22370200000&text=OUI+{code}";
        (string, string)[] twilio = [("MessageSid", "1"), ("From", nurse.Number), ("Body", $"OUI {code}")];
        var app = new { @event = "sms:received", id = "1", payload = new { sender = nurse.Number, message = $"OUI {code}" } };
        Answer[] answers =
        [
            await host.KannelSays("", yes, secret: "another-secret-16"),
            await host.Anybody().Get($"/gateways/sms/kannel?{yes}"),
            await host.Anybody().Get($"/gateways/sms/nobody/{TextingHost.Secret}?{yes}"),
            await host.Anybody().Form("/gateways/sms/africa/wrong", yes),
            await host.TwilioSays("/gateways/sms/twilio", twilio, token: "guessed"),
            await host.Anybody().Form("/gateways/sms/twilio", yes),
            await host.PhoneSays("/gateways/sms/phone", app, key: "guessed"),
            await host.PhoneSays("/gateways/sms/phone", app, late: TimeSpan.FromMinutes(6)),
            await host.PhoneSays("/gateways/sms/phone", app, late: -TimeSpan.FromMinutes(6)),
            await host.Anybody().Post("/gateways/sms/phone", app),
            await host.KannelSays("/reports", $"ref={host.Reference(nurse.Number)}&state=1", secret: "another-secret-16"),
        ];

        Assert.All(answers, a => a.Is(401, "not_signed_in"));
        Assert.Null(await nurse.Assignment(offer));
        Assert.Equal("0", (await phone.Look()).Is(200).Json.GetProperty("toldCount").GetRawText());
        Assert.Equal(["africa", "kannel", "phone", "twilio"], await Written());

        // The rest of that minute are one line.
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.KannelSays("", yes, secret: "another-secret-16");
        var line = (await host.Audit()).Where(row => row.Action == "gateway.forged" && row.Subject == "kannel").MaxBy(row => row.At)!;
        Assert.Equal((ForgedCalls.By, "3"), (line.By, line.Detail));
        Assert.Equal(5, (await Written()).Count());
        await nurse.OffDuty();

        async Task<IEnumerable<string?>> Written() => (await host.Audit()).Where(row => row.Action == "gateway.forged").Select(row => row.Subject).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_signature_is_over_the_whole_of_it()
    {
        var body = """{"event":"sms:received","id":"x","payload":{"sender":"+22370000000","message":"OUI 42"}}""";
        var at = host.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToHexString(System.Security.Cryptography.HMACSHA256.HashData("a-signing-key"u8, System.Text.Encoding.UTF8.GetBytes(body + at)));
        (await host.Anybody().Post("/gateways/sms/phone", body, ("X-Signature", signature), ("X-Timestamp", at))).Is(204);
        (await host.Anybody().Post("/gateways/sms/phone", body.Replace("42", "43", StringComparison.Ordinal), ("X-Signature", signature), ("X-Timestamp", at))).Is(401);
        (await host.Anybody().Post("/gateways/sms/phone", body, ("X-Signature", signature), ("X-Timestamp", at + "0"))).Is(401);
        (await host.TwilioSays("/gateways/sms/twilio/reports?ref=a", [("MessageStatus", "delivered")])).Is(204);
    }

    [Fact]
    public async Task What_is_too_large_or_no_text_is_refused()
    {
        (await host.Anybody().Form($"/gateways/sms/africa/{TextingHost.Secret}", "text=" + new string('x', 20_000))).Is(413, "payload_too_large");
        (await host.KannelSays("", "from=%2B22370000000")).Is(400, "invalid_body");
        (await host.PhoneSays("/gateways/sms/phone", new { @event = "system:ping", id = "1", payload = new { } })).Is(400, "invalid_body");
        (await host.PhoneSays("/gateways/sms/phone", "[1]")).Is(400, "invalid_body");
        (await host.Anybody().Send(HttpMethod.Delete, "/gateways/sms/kannel", null)).Is(405, "method_not_allowed");
    }
}
