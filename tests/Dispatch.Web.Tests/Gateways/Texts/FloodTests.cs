using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways.Texts;

/// <summary>Too much, the wrong ones and nonsense: none of it touches an alert, and none of it keeps another number waiting.</summary>
public sealed class FloodTests(TextingHost host) : IClassFixture<TextingHost>
{
    private const int Flood = 500;
    private static readonly TimeSpan SoonEnough = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_flood_from_one_number_delays_no_other()
    {
        var line = await Line.Of(host);
        const string loud = "+22377000001";
        var flood = Enumerable.Range(0, Flood).Select(n => host.KannelBrings(loud, $"docteur {n}", $"flood-{n}")).ToArray();

        var began = host.Clock.GetUtcNow();
        (await host.KannelBrings("+22377000002", "aide")).Is(204);
        Assert.Equal("+22377000002", (await line.Contact("+22377000002")).GetProperty("number").GetString());
        await line.AlertOf("+22377000002");
        Assert.InRange(host.Clock.GetUtcNow() - began, TimeSpan.Zero, SoonEnough);

        Assert.All(await Task.WhenAll(flood), answer => answer.Is(204));
        // One alert, and one thing for a human: that there was too much of it.
        var alert = await line.AlertOf(loud);
        Assert.Single(await line.Items("newAlert"), i => i.GetProperty("alertId").GetString() == alert.Id);
        Assert.InRange((await line.Items("textWaiting")).Count(i => i.GetProperty("contactId").GetString() == line.IdOf(loud)), 1, 1);
        Assert.InRange(alert.Notes.Length, 1, Dispatch.Domain.Alerts.Adding.MaxNotes);
        // What it cost is bounded by what one number is listened to, and not by how much came.
        Assert.InRange((await line.Contact(loud)).GetProperty("version").GetInt64(), 1, 4 * Dispatch.Domain.Conversations.Conversing.MaxTexts);
    }

    [Fact]
    public async Task What_is_forged_reaches_nobody()
    {
        var line = await Line.Of(host);
        const string number = "+22377000003";
        var text = $"id=1&from={Uri.EscapeDataString(number)}&text=aide";
        Answer[] answers =
        [
            await host.KannelSays("", text, secret: "another-secret-16"),
            await host.Anybody().Get($"/gateways/sms/kannel?{text}"),
            await host.Anybody().Form("/gateways/sms/africa/wrong", text),
            await host.TwilioSays("/gateways/sms/twilio", [("MessageSid", "1"), ("From", number), ("Body", "aide")], token: "guessed"),
            await host.PhoneSays("/gateways/sms/phone", new { @event = "sms:received", id = "1", payload = new { sender = number, message = "aide" } }, key: "guessed"),
            // A copy of a real call, taken up again later.
            await host.PhoneSays("/gateways/sms/phone", new { @event = "sms:received", id = "1", payload = new { sender = number, message = "aide" } }, late: TimeSpan.FromMinutes(6)),
        ];
        Assert.All(answers, a => a.Is(401, "not_signed_in"));
        Assert.False(await line.Knows(number));
    }

    [Theory]
    [InlineData("id=g1&from=%2B22377000004")]
    [InlineData("from=%2B22377000004&text=aide")]
    [InlineData("id=&from=%2B22377000004&text=aide")]
    public async Task Nonsense_is_refused(string query)
    {
        (await host.KannelSays("", query)).Is(400, "invalid_body");
        Assert.False(await (await Line.Of(host)).Knows("+22377000004"));
    }

    [Theory]
    [InlineData("\u0000\u0001\u0002")]
    [InlineData("'; DROP TABLE alerts; --")]
    [InlineData("{\"needs\":[\"police\"]}")]
    [InlineData("﷽﷽﷽🏚🏚🏚")]
    public async Task Whatever_stands_in_a_text_is_a_text(string text)
    {
        var line = await Line.Of(host);
        (await host.KannelBrings("+22377000005", text)).Is(204);
        Assert.Contains(text, await line.Texts("+22377000005"));
        Assert.False((await line.Contact("+22377000005")).TryGetProperty("tie", out _));
    }
}
