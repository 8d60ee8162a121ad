using Dispatch.Channels.Live;

namespace Dispatch.Engine.Tests.Live;

/// <summary>In a cluster of its own: a host dies in it.</summary>
public sealed class DeadHostTests
{
    [Fact]
    public async Task A_host_that_died_is_forgotten_and_the_others_go_on()
    {
        using var relays = new Relays();
        await relays.InitializeAsync();
        var (sender, dead, other) = (relays.Hosts[1], relays.Hosts[0], relays.Hosts[2]);
        dead.Pages.Open(LiveAddress.Responder("anna"));
        await dead.Relay.Announced();
        await relays.Kill(dead);

        // As long as nobody knows that it is dead, nobody claims that she got it, and nobody waits longer than the deadline.
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        Assert.NotEqual(LiveReach.Handed, await sender.Relay.Deliver(Relays.Offer("anna"), deadline.Token).WaitAsync(TimeSpan.FromSeconds(4)));
        await World.Until(() => sender.Knows == 1 && other.Knows == 1);
        Assert.Equal(LiveReach.NotConnected, await sender.Relay.Deliver(Relays.Offer("anna"), default));

        // She comes back to another host.
        other.Pages.Open(LiveAddress.Responder("anna"));
        await other.Relay.Announced();
        Assert.Equal(LiveReach.Handed, await sender.Relay.Deliver(Relays.Offer("anna"), default));
        await relays.DisposeAsync();
    }
}
