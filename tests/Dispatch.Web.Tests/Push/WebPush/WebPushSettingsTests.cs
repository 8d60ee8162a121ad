using Dispatch.Channels.WebPush;
using Dispatch.Grains.Hosting;
using Dispatch.Web.Push.WebPush;
using Microsoft.Extensions.Configuration;

namespace Dispatch.Web.Tests.Push.WebPush;

/// <summary>Push to browsers is off, or set up as it should be; a host between the two does not start, and says which setting it is.</summary>
public sealed class WebPushSettingsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Without_a_contact_it_is_off(string? contact)
    {
        Assert.Null(Read(contact));
        Assert.Null(Read(contact, demo: true));
    }

    [Theory]
    [InlineData("mailto:line@example.org")]
    [InlineData("https://example.org/contact")]
    public void With_one_it_is_on_and_calls_the_open_internet_alone(string contact) => Assert.Equal(new WebPushSettings(contact, PushReach.Public), Read(contact, production: true));

    [Theory]
    [InlineData("line@example.org")]
    [InlineData("mailto:")]
    [InlineData("mailto:nobody")]
    [InlineData("http://example.org/contact")]
    [InlineData("https://localhost/contact")]
    [InlineData("tel:+22380000000")]
    public void A_contact_that_nobody_can_write_to_is_refused(string contact) => Refuses("WebPush:Contact must be an address", contact);

    [Fact]
    public void A_demo_calls_no_real_service_but_a_stand_in_on_its_own_machine()
    {
        Refuses("Demo:Enabled is set beside WebPush:Contact", "mailto:line@example.org", demo: true);
        Assert.Equal(PushReach.Loopback, Read("mailto:line@example.org", "true", demo: true)?.Reach);
    }

    [Fact]
    public void A_stand_in_is_nothing_for_production_and_nothing_by_itself()
    {
        Refuses("WebPush:Loopback is set in Production", "mailto:line@example.org", "true", production: true);
        Refuses("WebPush:Loopback is set and WebPush:Contact is not", null, "true");
        Refuses("WebPush:Loopback must be true or false", "mailto:line@example.org", "yes");
    }

    private static void Refuses(string message, string? contact, string? loopback = null, bool demo = false, bool production = false) =>
        Assert.StartsWith(message, Assert.Throws<StartRefusedException>(() => Read(contact, loopback, demo, production)).Message, StringComparison.Ordinal);

    private static WebPushSettings? Read(string? contact, string? loopback = null, bool demo = false, bool production = false) =>
        WebPushSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["WebPush:Contact"] = contact, ["WebPush:Loopback"] = loopback }).Build(), demo, production);
}
