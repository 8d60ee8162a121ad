using System.Net;
using Dispatch.Channels.WebPush;
using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Tests.WebPush;

/// <summary>Whoever registers a browser says where it is. Nothing that she says makes this host call its own network.</summary>
public sealed class PushReachTests
{
    [Theory]
    [InlineData("https://fcm.googleapis.com/fcm/send/a", true)]
    [InlineData("https://push.example.org:443/a", true)]
    [InlineData("http://push.example.org/a", false)]
    [InlineData("https://push.example.org:8443/a", false)]
    [InlineData("https://user@push.example.org/a", false)]
    [InlineData("https://push/a", false)]
    [InlineData("https://localhost/a", false)]
    [InlineData("https://127.0.0.1/a", false)]
    [InlineData("https://8.8.8.8/a", false)]
    [InlineData("https://[2a00:1450::1]/a", false)]
    [InlineData("https://[::1]/a", false)]
    [InlineData("ftp://push.example.org/a", false)]
    public void An_address_is_refused_by_its_text_where_that_says_enough(string endpoint, bool allowed)
    {
        Assert.Equal(allowed, PushReach.Public.Allows(new Uri(endpoint)));
        Assert.Equal(new Uri(endpoint) is { IsLoopback: true, Scheme: "http" or "https" }, PushReach.Loopback.Allows(new Uri(endpoint)));
    }

    [Theory]
    [InlineData("142.250.1.1", true)]
    [InlineData("100.63.255.255", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2a00:1450:4007:80c::200a", true)]
    [InlineData("64:ff9b::8efa:101", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.9.9.9", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("192.0.0.8", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::10.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::1", false)]
    [InlineData("2001:0:1::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd12:3456::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    public void No_private_or_local_address_is_called(string address, bool allowed)
    {
        Assert.Equal(allowed, PushReach.Public.Allows(IPAddress.Parse(address)));
        Assert.Equal(IPAddress.IsLoopback(IPAddress.Parse(address)), PushReach.Loopback.Allows(IPAddress.Parse(address)));
    }

    /// <summary>The name looked harmless when it was registered, and leads here now.</summary>
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("169.254.169.254")]
    public async Task A_name_that_leads_inside_is_refused_in_the_moment_of_connecting(string leadsTo)
    {
        var asked = new List<string>();
        var transport = PushConnections.Handler(PushReach.Public, (host, _) =>
        {
            asked.Add(host);
            return Task.FromResult(new[] { IPAddress.Parse(leadsTo) });
        });
        await using var pushing = Pushing.Start(await PushService.Start(), [], PushReach.Public, transport);
        pushing.Add("inside", new Uri("https://push.example.org/p/inside"));
        Assert.Equal(new DeliveryResult.Never("addressRefused"), await pushing.Send(Pushing.Offer()));
        Assert.Equal(["push.example.org"], asked);
        Assert.Empty(pushing.Retired);
    }

    [Fact]
    public async Task A_device_that_is_not_to_be_called_is_not_even_looked_up()
    {
        await using var pushing = await Pushing.With();
        pushing.Add("elsewhere", new Uri("https://push.example.org/p/x"));
        Assert.Equal(new DeliveryResult.Never("unusable"), await pushing.Send(Pushing.Offer()));
        Assert.Empty(pushing.Retired);
    }
}
