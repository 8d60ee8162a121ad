using Dispatch.Domain.Alerts;
using Dispatch.TestPrograms;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways.Texts;

/// <summary>The running host and a real gateway program: her text comes in, and once a human has marked her number as safe, words go back and forth, and all that she answers is in her alert.</summary>
public sealed class KannelConversationTests(KannelStoryTests.Host host) : IClassFixture<KannelStoryTests.Host>
{
    private const string Number = "+22370600000";

    [Fact]
    public async Task A_conversation_both_ways()
    {
        var line = await Line.Of(host);
        await host.Kannel.Sends(Number, "Bonjour madame");
        await Eventually.Get(() => line.Knows(Number), known => known);
        Assert.Equal(["Bonjour madame"], await line.Texts(Number));
        await line.MarkSafe(Number);

        await host.Kannel.Sends(Number, "bsoin infirmiere et un lit cette nuit, pas de police");
        Assert.Equal($"100 {Number} text Bien pris, merci. On peut vous appeler ? Répondez OUI ou NON.", await host.Kannel.Next());
        var alert = await line.AlertOf(Number);
        Assert.Equal([Need.Health, Need.Shelter], alert.Wished.AsEnumerable());
        Assert.Equal((IntakeChannel.Text, Reach.Sms), (alert.Channel!.Value, alert.Reach));
        Assert.Empty(alert.Consents);

        await host.Kannel.Sends(Number, "OUI");
        Assert.Equal($"100 {Number} text C'est noté, merci.", await host.Kannel.Next());
        var owed = Assert.Single(await line.Items("callBackOwed"), i => i.GetProperty("contactId").GetString() == line.IdOf(Number));
        Assert.Equal(alert.Id, owed.GetProperty("alertId").GetString());

        // What she answers further is in the same alert, as a need and in her words.
        await host.Kannel.Sends(Number, "et un avocat svp");
        var more = await Eventually.Get(() => line.Alert(alert.Id), a => a.Needs.Any(n => n.Need is Need.Legal));
        Assert.Equal(2, more.Notes.Length);
        var read = (await line.Taker.Get($"/api/v1/alerts/{alert.Id}")).Is(200);
        foreach (var said in new[] { "pas de police", "et un avocat svp" }) Assert.Contains(said, read.Body, StringComparison.Ordinal);
        Assert.Contains("joined", read.Body, StringComparison.Ordinal);
        Assert.Empty(more.Consents);
        Assert.Equal(["Bonjour madame", "bsoin infirmiere et un lit cette nuit, pas de police", "OUI", "et un avocat svp"], await line.Texts(Number));
    }
}
