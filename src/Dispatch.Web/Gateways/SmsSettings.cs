using System.Collections.Immutable;
using Dispatch.Channels.Sms;
using Dispatch.Channels.Sms.AfricasTalking;
using Dispatch.Channels.Sms.Android;
using Dispatch.Channels.Sms.Kannel;
using Dispatch.Channels.Sms.Twilio;
using Dispatch.Grains.Hosting;
using Dispatch.Web.Gateways.Kinds;

namespace Dispatch.Web.Gateways;

/// <summary>Which gateways this host sends texts through, and in what order for which country. Read before the host starts; that they let it send is only known by the first text.</summary>
/// <param name="Routes">By calling code: names of gateways.</param>
internal sealed record SmsSettings(ImmutableArray<SmsGatewaySettings> Gateways, ImmutableDictionary<string, ImmutableArray<string>> Routes)
{
    private const string GatewaysSection = "Sms:Gateways";
    private const string RoutesSection = "Sms:Routes";
    private const string PublicUrlSetting = "Sms:PublicUrl";

    /// <summary>Shorter ones could be tried out.</summary>
    private const int SecretMin = 16;

    /// <summary>Null where texts are off.</summary>
    public static SmsSettings? Read(IConfiguration configuration, bool demo)
    {
        var sections = configuration.GetSection(GatewaysSection).GetChildren().ToImmutableArray();
        if (sections.IsEmpty)
        {
            return configuration.GetSection(RoutesSection).GetChildren().FirstOrDefault() is { } lost
                ? throw new StartRefusedException($"{lost.Path} is set and no {GatewaysSection}. Name a gateway, or remove the route.")
                : null;
        }

        if (demo) throw new StartRefusedException($"Demo:Enabled is set beside {sections[0].Path}. A demo never runs beside a real gateway.");
        var publicUrl = Address(configuration.GetSection(PublicUrlSetting));
        ImmutableArray<SmsGatewaySettings> gateways = [.. sections.Select(section => Gateway(section, publicUrl))];
        return new SmsSettings(gateways, Routed(configuration, gateways));
    }

    private static SmsGatewaySettings Gateway(IConfigurationSection section, Uri publicUrl)
    {
        var name = section.Key;
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-')) throw new StartRefusedException($"{section.Path}: a gateway's name is letters, digits and hyphens, because it stands in an address.");
        var reports = new Uri($"{publicUrl.AbsoluteUri.TrimEnd('/')}/gateways/sms/{name}/reports");
        switch (section["Kind"])
        {
            case "Kannel":
                var secret = Secret(section.GetSection("Secret"));
                var kannel = new KannelSettings(name, Address(section.GetSection("Url")), Needed(section, "User"), Needed(section, "Password"), section["From"], new Uri($"{reports}/{secret}"));
                return new SmsGatewaySettings(name, http => new KannelGateway(kannel, http), new KannelWebhook(secret));
            case "AfricasTalking":
                var at = new AfricasTalkingSettings(name, Address(section.GetSection("Url"), "https://api.africastalking.com/version1/messaging"), Needed(section, "UserName"), Needed(section, "ApiKey"), section["From"]);
                return new SmsGatewaySettings(name, http => new AfricasTalkingGateway(at, http), new AfricasTalkingWebhook(Secret(section.GetSection("Secret"))));
            case "Twilio":
                var (account, token) = (Needed(section, "AccountSid"), Needed(section, "AuthToken"));
                var twilio = new TwilioSettings(name, Address(section.GetSection("Url"), $"https://api.twilio.com/2010-04-01/Accounts/{Uri.EscapeDataString(account)}/Messages.json"), account, token, Needed(section, "From"), reports);
                return new SmsGatewaySettings(name, http => new TwilioGateway(twilio, http), new TwilioWebhook(token, publicUrl));
            case "Android":
                var android = new AndroidSettings(name, Address(section.GetSection("Url")), Needed(section, "User"), Needed(section, "Password"));
                return new SmsGatewaySettings(name, http => new AndroidGateway(android, http), new AndroidWebhook(Needed(section, "SigningKey")));
            default:
                throw new StartRefusedException($"{section.Path}:Kind is none of Kannel, AfricasTalking, Twilio, Android.");
        }
    }

    private static ImmutableDictionary<string, ImmutableArray<string>> Routed(IConfiguration configuration, ImmutableArray<SmsGatewaySettings> gateways)
    {
        var routes = configuration.GetSection(RoutesSection).GetChildren().ToImmutableDictionary(
            country => country.Key,
            country => country.GetChildren().Select(c => c.Value ?? "").Concat((country.Value ?? "").Split(',')).Select(name => name.Trim()).Where(name => name.Length > 0).Distinct().ToImmutableArray());
        if (routes.IsEmpty) throw new StartRefusedException($"{RoutesSection} is not set. Name for each country's calling code the gateways in their order, as in {RoutesSection}:223.");
        foreach (var (country, names) in routes)
        {
            if (!country.All(char.IsAsciiDigit)) throw new StartRefusedException($"{RoutesSection}:{country} is no calling code. Write it without plus.");
            if (names.IsEmpty) throw new StartRefusedException($"{RoutesSection}:{country} names no gateway.");
            if (names.FirstOrDefault(name => gateways.All(g => g.Name != name)) is { } unknown) throw new StartRefusedException($"{RoutesSection}:{country} names {unknown}, which is not in {GatewaysSection}.");
        }

        return routes;
    }

    private static string Needed(IConfigurationSection section, string name) =>
        section[name] is { Length: > 0 } value ? value : throw new StartRefusedException($"{section.Path}:{name} is not set.");

    private static string Secret(IConfigurationSection section) =>
        section.Value is { Length: >= SecretMin } secret && secret.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? secret
            : throw new StartRefusedException($"{section.Path} is not set or weak. It is at least {SecretMin} letters, digits, hyphens and underscores, by chance.");

    /// <summary>In the clear only where the way is a wire of one's own; what that is, only the operator knows.</summary>
    private static Uri Address(IConfigurationSection section, string? unlessSet = null) =>
        Uri.TryCreate(section.Value ?? unlessSet, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            ? uri
            : throw new StartRefusedException($"{section.Path} is not set, or no address that begins with https:// or http://.");
}

internal sealed record SmsGatewaySettings(string Name, Func<SmsHttp, ISmsGateway> Make, ISmsWebhook Webhook);
