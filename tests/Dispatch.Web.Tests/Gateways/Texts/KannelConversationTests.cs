using Dispatch.Domain.Alerts;
using Dispatch.TestPrograms;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways.Texts;

/// <summary>The running host and a real gateway program: her text comes in, and once a human has marked her number as safe, words go back and forth.</summary>
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
        Assert.Contains(await line.Items("callBackOwed"), i => i.GetProperty("contactId").GetString() == line.IdOf(Number));
    }
}
