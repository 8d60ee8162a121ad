using System.Globalization;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Conversations;
using Dispatch.Web.Gateways.Texts;
using Dispatch.Web.Gateways.Voice.Incoming;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests.Gateways;

/// <summary>One number that brings more than any phone can. What it costs is bounded, and no other waits for it: told by the order of things and by what was done, and not by a watch.</summary>
public sealed class OneLoudNumberTests(EveryWayHost host) : IClassFixture<EveryWayHost>
{
    private const int Flood = 500;
    private const string NotSent = "END Pas envoyé. Réessayez, merci.";
    private const string Received = "END Message bien pris, merci.";

    /// <summary>Its own texts are stuck, and more of them come all the while: hers is done before any of those goes on, and what comes beyond a few is answered at once and holds no place.</summary>
    [Fact]
    public async Task While_the_texts_of_the_loud_one_are_stuck_hers_is_raised()
    {
        const string loud = "+22377100001", hers = "+22377100002";
        var (crew, stuck) = (await host.Everybody(), new TaskCompletionSource());
        var turns = host.App.Services.GetRequiredService<NumberTurns>();
        var held = Enumerable.Range(0, NumberTurns.AtOnce).Select(_ => turns.Take(crew.Line.IdOf(loud), () => stuck.Task)).ToArray();

        var flood = Enumerable.Range(0, Flood).Select(n => host.Texts(loud, string.Create(CultureInfo.InvariantCulture, $"docteur {n}"), $"loud-{n}")).ToArray();
        (await host.Texts(hers, "docteur svp")).Is(204);
        Assert.Equal([Need.Health], (await crew.Line.AlertOf(hers)).Wished.AsEnumerable());
        await Eventually.Get(() => Task.FromResult(flood.Count(text => text.IsCompleted)), done => done >= Flood - Conversing.MaxTexts);
        Assert.All(held, turn => Assert.False(turn.IsCompleted));

        // A human is told once that there was too much of it.
        var contact = await crew.Line.Contact(loud);
        Assert.Equal("textWaiting", Assert.Single(contact.GetProperty("items").EnumerateArray()).GetProperty("reason").GetString());
        Assert.False(contact.TryGetProperty("tie", out _));
        stuck.SetResult();
        Assert.All(await Task.WhenAll(held), done => Assert.True(done));
        Assert.All(await Task.WhenAll(flood), answer => answer.Is(204));
        // And is heard again.
        (await host.Texts(loud, "docteur svp")).Is(204);
        await crew.Line.AlertOf(loud);
    }

    [Fact]
    public async Task A_flood_of_menus_is_one_alert_and_costs_no_more_than_one_number_may()
    {
        var crew = await host.Everybody();
        const string loud = "+22377100005", hers = "+22377100006";
        var flood = Enumerable.Range(0, Flood).Select(n => Types(loud, n)).ToArray();
        Assert.Equal(Received, (await Types(hers, 0)).Is(200).Body);
        Assert.All(await Task.WhenAll(flood), answer => Assert.Contains(answer.Is(200).Body, new[] { Received, NotSent }));
        // One after the other, as fast as they are answered.
        for (var n = 0; n < 2 * IncomingLimits.EventsPerMinute; n++) await Types(loud, Flood + n);
        Assert.Equal(NotSent, (await Types(loud, 2 * Flood)).Is(200).Body);

        var (alert, contact) = (await crew.Line.AlertOf(loud), await crew.Line.Contact(loud));
        Assert.Single(await crew.Line.Items("newAlert"), i => i.GetProperty("alertId").GetString() == alert.Id);
        Assert.InRange(contact.GetProperty("version").GetInt64(), 1, 4 * IncomingLimits.EventsPerMinute);
        Assert.InRange(alert.Version, 1, 4 * IncomingLimits.EventsPerMinute);
        Assert.Equal([Need.Health], (await crew.Line.AlertOf(hers)).Wished.AsEnumerable());
    }

    /// <summary>A child played with the phone, or somebody made it loud on purpose: a human is told of it, and her call for help is heard all the same.</summary>
    [Fact]
    public async Task Whoever_asks_first_is_heard_however_much_came_before()
    {
        var crew = await host.Everybody();
        const string number = "+22377100007";
        for (var n = 0; n <= IncomingLimits.EventsPerMinute; n++) await host.Types($"played-{n}", number, "");
        Assert.Equal(NotSent, (await host.Types("played-on", number, "1")).Is(200).Body);
        Assert.Equal("textWaiting", Assert.Single((await crew.Line.Contact(number)).GetProperty("items").EnumerateArray()).GetProperty("reason").GetString());
        Assert.Equal(Received, (await host.Types("asked", number, "1*1*1*1")).Is(200).Body);
        Assert.Equal([Need.Health], (await crew.Line.AlertOf(number)).Wished.AsEnumerable());
        Assert.Equal(NotSent, (await host.Types("played-again", number, "1")).Is(200).Body);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.StartsWith("CON", (await host.Types("later", number, "1")).Is(200).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flood_of_calls_is_one_item_and_costs_no_more_than_one_number_may()
    {
        var crew = await host.Everybody();
        const string loud = "+22377100008", hers = "+22377100009";
        var flood = Enumerable.Range(0, Flood).Select(n => Rings(loud, $"loud-{n}")).ToArray();
        var greeted = (await Rings(hers, "hers")).Is(200);
        (await host.Bridge(new { @event = "key", call = "hers", from = hers, to = "80333", digits = "9", next = greeted.Text("next") })).Is(200);
        await crew.Line.AlertOf(hers);
        Assert.All(await Task.WhenAll(flood), answer => answer.Is(200));

        var contact = await crew.Line.Contact(loud);
        Assert.Equal("callRinging", Assert.Single(contact.GetProperty("items").EnumerateArray()).GetProperty("reason").GetString());
        Assert.InRange(contact.GetProperty("version").GetInt64(), 1, 4 * IncomingLimits.CallsPerMinute);
    }

    /// <summary>A menu to its end, in a session of its own.</summary>
    private Task<Answer> Types(string number, int session) => host.Types($"loud-{number}-{session}", number, "1*1*1*1");

    private Task<Answer> Rings(string number, string call) => host.Bridge(new { @event = "incoming", call, from = number, to = "80333" });
}
