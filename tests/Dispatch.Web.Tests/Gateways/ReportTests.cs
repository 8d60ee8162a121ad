using System.Text.Json;
using Dispatch.Channels.Devices;
using Dispatch.Domain.Channels;
using Dispatch.Grains.Rows;
using Dispatch.Web.Gateways;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests.Gateways;

/// <summary>What networks say became of a text.</summary>
public sealed class ReportTests(TextingHost host) : IClassFixture<TextingHost>
{
    [Theory]
    [InlineData("kannel", "nurse0", "+22370100000")]
    [InlineData("twilio", "nurse1", "+22670100001")]
    [InlineData("phone", "nurse2", "+2290170100002")]
    [InlineData("africa", "nurse3", "+2290170100003")]
    public async Task Delivered_is_the_offers_delivery_once_and_whatever_comes_after_it(string gateway, string user, string number)
    {
        host.PhoneIsAway = gateway == "africa";
        var nurse = await Nurse.OnDuty(host, user, number);
        var phone = await host.Raised(new { needs = new[] { "health" } });
        var (offer, _) = await nurse.IsAsked(phone.Id);
        Assert.Null(await DeliveredAt(offer));

        await Reports(gateway, number, delivered: true);
        var at = await DeliveredAt(offer);
        Assert.NotNull(at);
        host.Clock.Advance(TimeSpan.FromSeconds(3));
        await Reports(gateway, number, delivered: false);
        await Reports(gateway, number, delivered: true);
        Assert.Equal(at, await DeliveredAt(offer));
        await EverybodyDeadIsRetired(nurse);
        Assert.Equal(1, await Numbers(nurse));
        Assert.Equal("1", (await phone.Look()).Is(200).Json.GetProperty("toldCount").GetRawText());
        host.PhoneIsAway = false;
        await nurse.OffDuty();
    }

    [Fact]
    public async Task A_number_that_the_network_calls_dead_retires_itself_and_is_found_no_more()
    {
        var nurse = await Nurse.OnDuty(host, "nurse4", "+22670100004");
        var phone = await host.Raised(new { needs = new[] { "health" } });
        var (offer, code) = await nurse.IsAsked(phone.Id);
        var path = $"/gateways/sms/twilio/reports?ref={host.Reference(nurse.Number)}";
        (await host.TwilioSays(path, [("MessageSid", "SM"), ("MessageStatus", "undelivered"), ("ErrorCode", "30003")])).Is(204);
        (await host.TwilioSays(path, [("MessageSid", "SM"), ("MessageStatus", "undelivered"), ("ErrorCode", "30005")])).Is(204);
        await Eventually.Get(() => Numbers(nurse), numbers => numbers == 0);
        var me = (await nurse.Caller.Get("/api/v1/me")).Is(200).Text("accountId");
        await Eventually.Get(async () => (await host.Audit()).Count(row => (row.Action, row.Subject, row.Detail) == ("device.retire", "sim", me)), retired => retired == 1);
        (await host.TwilioSays("/gateways/sms/twilio", [("MessageSid", Guid.NewGuid().ToString()), ("From", nurse.Number), ("Body", $"OUI {code}")])).Is(204);
        Assert.Null(await nurse.Assignment(offer));
        await nurse.OffDuty();
    }

    /// <summary>Whatever the reason: nothing comes of that text, and the line reads so. The number may be right all the same, and stays.</summary>
    [Theory]
    [InlineData("kannel", "nurse9", "+22370100009")]
    [InlineData("kannelRefused", "nurse10", "+22370100010")]
    [InlineData("twilio", "nurse11", "+22670100011")]
    [InlineData("phone", "nurse12", "+2290170100012")]
    [InlineData("africa", "nurse13", "+2290170100013")]
    public async Task Undelivered_gives_the_text_up_until_a_phone_confirms_it_after_all(string gateway, string user, string number)
    {
        host.PhoneIsAway = gateway == "africa";
        var nurse = await Nurse.OnDuty(host, user, number);
        var phone = await host.Raised(new { needs = new[] { "health" } });
        var (offer, _) = await nurse.IsAsked(phone.Id);
        Assert.Equal(("sent", null), await OfText(offer));

        for (var i = 0; i < 2; i++) await Fails(gateway, number);

        Assert.Equal(("sent", "undelivered"), await OfText(offer));
        Assert.Equal(1, await Numbers(nurse));
        var shown = (await (await host.SignIn("boss")).Get($"/api/v1/alerts/{phone.Id}")).Is(200).Json.GetProperty("timeline").EnumerateArray();
        Assert.Equal("sms", Assert.Single(shown, line => line.GetProperty("kind").GetString() == "undelivered").GetProperty("detail").GetString());
        await Reports(gateway == "kannelRefused" ? "kannel" : gateway, number, delivered: true);
        Assert.NotNull(await DeliveredAt(offer));
        host.PhoneIsAway = false;
        await nurse.OffDuty();
    }

