using Dispatch.Domain.Contacts;
using Dispatch.Domain.Conversations;
using Dispatch.Grains.Contacts;
using Dispatch.Grains.Rows;
using Dispatch.Web.Contacts;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Web.Tests.Gateways.Texts;

/// <summary>What is kept of a number, for how long, and how much of it there can be.</summary>
public sealed class ForgettingTests : IAsyncLifetime
{
    private readonly TextingHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task After_its_time_a_number_is_gone_and_a_text_from_it_opens_a_new_conversation()
    {
        const string served = "+22377300001", waiting = "+22377300002", isUnsafe = "+22377300003";
        var line = await Line.Of(_host);
        foreach (var number in new[] { served, waiting, isUnsafe }) (await _host.KannelBrings(number, "bonjour à vous", $"first-{number}")).Is(204);
        (await line.Taker.Put($"/api/v1/hotline/contacts/{line.IdOf(isUnsafe)}/mark", new { mayCall = true, mayText = true, @unsafe = true })).Is(200);
        foreach (var number in new[] { served, isUnsafe }) await Close(line, number);

        _host.Clock.Advance(TimeSpan.FromDays(39));
        await Sweep();
        Assert.All(await Task.WhenAll(View(served), View(waiting), View(isUnsafe)), contact => Assert.Single(contact!.Texts));
        _host.Clock.Advance(TimeSpan.FromDays(2));
        await Sweep();
        Assert.Null(await View(served));
        Assert.Single((await View(waiting))!.Texts);
        var left = (await View(isUnsafe))!;
        Assert.Equal((true, true, true), (left.Mark!.Unsafe, left.Texts.IsEmpty, left.Number is null));
        // Only who still waits is looked at again.
        Assert.Equal(line.IdOf(waiting), Assert.Single(await Rows().List<KeptContact>(Tables.Contacts, "one", null, 10)).Key);

        line = new Line(_host, await _host.SignIn("taker"));
        foreach (var number in new[] { served, isUnsafe }) (await _host.KannelBrings(number, "bonsoir à vous", $"second-{number}")).Is(204);
        Assert.Equal(["bonsoir à vous"], await line.Texts(served));
        Assert.Equal(["bonsoir à vous"], await line.Texts(isUnsafe));
        Assert.False((await line.Contact(served)).TryGetProperty("mark", out _));
        Assert.True((await line.Contact(isUnsafe)).GetProperty("mark").GetProperty("unsafe").GetBoolean());
        await Close(line, served);
    }

    [Fact]
    public async Task What_comes_beyond_the_hour_is_told_by_how_much_it_is_at_least()
    {
        const string loud = "+22377300004";
        for (var n = 0; n < Conversing.MaxTexts + 1 + 6; n++) (await _host.KannelBrings(loud, "bonjour à vous", $"loud-{n}")).Is(204);
        var line = await Line.Of(_host);
        var contact = await line.Contact(loud);
        Assert.Equal(Conversing.MaxTexts + 1, contact.GetProperty("texts").GetArrayLength());
        Assert.Equal(4, contact.GetProperty("notKept").GetInt32());
        for (var n = 0; n < 2; n++) (await _host.KannelBrings(loud, "bonjour à vous", $"louder-{n}")).Is(204);
        Assert.Equal(8, (await line.Contact(loud)).GetProperty("notKept").GetInt32());
        await Close(line, loud);
        Assert.Equal(0, (await line.Contact(loud)).GetProperty("notKept").GetInt32());
    }

    [Fact]
    public async Task Whatever_is_typed_into_the_app_makes_no_contact_and_one_alert_names_few_numbers()
    {
        const string typed = "+22377300005";
        var line = await Line.Of(_host);
        var phone = await _host.Anybody().Raised(new { safeContact = new { channel = "call", number = typed } });
        await line.IsNamed(typed, phone.Id);
        Assert.Null(await View(typed));
        Assert.Empty(await Rows().All<KeptContact>(Tables.Contacts, "one"));

        var named = _host.App.Services.GetRequiredService<NamedNumbers>();
        for (var n = 0; n < 3 * NamedNumbers.MaxNumbers; n++) named.Note(phone.Id, "one", new Domain.Survivors.SafeContact(Domain.Survivors.ContactChannel.Call, $"+223773001{n:00}"));
        // The last one is known already, and comes after all the others.
        var more = await _host.Anybody().Raised(new { safeContact = new { channel = "call", number = typed } });
        await line.IsNamed(typed, more.Id);
        await Eventually.Get(() => Count(line), count => count >= NamedNumbers.MaxNumbers - 1);
        Assert.Equal(NamedNumbers.MaxNumbers - 1, await Count(line));
    }

    private async Task<int> Count(Line line)
    {
        var named = _host.App.Services.GetRequiredService<NamedNumbers>();
        var all = await Task.WhenAll(Enumerable.Range(0, 3 * NamedNumbers.MaxNumbers).Select(n => named.Of(line.IdOf($"+223773001{n:00}"))));
        return all.Count(of => !of.IsEmpty);
    }

    private async Task Close(Line line, string number)
    {
        var item = (await line.Contact(number)).GetProperty("items")[0].GetProperty("itemId").GetString();
        (await line.Taker.Post($"/api/v1/hotline/items/{item}/take")).Is(200);
        (await line.Taker.Post($"/api/v1/hotline/items/{item}/close", new { outcome = "resolved" })).Is(200);
        await Eventually.Get(() => View(number), contact => contact is { Idle: true });
    }

    private Task<Contact?> View(string number) =>
        _host.App.Services.GetRequiredService<IGrainFactory>().GetGrain<IContactGrain>(_host.App.Services.GetRequiredService<ContactDesk>().IdOf(new InboundNumber("one", "test", number))).View();

    private Task Sweep() => _host.App.Services.GetRequiredService<ContactSweep>().Sweep();

    private IRows Rows() => _host.App.Services.GetRequiredService<IRows>();
}
