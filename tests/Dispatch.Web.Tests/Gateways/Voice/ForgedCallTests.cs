using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways.Voice;

/// <summary>Somebody who calls in a gateway's name without being it, and a gateway that says what nobody understands.</summary>
public sealed class ForgedCallTests(CallingHost host) : IClassFixture<CallingHost>
{
    [Fact]
    public async Task It_is_refused_written_down_and_has_no_effect()
    {
        var nurse = await CalledNurse.OnDuty(host, "nurse0", "+22670700000");
        var phone = await host.Raised();
        var offer = await nurse.IsRung(phone.Id);
        var reference = host.Reference(nurse.Number);
        (string, string)[] yes = [("Digits", "1")];
        Answer[] answers =
        [
            await host.TwilioSays(nurse.Number, "key", yes, token: "guessed"),
            await host.Anybody().Form($"/gateways/voice/twilio?ref={reference}&on=key", $"To={Uri.EscapeDataString(nurse.Number)}&Digits=1"),
            await host.BridgeSays(nurse.Number, "key&digits=1", secret: "another-secret-16"),
            await host.Anybody().Form($"/gateways/voice/bridge?ref={reference}", "event=key&digits=1"),
            await host.AfricaSays(nurse.Number, $"isActive=1&dtmfDigits=1&clientRequestId={reference}", secret: "another-secret-16"),
            await host.Anybody().Form($"/gateways/voice/nobody/{CallingHost.Secret}?ref={reference}", "event=key&digits=1"),
            await host.Anybody().Form($"/gateways/sms/bridge/{CallingHost.Secret}?ref={reference}", "event=key&digits=1"),
        ];

        Assert.All(answers, a => a.Is(401, "not_signed_in"));
        Assert.Null(await nurse.Assignment(offer));
        Assert.Equal("0", (await phone.Look()).Is(200).Json.GetProperty("toldCount").GetRawText());
        Assert.Equal(["voice/africa", "voice/bridge", "voice/twilio"], (await host.Audit()).Where(row => row.Action == "gateway.forged").Select(row => row.Subject).Order(StringComparer.Ordinal));
        await nurse.OffDuty();
    }

    /// <summary>Signed for one question, sent for another.</summary>
    [Fact]
    public async Task A_signature_is_over_the_address_too()
    {
        var nurse = await CalledNurse.OnDuty(host, "nurse1", "+22670700001");
        var offer = await nurse.IsRung((await host.Raised()).Id);
        var path = $"/gateways/voice/twilio?ref={host.Reference(nurse.Number)}&on=";
        (string Name, string Value)[] fields = [("To", nurse.Number), ("Digits", "1")];
        (await TwilioCaller.Says(host.Anybody(), path + "key", fields, "a-token", signedFor: path + "status")).Is(401, "not_signed_in");
        Assert.Null(await nurse.Assignment(offer));
        await nurse.OffDuty();
    }

    [Theory]
    [InlineData("event=dance&to=%2B22370700002", "?ref=x.0", 400)]
    [InlineData("", "?ref=x.0", 400)]
    [InlineData("event=answered", "", 400)]
    [InlineData("event=answered&to=%2B22370700002", "?ref=x.0", 200)]
    [InlineData("event=answered&to=%2B22370700002", "?ref=x", 200)]
    [InlineData("event=key&digits=1&to=%2B22370700002", "?ref=.", 200)]
    [InlineData("event=key&digits=1&to=%2B22370700002", "?ref=x.99999999999", 200)]
    [InlineData("event=busy&to=%2B22370700002", "?ref=x.0", 204)]
    public async Task Garbage_and_calls_that_are_none_of_ours_are_harmless(string form, string query, int status)
    {
        var answer = await host.Anybody().Form($"/gateways/voice/bridge/{CallingHost.Secret}{query}", form);
        answer.Is(status);
        if (status == 200) Assert.Equal("""{"keySeconds":0}""", answer.Body);
    }

    [Fact]
    public async Task Only_a_post_is_heard() => Assert.Equal(405, (await host.Anybody().Get($"/gateways/voice/bridge/{CallingHost.Secret}?ref=x.0&event=answered")).Status);
}