    /// <summary>One of her two cards is in a drawer: the text may still arrive on the other.</summary>
    [Fact]
    public async Task Of_two_numbers_only_the_last_one_gives_the_text_up()
    {
        var nurse = await Nurse.OnDuty(host, "nurse14", "+22370100014");
        (await nurse.Caller.Put("/api/v1/me/devices/other", new { kind = "sms", number = "+22370100114" })).Is(200);
        var phone = await host.Raised(new { needs = new[] { "health" } });
        var (offer, _) = await nurse.IsAsked(phone.Id);
        await Fails("kannel", nurse.Number);
        Assert.Equal(("sent", null), await OfText(offer));
        await Fails("kannel", "+22370100114");
        Assert.Equal(("sent", "undelivered"), await OfText(offer));
        await nurse.OffDuty();
    }

    [Fact]
    public async Task An_old_report_retires_no_number_that_was_registered_anew()
    {
        var nurse = await Nurse.OnDuty(host, "nurse5", "+22670100005");
        var phone = await host.Raised(new { needs = new[] { "health" } });
        await nurse.IsAsked(phone.Id);
        var path = $"/gateways/sms/twilio/reports?ref={host.Reference(nurse.Number)}";
        (await nurse.Caller.Put("/api/v1/me/devices/sim", new { kind = "sms", number = nurse.Number })).Is(200);
        (await host.TwilioSays(path, [("MessageSid", "SM"), ("MessageStatus", "failed"), ("ErrorCode", "30005")])).Is(204);
        await EverybodyDeadIsRetired(nurse);
        Assert.Equal(1, await Numbers(nurse));
        await nurse.OffDuty();
    }

    /// <summary>The network took hours; the offer was withdrawn and opened anew meanwhile, and of the new text nothing is known.</summary>
    [Fact]
    public async Task A_report_on_an_earlier_round_says_nothing_of_this_one()
    {
        var (nurse, other) = (await Nurse.OnDuty(host, "nurse7", "+22370100007"), await Nurse.OnDuty(host, "nurse8", "+22370100008"));
        var phone = await host.Raised(new { needs = new[] { "health" } });
        var ((offer, code), (theirs, _)) = (await nurse.IsAsked(phone.Id), await other.IsAsked(phone.Id));
        var first = host.Reference(nurse.Number);
        (await other.Caller.Post($"/api/v1/offers/{theirs}/accept")).Is(200);
        await nurse.Gets($"{code}: merci, ce n'est plus nécessaire.");
        (await other.Caller.Post($"/api/v1/assignments/{theirs}/progress", new { state = "released" })).Is(200);
        await Eventually.Get(() => Task.FromResult(host.Texts(nurse.Number)), texts => texts.Count(t => t.StartsWith("Message", StringComparison.Ordinal)) == 2);
        (await host.KannelSays("/reports", $"ref={first}&state=1")).Is(204);
        Assert.Null(await DeliveredAt(offer));
        await Eventually.Get(async () => (await host.KannelSays("/reports", $"ref={host.Reference(nurse.Number)}&state=1")).Status, status => status == 204);
        Assert.NotNull(await DeliveredAt(offer));
        await Task.WhenAll(nurse.OffDuty(), other.OffDuty());
    }

    [Theory]
    [InlineData("ref=unknown&state=1")]
    [InlineData("ref=unknown&state=2")]
    [InlineData("state=1")]
    [InlineData("")]
    public async Task A_report_of_nothing_we_know_is_taken_and_does_nothing(string query) => (await host.KannelSays("/reports", query)).Is(204);

    [Fact]
    public async Task No_number_stands_in_a_row_and_old_rows_are_forgotten()
    {
        var nurse = await Nurse.OnDuty(host, "nurse6", "+22370100006");
        var phone = await host.Raised(new { needs = new[] { "health" } });
        await nurse.IsAsked(phone.Id);
        var reference = host.Reference(nurse.Number);
        await host.KannelBrings(nurse.Number, "?", "seen-1");
        var rows = host.App.Services.GetRequiredService<IRows>();
        var row = await rows.Read<TextRow>(Tables.Texts, reference, "text");
        Assert.NotNull(row);
        Assert.DoesNotContain("70100006", JsonSerializer.Serialize(row) + reference, StringComparison.Ordinal);

        await host.App.Services.GetRequiredService<TextSweep>().Sweep();
        Assert.NotNull(await rows.Read<TextRow>(Tables.Texts, reference, "text"));
        host.Clock.Advance(SmsReferences.KeptFor);
        await host.App.Services.GetRequiredService<TextSweep>().Sweep();
        Assert.Null(await rows.Read<TextRow>(Tables.Texts, reference, "text"));
    }

