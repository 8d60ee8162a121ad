using Dispatch.Grains.Hosting;
using Dispatch.Web.Gateways.Voice;
using Microsoft.Extensions.Configuration;

namespace Dispatch.Web.Tests.Gateways.Voice;

/// <summary>Calls are off, or set up as they should be; a host between the two does not start, and says which setting it is, never with its value.</summary>
public sealed class VoiceSettingsTests
{
    private static readonly Dictionary<string, string?> Good = new()
    {
        ["Voice:PublicUrl"] = "https://dispatch.example.org",
        ["Voice:Gateways:b:Kind"] = "Bridge", ["Voice:Gateways:b:Url"] = "http://127.0.0.1:8088/calls", ["Voice:Gateways:b:Secret"] = "zq3-0123456789abcd",
        ["Voice:Gateways:t:Kind"] = "Twilio", ["Voice:Gateways:t:AccountSid"] = "zq4", ["Voice:Gateways:t:AuthToken"] = "zq5", ["Voice:Gateways:t:From"] = "zq6",
        ["Voice:Gateways:a:Kind"] = "AfricasTalking", ["Voice:Gateways:a:UserName"] = "zq10", ["Voice:Gateways:a:ApiKey"] = "zq11", ["Voice:Gateways:a:From"] = "zq13", ["Voice:Gateways:a:Secret"] = "zq12-012345678abcd",
        ["Voice:Routes:223"] = "b, t", ["Voice:Routes:229:0"] = "a",
    };

    [Fact]
    public void Without_settings_they_are_off() => Assert.Null(VoiceSettings.Read(new ConfigurationBuilder().Build(), demo: true));

    [Fact]
    public void A_route_is_a_list_or_a_line_in_its_order()
    {
        var settings = Read([])!;
        Assert.Equal(("b t", "a", 3), (string.Join(' ', settings.Routes["223"]), string.Join(' ', settings.Routes["229"]), settings.Gateways.Length));
    }

    [Theory]
    [InlineData("Voice:PublicUrl")]
    [InlineData("Voice:Gateways:b:Url")]
    [InlineData("Voice:Gateways:b:Secret")]
    [InlineData("Voice:Gateways:t:AccountSid")]
    [InlineData("Voice:Gateways:t:AuthToken")]
    [InlineData("Voice:Gateways:t:From")]
    [InlineData("Voice:Gateways:a:UserName")]
    [InlineData("Voice:Gateways:a:ApiKey")]
    [InlineData("Voice:Gateways:a:From")]
    [InlineData("Voice:Gateways:a:Secret")]
    public void Each_kind_has_its_own_that_it_cannot_do_without(string setting) => Refuses($"{setting} is not set", (setting, null));

    [Theory]
    [InlineData("Voice:Gateways:b:Kind", "Carrier pigeon", "Voice:Gateways:b:Kind is none of Bridge, AfricasTalking, Twilio")]
    [InlineData("Voice:Gateways:b:Secret", "too short", "Voice:Gateways:b:Secret is not set or weak")]
    [InlineData("Voice:Gateways:a:Secret", "with/a/slash/in/it", "Voice:Gateways:a:Secret is not set or weak")]
    [InlineData("Voice:PublicUrl", "dispatch.example.org", "Voice:PublicUrl is not set, or no address")]
    [InlineData("Voice:Routes:223", "b, unheard", "Voice:Routes:223 names unheard")]
    [InlineData("Voice:Routes:+226", "b", "Voice:Routes:+226 is no calling code")]
    [InlineData("Voice:Gateways:a b:Kind", "Bridge", "Voice:Gateways:a b: a gateway's name")]
    public void What_cannot_work_is_refused_by_name(string setting, string value, string message) => Refuses(message, (setting, value));

    [Fact]
    public void A_demo_never_runs_beside_them() =>
        Assert.StartsWith("Demo:Enabled is set beside Voice:Gateways:a", Assert.Throws<StartRefusedException>(() => Read([], demo: true)).Message, StringComparison.Ordinal);

    private static void Refuses(string message, params (string Setting, string? Value)[] changes)
    {
        var refusal = Assert.Throws<StartRefusedException>(() => Read(changes)).Message;
        Assert.StartsWith(message, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("zq", refusal, StringComparison.Ordinal);
    }

    private static VoiceSettings? Read((string Setting, string? Value)[] changes, bool demo = false)
    {
        var all = new Dictionary<string, string?>(Good);
        foreach (var (setting, value) in changes)
        {
            if (value is null) all.Remove(setting);
            else all[setting] = value;
        }

        return VoiceSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(all).Build(), demo);
    }
}
