using Dispatch.Grains.Hosting;
using Dispatch.Web.Gateways;
using Microsoft.Extensions.Configuration;

namespace Dispatch.Web.Tests.Gateways;

/// <summary>Texts are off, or set up as they should be; a host between the two does not start, and says which setting it is, never with its value.</summary>
public sealed class SmsSettingsTests
{
    private static readonly Dictionary<string, string?> Good = new()
    {
        ["Sms:PublicUrl"] = "https://dispatch.example.org",
        ["Sms:Gateways:k:Kind"] = "Kannel", ["Sms:Gateways:k:Url"] = "http://127.0.0.1:13013/cgi-bin/sendsms", ["Sms:Gateways:k:User"] = "zq1", ["Sms:Gateways:k:Password"] = "zq2", ["Sms:Gateways:k:Secret"] = "zq3-0123456789abcd",
        ["Sms:Gateways:t:Kind"] = "Twilio", ["Sms:Gateways:t:AccountSid"] = "zq4", ["Sms:Gateways:t:AuthToken"] = "zq5", ["Sms:Gateways:t:From"] = "zq6",
        ["Sms:Gateways:p:Kind"] = "Android", ["Sms:Gateways:p:Url"] = "http://10.0.0.5:8080/message", ["Sms:Gateways:p:User"] = "zq7", ["Sms:Gateways:p:Password"] = "zq8", ["Sms:Gateways:p:SigningKey"] = "zq9",
        ["Sms:Gateways:a:Kind"] = "AfricasTalking", ["Sms:Gateways:a:UserName"] = "zq10", ["Sms:Gateways:a:ApiKey"] = "zq11", ["Sms:Gateways:a:Secret"] = "zq12-012345678abcd",
        ["Sms:Routes:223"] = "k, p", ["Sms:Routes:229:0"] = "a", ["Sms:Routes:229:1"] = "t",
    };

    [Fact]
    public void Without_settings_they_are_off() => Assert.Null(SmsSettings.Read(new ConfigurationBuilder().Build(), demo: true));

    [Fact]
    public void A_route_is_a_list_or_a_line_in_its_order()
    {
        var settings = Read([])!;
        Assert.Equal("k p", string.Join(' ', settings.Routes["223"]));
        Assert.Equal("a t", string.Join(' ', settings.Routes["229"]));
        Assert.Equal(4, settings.Gateways.Length);
    }

    [Theory]
    [InlineData("Sms:PublicUrl")]
    [InlineData("Sms:Gateways:k:Url")]
    [InlineData("Sms:Gateways:k:User")]
    [InlineData("Sms:Gateways:k:Password")]
    [InlineData("Sms:Gateways:k:Secret")]
    [InlineData("Sms:Gateways:t:AccountSid")]
    [InlineData("Sms:Gateways:t:AuthToken")]
    [InlineData("Sms:Gateways:t:From")]
    [InlineData("Sms:Gateways:p:Url")]
    [InlineData("Sms:Gateways:p:User")]
    [InlineData("Sms:Gateways:p:Password")]
    [InlineData("Sms:Gateways:p:SigningKey")]
    [InlineData("Sms:Gateways:a:UserName")]
    [InlineData("Sms:Gateways:a:ApiKey")]
    [InlineData("Sms:Gateways:a:Secret")]
    public void Each_kind_has_its_own_that_it_cannot_do_without(string setting) => Refuses($"{setting} is not set", (setting, null));

    [Theory]
    [InlineData("Sms:Gateways:k:Kind", "Carrier pigeon", "Sms:Gateways:k:Kind is none of")]
    [InlineData("Sms:Gateways:k:Secret", "too short", "Sms:Gateways:k:Secret is not set or weak")]
    [InlineData("Sms:Gateways:k:Secret", "with/a/slash/in/it", "Sms:Gateways:k:Secret is not set or weak")]
    [InlineData("Sms:PublicUrl", "dispatch.example.org", "Sms:PublicUrl is not set, or no address")]
    [InlineData("Sms:Gateways:p:Url", "file:///etc/passwd", "Sms:Gateways:p:Url is not set, or no address")]
    [InlineData("Sms:Routes:223", "k, unheard", "Sms:Routes:223 names unheard")]
    [InlineData("Sms:Routes:226", ",", "Sms:Routes:226 names no gateway")]
    [InlineData("Sms:Routes:+226", "k", "Sms:Routes:+226 is no calling code")]
    [InlineData("Sms:Gateways:a b:Kind", "Kannel", "Sms:Gateways:a b: a gateway's name")]
    public void What_cannot_work_is_refused_by_name(string setting, string value, string message) => Refuses(message, (setting, value));

    [Fact]
    public void A_gateway_that_no_route_can_reach_and_a_route_without_gateways_are_mistakes()
    {
        Refuses("Sms:Routes is not set", ("Sms:Routes:223", null), ("Sms:Routes:229:0", null), ("Sms:Routes:229:1", null));
        var routes = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Sms:Routes:223"] = "k" }).Build();
        Assert.StartsWith("Sms:Routes:223 is set and no Sms:Gateways", Assert.Throws<StartRefusedException>(() => SmsSettings.Read(routes, demo: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_demo_never_runs_beside_them() =>
        Assert.StartsWith("Demo:Enabled is set beside Sms:Gateways:a", Assert.Throws<StartRefusedException>(() => Read([], demo: true)).Message, StringComparison.Ordinal);

    private static void Refuses(string message, params (string Setting, string? Value)[] changes)
    {
        var refusal = Assert.Throws<StartRefusedException>(() => Read(changes)).Message;
        Assert.StartsWith(message, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("zq", refusal, StringComparison.Ordinal);
    }

    private static SmsSettings? Read((string Setting, string? Value)[] changes, bool demo = false)
    {
        var all = new Dictionary<string, string?>(Good);
        foreach (var (setting, value) in changes)
        {
            if (value is null) all.Remove(setting);
            else all[setting] = value;
        }

        return SmsSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(all).Build(), demo);
    }
}
