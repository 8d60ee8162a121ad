using System.Collections.Immutable;
using Dispatch.Channels.Gateways;
using Dispatch.Grains.Hosting;

namespace Dispatch.Web.Gateways;

/// <summary>What the settings of texts and of calls have in common: gateways by name, where they reach this host, and for each country in which order they are asked.</summary>
internal sealed class GatewaySections(IConfiguration configuration, string root)
{
    /// <summary>Shorter ones could be tried out.</summary>
    private const int SecretMin = 16;

    private readonly string _gateways = $"{root}:Gateways";
    private readonly string _routes = $"{root}:Routes";

    /// <summary>Where gateways reach this host.</summary>
    public Uri PublicUrl => Address(configuration.GetSection($"{root}:PublicUrl"));

    /// <summary>Empty where this is off.</summary>
    public ImmutableArray<IConfigurationSection> Gateways(bool demo)
    {
        var sections = configuration.GetSection(_gateways).GetChildren().ToImmutableArray();
        if (sections.IsEmpty)
        {
            return configuration.GetSection(_routes).GetChildren().FirstOrDefault() is { } lost
                ? throw new StartRefusedException($"{lost.Path} is set and no {_gateways}. Name a gateway, or remove the route.")
                : [];
        }

        if (demo) throw new StartRefusedException($"Demo:Enabled is set beside {sections[0].Path}. A demo never runs beside a real gateway.");
        return sections;
    }

    /// <summary>By calling code: names of gateways.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Routes(IReadOnlyCollection<string> gateways)
    {
        var routes = configuration.GetSection(_routes).GetChildren().ToImmutableDictionary(
            country => country.Key,
            country => country.GetChildren().Select(c => c.Value ?? "").Concat((country.Value ?? "").Split(',')).Select(name => name.Trim()).Where(name => name.Length > 0).Distinct().ToImmutableArray());
        if (routes.IsEmpty) throw new StartRefusedException($"{_routes} is not set. Name for each country's calling code the gateways in their order, as in {_routes}:223.");
        foreach (var (country, names) in routes)
        {
            if (!country.All(char.IsAsciiDigit)) throw new StartRefusedException($"{_routes}:{country} is no calling code. Write it without plus.");
            if (names.IsEmpty) throw new StartRefusedException($"{_routes}:{country} names no gateway.");
            if (names.FirstOrDefault(name => !gateways.Contains(name)) is { } unknown) throw new StartRefusedException($"{_routes}:{country} names {unknown}, which is not in {_gateways}.");
        }

        return routes;
    }

    public static string Name(IConfigurationSection gateway) => gateway.Key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-')
        ? gateway.Key
        : throw new StartRefusedException($"{gateway.Path}: a gateway's name is letters, digits and hyphens, because it stands in an address.");

    public static string Needed(IConfigurationSection gateway, string name) =>
        gateway[name] is { Length: > 0 } value ? value : throw new StartRefusedException($"{gateway.Path}:{name} is not set.");

    public static string Secret(IConfigurationSection section) =>
        section.Value is { Length: >= SecretMin } secret && secret.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? secret
            : throw new StartRefusedException($"{section.Path} is not set or weak. It is at least {SecretMin} letters, digits, hyphens and underscores, by chance.");

    /// <summary>In the clear only where the way is a wire of one's own; what that is, only the operator knows.</summary>
    public static Uri Address(IConfigurationSection section, string? unlessSet = null) =>
        Uri.TryCreate(section.Value ?? unlessSet, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            ? uri
            : throw new StartRefusedException($"{section.Path} is not set, or no address that begins with https:// or http://.");
}

/// <summary>One gateway: how messages leave to it, and how it is recognised when it calls.</summary>
internal sealed record GatewaySettings<TGateway, TWebhook>(string Name, Func<GatewayHttp, TGateway> Make, TWebhook Webhook)
    where TWebhook : IGatewayWebhook;
