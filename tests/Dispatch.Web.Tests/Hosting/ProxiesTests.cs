using System.Net;
using Dispatch.Grains.Hosting;
using Dispatch.Web.Hosting;
using Microsoft.Extensions.Configuration;

namespace Dispatch.Web.Tests.Hosting;

public sealed class ProxiesTests
{
    [Theory]
    [InlineData("Proxy:Known", "172.18.0.5, 10.0.0.0/8", "172.18.0.5/32 10.0.0.0/8")]
    [InlineData("Proxy:Known:0", "fd00::1", "fd00::1/128")]
    [InlineData("Proxy:Known", "", "")]
    [InlineData("Proxy:Other", "10.0.0.1", "")]
    public void Proxies_are_named_by_address_or_network(string setting, string value, string known) =>
        Assert.Equal(known.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => IPNetwork.Parse(n)), Proxies.Known(Settings(setting, value)));

    [Theory]
    [InlineData("proxy")]
    [InlineData("10.0.0.0/99")]
    public void What_is_no_address_keeps_the_host_from_starting(string value) =>
        Assert.Contains("Proxy:Known", Assert.Throws<StartRefusedException>(() => Proxies.Known(Settings("Proxy:Known", value))).Message, StringComparison.Ordinal);

    private static IConfiguration Settings(string name, string value) => new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();
}
