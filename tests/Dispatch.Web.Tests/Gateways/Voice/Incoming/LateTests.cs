using System.Globalization;
using Dispatch.Domain.Contacts;
using Dispatch.Grains.Hotline;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Web.Tests.Gateways.Voice.Incoming;

/// <summary>What a gateway says late or once more leaves a human her call, and the machine rings nobody for it.</summary>
public sealed class LateTests(LineHost host) : IClassFixture<LineHost>
{
    [Fact]
    public async Task An_end_whose_beginning_never_came_and_which_says_no_time_is_a_humans()
    {
        const string number = "+22373000001";
        await Ends(number, "late-1");
        await IsOwedByAHumanAlone(number);
    }

    [Fact]
    public async Task An_end_that_says_that_it_is_of_now_is_rung_back_and_an_old_one_is_not()
    {
        const string fresh = "+22373000002", old = "+22373000003", known = "+22373000004";
        await Ends(fresh, "late-2", At(-5));
        Assert.Single(await Eventually.Get(() => Task.FromResult(host.Calls(fresh)), calls => calls.Count > 0));
        await Ends(old, "late-3", At(-600));
        await IsOwedByAHumanAlone(old);
        // It rang, the host heard nothing for a while, and the end comes after the fact.
        await Begins(known, "late-4");
        await Ends(known, "late-4", At(-240));
        await IsOwedByAHumanAlone(known);
    }

    [Fact]
    public async Task Twilio_says_when_in_its_own_words()
    {
        const string fresh = "+22673000005", old = "+22673000006";
        var said = host.Clock.GetUtcNow();
        (await host.Twilio(old, "CA-late-6", "", [("CallStatus", "completed"), ("Timestamp", said.AddMinutes(-40).ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture))])).Is(204);
        await IsOwedByAHumanAlone(old);
        (await host.Twilio(fresh, "CA-late-5", "", [("CallStatus", "completed"), ("Timestamp", said.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture))])).Is(204);
        Assert.Single(await Eventually.Get(() => Task.FromResult(host.Calls(fresh)), calls => calls.Count > 0));
    }

    [Fact]
    public async Task Said_again_after_many_other_calls_it_leaves_nothing()
    {
        const string number = "+22373000007";
        await Begins(number, "first");
        await Ends(number, "first");
        for (var n = 0; n < 30; n++)
        {
            if (n % 6 == 0) host.Clock.Advance(TimeSpan.FromSeconds(61));
            await Begins(number, $"later-{n}");
            await Ends(number, $"later-{n}");
        }

        var (taker, item) = (await host.Taker(), (await host.Item(number, "callBackOwed"))!.Value.GetProperty("itemId").GetString());
        (await taker.Post($"/api/v1/hotline/items/{item}/take")).Is(200);
        (await taker.Post($"/api/v1/hotline/items/{item}/close", new { outcome = "resolved" })).Is(200);
        await Eventually.Get(() => host.Item(number, "callBackOwed"), i => i is null);
        var rung = host.Calls(number).Count;
        host.Clock.Advance(TimeSpan.FromSeconds(61));
        await Ends(number, "first");
        (await host.Bridge(new { @event = "key", call = "first", from = number, to = "80333", digits = "", next = "wait.3" })).Is(200);
        Assert.Null(await host.Item(number, "callBackOwed"));
        Assert.Null(await host.Item(number, "callRinging"));
        Assert.Equal(rung, host.Calls(number).Count);
    }

    /// <summary>As where the hint that somebody took it is still on its way to the number.</summary>
    [Fact]
    public async Task A_call_that_ends_just_after_a_human_took_it_is_hers_and_rung_by_no_machine()
    {
        const string number = "+22373000010";
        await Begins(number, "taken-1");
        var item = (await host.Item(number, "callRinging"))!.Value.GetProperty("itemId").GetString()!;
        var grains = host.App.Services.GetRequiredService<IGrainFactory>();
        Assert.Null((await grains.GetGrain<IHotlineGrain>("one").Take(item, "somebody")).Refused);
        await Ends(number, "taken-1");
        Assert.Equal("taken", (await host.Item(number, "callRinging"))!.Value.GetProperty("state").GetString());
        Assert.Null(await host.Item(number, "callBackOwed"));
        host.Clock.Advance(CallingBack.FirstAfter + TimeSpan.FromSeconds(1));
        Assert.False((await host.Contact((await host.Item(number, "callRinging"))!.Value)).TryGetProperty("callBack", out _));
    }

    private async Task IsOwedByAHumanAlone(string number)
    {
        var contact = await host.Contact((await host.Item(number, "callBackOwed"))!.Value);
        if (contact.TryGetProperty("callBack", out _))
        {
            host.Clock.Advance(CallingBack.FirstAfter);
            contact = await Eventually.Get(async () => await host.Contact((await host.Item(number, "callBackOwed"))!.Value), c => c.GetProperty("callBack").TryGetProperty("over", out _));
        }

        Assert.True(!contact.TryGetProperty("callBack", out var back) || (back.GetProperty("tries").GetInt32(), back.GetProperty("over").GetString()) == (0, "human"), contact.ToString());
        Assert.Empty(host.Calls(number));
    }

    private string At(int seconds) => host.Clock.GetUtcNow().AddSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private async Task Begins(string number, string call) => (await host.Bridge(new { @event = "incoming", call, from = number, to = "80333" })).Is(200);

    private async Task Ends(string number, string call, string? at = null) => (await host.Bridge(new { @event = "ended", call, from = number, to = "80333", at })).Is(204);
}
