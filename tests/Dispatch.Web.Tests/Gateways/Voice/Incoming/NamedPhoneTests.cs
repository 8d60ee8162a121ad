using System.Text.Json;
using Dispatch.Grains.Contacts;
using Dispatch.Web.Contacts;
using Dispatch.Web.Tests.Gateways.Texts;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Web.Tests.Gateways.Voice.Incoming;

/// <summary>
/// Once the line says that somebody else holds the phone of an alert from the app, or it is cancelled as one is who is made to, the number in that alert is left alone by every machine. Nobody
/// knows whether whoever typed it had a right to: so what the number itself asks for is dealt with all the same.
/// </summary>
public sealed class NamedPhoneTests(LineHost host) : IClassFixture<LineHost>
{
    [Fact]
    public async Task The_number_of_an_alert_whose_phone_the_line_marks_as_unsafe_is_not_rung_and_is_owed_a_human()
    {
        const string number = "+22378400001";
        var phone = await Named(number);
        (await (await host.Taker()).Post($"/api/v1/alerts/{phone.Id}/phone-unsafe")).Is(200);
        Assert.True(await IsUnsafe(number));
        Assert.False(await IsRungBack(number));
        Assert.NotNull(await host.Item(number, "callBackOwed"));
    }

    [Fact]
    public async Task So_is_the_number_of_one_that_is_cancelled_under_duress()
    {
        const string number = "+22378400002";
        (await (await Named(number)).Cancel(new { pin = "0000" })).Is(200);
        await Eventually.Get(() => IsUnsafe(number), isUnsafe => isUnsafe);
        Assert.False(await IsRungBack(number));
        Assert.NotNull(await host.Item(number, "callBackOwed"));
    }

    [Fact]
    public async Task A_cancel_of_her_own_changes_nothing_of_her_number()
    {
        const string number = "+22378400003";
        (await (await Named(number)).Cancel(new { pin = "1234" })).Is(200);
        Assert.True(await IsRungBack(number));
        Assert.False(await IsUnsafe(number));
    }

    [Fact]
    public async Task Marking_the_number_itself_gives_it_back_and_nothing_else_does()
    {
        const string number = "+22378400005";
        var (phone, line) = (await Named(number), await Line.Of(host));
        var unsafely = $"/api/v1/alerts/{phone.Id}/phone-unsafe";
        (await line.Taker.Post(unsafely)).Is(200);
        (await line.Taker.Post("/api/v1/hotline/one/calls", new { channel = "walkIn", safeContact = new { channel = "call", number } }, ("Idempotency-Key", Guid.NewGuid().ToString("D")))).Is(201);
        Assert.False(await IsRungBack(number, "before"));
        await line.MarkSafe(number, text: false, call: true);
        // Said once more it is no news.
        (await line.Taker.Post(unsafely)).Is(200);
        Assert.False(await IsUnsafe(number));
        Assert.True(await IsRungBack(number, "after"));
    }

    [Fact]
    public async Task What_a_call_taker_takes_down_after_that_is_another_phone()
    {
        const string his = "+22378400006", hers = "+22378400007";
        var (phone, line) = (await Named(his), await Line.Of(host));
        (await line.Taker.Post($"/api/v1/alerts/{phone.Id}/phone-unsafe")).Is(200);
        (await line.Taker.Post($"/api/v1/alerts/{phone.Id}/staff-additions", new { safeContact = new { channel = "call", number = hers, hoursFrom = "00:00", hoursTo = "23:59" } })).Is(200);
        (await line.Taker.Post($"/api/v1/alerts/{phone.Id}/phone-unsafe")).Is(200);
        Assert.True(await IsUnsafe(his));
        Assert.False(await IsUnsafe(hers));
        Assert.True(await IsRungBack(hers));
    }

    [Fact]
    public async Task A_silence_of_the_tied_alert_outlives_the_number_being_taken_down_beside_it()
    {
        const string number = "+22378400008";
        var (phone, line) = (await host.Raised(new { }), await Line.Of(host));
        await PressesNine(number, "named-8");
        await line.AlertOf(number);
        (await line.Taker.Post($"/api/v1/hotline/contacts/{line.IdOf(number)}/tie", new { alertId = phone.Id })).Is(200);
        (await line.Taker.Post($"/api/v1/alerts/{phone.Id}/phone-unsafe")).Is(200);
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        (await line.Taker.Post($"/api/v1/alerts/{phone.Id}/staff-additions", new { safeContact = new { channel = "call", number, hoursFrom = "00:00", hoursTo = "23:59" } })).Is(200);
        Assert.False(await IsRungBack(number));
    }

    private Task<Phone> Named(string number) => host.Raised(new { pin = "1234", safeContact = new { channel = "call", number } });

    private async Task PressesNine(string number, string call)
    {
        var greeted = (await host.Bridge(new { @event = "incoming", call, from = number, to = "80333" })).Is(200).Json;
        await host.Bridge(new { @event = "key", call, from = number, to = "80333", digits = "9", next = greeted.GetProperty("next").GetString() });
        await host.Bridge(new { @event = "ended", call, from = number, to = "80333" });
    }

    private async Task<bool> IsUnsafe(string number)
    {
        var desk = host.App.Services.GetRequiredService<ContactDesk>();
        var grain = host.App.Services.GetRequiredService<IGrainFactory>().GetGrain<IContactGrain>(desk.IdOf(new InboundNumber("one", "any", number)));
        return (await grain.View())?.Mark?.Unsafe is true;
    }

    /// <summary>She lets it ring once; in the end it was rung, or a human has to.</summary>
    private async Task<bool> IsRungBack(string number, string call = "missed")
    {
        var before = host.Calls(number).Count;
        foreach (var what in new[] { "incoming", "ended" }) await host.Bridge(new { @event = what, call = $"{call}-{number}", from = number, to = "80333" });
        await Eventually.Get(
            async () => host.Calls(number).Count > before || (await host.Contact((await host.Item(number, "callBackOwed"))!.Value) is var c && c.TryGetProperty("callBack", out JsonElement back) && back.TryGetProperty("over", out _)),
            known => known);
        return host.Calls(number).Count > before;
    }
}
