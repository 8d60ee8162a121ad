using System.Collections.Immutable;
using Dispatch.Domain.Numbers;
using Dispatch.Grains.Hosting;
using Dispatch.Web.Contacts;
using Dispatch.Web.Tenancy;

namespace Dispatch.Web.Gateways.Texts;

/// <summary>Which line takes what a gateway of texts or menus brings, and of which country the numbers are that come without one.</summary>
/// <remarks><c>Line</c> and <c>Country</c> of each gateway; without them the default area's line, and numbers as they come.</remarks>
internal sealed class InboundLines(IConfiguration configuration, Tenant tenant)
{
    private readonly ImmutableDictionary<string, Gateway> _gateways = new[] { "Sms", "Ussd" }
        .SelectMany(root => configuration.GetSection($"{root}:Gateways").GetChildren().Select(g => KeyValuePair.Create($"{root.ToLowerInvariant()}/{g.Key}", Read(g, tenant)))).ToImmutableDictionary();

    /// <param name="provider">"sms/" or "ussd/" and the gateway's name.</param>
    /// <param name="raw">As it brought the number.</param>
    public InboundNumber Of(string provider, string? raw)
    {
        var gateway = _gateways.GetValueOrDefault(provider);
        var number = PhoneNumber.TryParse(raw, gateway?.Country, out var known) ? known.E164 : raw;
        return new InboundNumber(gateway?.Line ?? tenant.AreaOrDefault(null).Line, provider, number);
    }

    private static Gateway Read(IConfigurationSection section, Tenant tenant)
    {
        if (section["Line"] is { } line && !tenant.Lines.Contains(line)) throw new StartRefusedException($"{section.Path}:Line is no line of Tenant:Areas.");
        return new Gateway(section["Line"], section["Country"]);
    }

    private sealed record Gateway(string? Line, string? Country);
}
