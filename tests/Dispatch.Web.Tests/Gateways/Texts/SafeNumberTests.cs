using Dispatch.Domain.Alerts;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Survivors;
using Dispatch.Web.Sealing;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Web.Tests.Gateways.Texts;

/// <summary>What was said against a number holds for every word that would go there and for every alert that would give it out.</summary>
public sealed class SafeNumberTests(TextingHost host) : IClassFixture<TextingHost>
{
    [Fact]
    public async Task Stop_ends_the_mark_for_texts_and_a_human_reads_it()
    {
        var line = await Line.Of(host);
        const string number = "+22377000001";
        (await host.KannelBrings(number, "bonjour")).Is(204);
        await line.MarkSafe(number);
        (await host.KannelBrings(number, "stop")).Is(204);
        var contact = await line.Contact(number);
        Assert.Equal((false, false), (contact.GetProperty("mayText").GetBoolean(), contact.GetProperty("mark").GetProperty("mayText").GetBoolean()));
        (await host.KannelBrings(number, "aidez moi svp")).Is(204);
        Assert.Equal(Reach.None, (await line.AlertOf(number)).Reach);
        Assert.Empty(host.Texts(number));
        // Until a call-taker marks it anew.
        await line.MarkSafe(number);
        Assert.True((await line.Contact(number)).GetProperty("mayText").GetBoolean());
    }

    [Theory]
    [InlineData("+22377000002", "stop")]
    [InlineData("+22377000003", "arrêtez")]
    public async Task A_stop_of_a_number_that_nobody_knows_is_read_by_a_human(string number, string text)
    {
        var line = await Line.Of(host);
        (await host.KannelBrings(number, text)).Is(204);
        Assert.Equal("textWaiting", Assert.Single((await line.Contact(number)).GetProperty("items").EnumerateArray()).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_phone_that_was_marked_as_unsafe_in_the_alert_gets_no_word_and_its_number_is_not_given_out()
    {
        var line = await Line.Of(host);
        const string number = "+22377000004";
        (await host.KannelBrings(number, "aidez moi")).Is(204);
        await line.MarkSafe(number);
        var first = await line.AlertOf(number);
        (await line.Taker.Post($"/api/v1/alerts/{first.Id}/phone-unsafe")).Is(200);
        // Later than what is taken for the same.
        host.Clock.Advance(TimeSpan.FromMinutes(31));
        (await host.KannelBrings(number, "aidez moi encore")).Is(204);
        var second = await Eventually.Get(() => line.AlertOf(number), a => a.Id != first.Id);
        Assert.Equal(Reach.None, second.Reach);
        Assert.Null((await ContactOf(second.Id))?.Number);
        Assert.Empty(host.Texts(number));
        // A mark that is newer stands against it.
        await line.MarkSafe(number);
        (await host.KannelBrings(number, "docteur")).Is(204);
        await Eventually.Get(() => Task.FromResult(host.Texts(number)), texts => texts.Count == 1);
    }

    [Fact]
    public async Task Who_types_her_number_and_cancels_as_if_forced_keeps_nobody_from_being_asked_for_her()
    {
        var line = await Line.Of(host);
        const string number = "+22377000005";
        (await host.KannelBrings(number, "bonjour")).Is(204);
        await line.MarkSafe(number);
        var his = await host.Anybody().Raised(new { pin = "1234", safeContact = new { channel = "call", number } });
        (await his.Cancel(new { pin = "0000" })).Is(200);
        await Eventually.Get(() => line.Contact(number), c => c.GetProperty("mark").GetProperty("unsafe").GetBoolean());
        (await host.KannelBrings(number, "aidez moi")).Is(204);
        var hers = await line.AlertOf(number);
        // Not None, by which nobody would be asked to call her; but no machine gives the number out or writes to it.
        Assert.Equal(Reach.Unknown, hers.Reach);
        Assert.Null(await ContactOf(hers.Id));
        Assert.Empty(host.Texts(number));
        await line.MarkSafe(number);
        (await host.KannelBrings(number, "docteur")).Is(204);
        await Eventually.Get(() => Task.FromResult(host.Texts(number)), texts => texts.Count == 1);
    }

    private async Task<SafeContact?> ContactOf(string alert)
    {
        var services = host.App.Services;
        return await services.GetRequiredService<IGrainFactory>().GetGrain<ISurvivorSessionGrain>(alert).SafeContact() is { } box
            ? services.GetRequiredService<Vault>().SessionKey(alert).Open(Dispatch.Web.Survivors.Fields.ContactName, box) : null;
    }
}
