using Dispatch.Channels.Live;

namespace Dispatch.Engine.Tests.Live;

public sealed class RelayTests(Relays relays) : IClassFixture<Relays>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_notice_reaches_the_page_on_another_host_and_no_host_besides()
    {
        await Open(relays.Hosts[1], "anna");
        Assert.Equal(LiveReach.Handed, await relays.Hosts[0].Relay.Deliver(Relays.Offer("anna", "to anna"), default));
        Assert.Contains("to anna", relays.Hosts[1].Pages.Taken);
        Assert.DoesNotContain("to anna", relays.Hosts[2].Pages.Taken);
    }

    [Fact]
    public async Task Who_listens_nowhere_is_said_to_be_nowhere()
    {
        Assert.Equal(LiveReach.NotConnected, await relays.Hosts[0].Relay.Deliver(Relays.Offer("nobody"), default));
        await Open(relays.Hosts[1], "bea");
        relays.Hosts[1].Pages.Close(LiveAddress.Responder("bea"));
        await relays.Hosts[1].Relay.Announced();
        Assert.Equal(LiveReach.NotConnected, await relays.Hosts[0].Relay.Deliver(Relays.Offer("bea"), default));
    }

    [Fact]
    public async Task Handed_is_said_when_one_host_of_several_handed_it_and_never_otherwise()
    {
        await Open(relays.Hosts[1], "cora");
        await Open(relays.Hosts[2], "cora");
        relays.Hosts[1].Pages.Behaviour = _ => Task.FromResult(LiveReach.Stalled);
        Assert.Equal(LiveReach.Handed, await relays.Hosts[0].Relay.Deliver(Relays.Offer("cora"), default));
        relays.Hosts[2].Pages.Behaviour = _ => Task.FromResult(LiveReach.Stalled);
        Assert.Equal(LiveReach.Stalled, await relays.Hosts[0].Relay.Deliver(Relays.Offer("cora"), default));
        (relays.Hosts[1].Pages.Behaviour, relays.Hosts[2].Pages.Behaviour) = (null, null);
    }

    [Fact]
    public async Task A_page_that_does_not_read_holds_up_nobody_else_of_its_host()
    {
        await Open(relays.Hosts[1], "dora");
        await Open(relays.Hosts[1], "eva");
        var never = new TaskCompletionSource<LiveReach>();
        relays.Hosts[1].Pages.Behaviour = notice => notice.Recipient == "dora" ? never.Task : Task.FromResult(LiveReach.Handed);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        var stalled = relays.Hosts[0].Relay.Deliver(Relays.Offer("dora"), deadline.Token);
        Assert.Equal(LiveReach.Handed, await relays.Hosts[0].Relay.Deliver(Relays.Offer("eva"), default).WaitAsync(TimeSpan.FromSeconds(1)));
        Assert.Equal(LiveReach.Stalled, await stalled.WaitAsync(Soon));
        never.SetResult(LiveReach.Stalled);
        relays.Hosts[1].Pages.Behaviour = null;
    }

    [Fact]
    public async Task Thousands_of_pages_are_announced_and_found()
    {
        for (var n = 0; n < 5_000; n++) relays.Hosts[2].Pages.Open(LiveAddress.Responder($"crowd{n}"));
        Assert.True(await relays.Hosts[2].Relay.Announced());
        Assert.Equal(LiveReach.Handed, await relays.Hosts[0].Relay.Deliver(Relays.Offer("crowd0"), default));
        Assert.Equal(LiveReach.Handed, await relays.Hosts[1].Relay.Deliver(Relays.Offer("crowd4999"), default));
        for (var n = 0; n < 5_000; n++) relays.Hosts[2].Pages.Close(LiveAddress.Responder($"crowd{n}"));
    }

    [Fact]
    public async Task A_session_that_ends_closes_its_pages_on_every_host()
    {
        await Open(relays.Hosts[1], "fatima");
        await relays.Hosts[0].Relay.Cut(new CutOff("fatima", "session"));
        Assert.Contains(new CutOff("fatima", "session"), relays.Hosts[1].Pages.CutOffs);
    }

    private static async Task Open(Relays.Host host, string responder)
    {
        host.Pages.Open(LiveAddress.Responder(responder));
        Assert.True(await host.Relay.Announced());
    }
}