    private async Task Reports(string gateway, string number, bool delivered)
    {
        var answer = gateway switch
        {
            "kannel" => await host.KannelSays("/reports", $"ref={host.Reference(number)}&state={(delivered ? 1 : 16)}"),
            "twilio" => await host.TwilioSays($"/gateways/sms/twilio/reports?ref={host.Reference(number)}", [("MessageStatus", delivered ? "delivered" : "undelivered"), ("ErrorCode", "30005")]),
            "phone" => await host.PhoneSays("/gateways/sms/phone/reports", new { @event = delivered ? "sms:delivered" : "sms:failed", id = "e", payload = new { messageId = host.Reference(number), reason = "x" } }),
            _ => await host.Anybody().Form($"/gateways/sms/africa/reports/{TextingHost.Secret}", $"id={host.AfricasId(number)}&status={(delivered ? "Success" : "Failed&failureReason=UserDoesNotExist")}&phoneNumber=x"),
        };
        answer.Is(204);
    }

    private async Task Fails(string gateway, string number)
    {
        var reference = gateway == "africa" ? "" : host.Reference(number);
        var answer = gateway switch
        {
            "kannel" => await host.KannelSays("/reports", $"ref={reference}&state=2"),
            "kannelRefused" => await host.KannelSays("/reports", $"ref={reference}&state=16"),
            "twilio" => await host.TwilioSays($"/gateways/sms/twilio/reports?ref={reference}", [("MessageStatus", "undelivered"), ("ErrorCode", "30003")]),
            "phone" => await host.PhoneSays("/gateways/sms/phone/reports", new { @event = "sms:failed", id = "e", payload = new { messageId = reference, reason = "no credit" } }),
            _ => await host.Anybody().Form($"/gateways/sms/africa/reports/{TextingHost.Secret}", $"id={host.AfricasId(number)}&status=Failed&failureReason=DeliveryFailure&phoneNumber=x"),
        };
        answer.Is(204);
    }

    /// <summary>Whether the line reads that a text was sent, and why nothing comes of it.</summary>
    private async Task<(string Sent, string? GaveUp)> OfText(string offer)
    {
        // The gateway has the text before the line reads that it is sent.
        var seen = await Eventually.Get(() => host.OnTheLine(offer), o => o.GetProperty("channels").EnumerateArray().Any(IsText));
        var text = seen.GetProperty("channels").EnumerateArray().Single(IsText);
        return (text.TryGetProperty("sentAt", out var at) && at.ValueKind is JsonValueKind.String ? "sent" : "not sent", text.TryGetProperty("gaveUp", out var why) ? why.GetString() : null);
    }

    private static bool IsText(JsonElement channel) => channel.GetProperty("channel").GetString() == "sms";

    private async Task<string?> DeliveredAt(string offer)
    {
        var hers = await host.OnTheLine(offer);
        return hers.TryGetProperty("deliveredAt", out var at) ? at.GetString() : null;
    }

    /// <summary>They are retired one after the other: once this one is gone, all before it were looked at.</summary>
    private async Task EverybodyDeadIsRetired(Nurse nurse)
    {
        (await nurse.Caller.Put("/api/v1/me/devices/last", new { kind = "fcm", token = "t" })).Is(200);
        var (me, book) = ((await nurse.Caller.Get("/api/v1/me")).Is(200).Text("accountId"), host.App.Services.GetRequiredService<IDeviceAddresses>());
        book.Dead(me, (await book.Of(me, ChannelKind.Fcm, CancellationToken.None)).Single().Device);
        await Eventually.Get(() => book.Of(me, ChannelKind.Fcm, CancellationToken.None), left => left.IsEmpty);
    }

    private async Task<int> Numbers(Nurse nurse)
    {
        var me = (await nurse.Caller.Get("/api/v1/me")).Is(200).Text("accountId");
        return (await host.App.Services.GetRequiredService<IDeviceAddresses>().Of(me, ChannelKind.Sms, CancellationToken.None)).Length;
    }
}
