using System.Collections.Immutable;
using Dispatch.Channels.Sms;
using Dispatch.Channels.Sms.AfricasTalking;
using Dispatch.Channels.Sms.Android;
using Dispatch.Channels.Sms.Kannel;
using Dispatch.Channels.Sms.Twilio;
using Dispatch.Grains.Hosting;
using Dispatch.Web.Gateways.Kinds;
using static Dispatch.Web.Gateways.GatewaySections;

namespace Dispatch.Web.Gateways;

/// <summary>Which gateways this host sends texts through, and in what order for which country. Read before the host starts; that they let it send is only known by the first text.</summary>
/// <param name="Routes">By calling code: names of gateways.</param>
internal sealed record SmsSettings(ImmutableArray<GatewaySettings<ISmsGateway, ISmsWebhook>> Gateways, ImmutableDictionary<string, ImmutableArray<string>> Routes)
{
    /// <summary>Null where texts are off.</summary>
    public static SmsSettings? Read(IConfiguration configuration, bool demo)
    {
        var sections = new GatewaySections(configuration, "Sms");
        var named = sections.Gateways(demo);
        if (named.IsEmpty) return null;
        var publicUrl = sections.PublicUrl;
        ImmutableArray<GatewaySettings<ISmsGateway, ISmsWebhook>> gateways = [.. named.Select(section => Gateway(section, publicUrl))];
        return new SmsSettings(gateways, sections.Routes([.. gateways.Select(g => g.Name)]));
    }

    private static GatewaySettings<ISmsGateway, ISmsWebhook> Gateway(IConfigurationSection section, Uri publicUrl)
    {
        var name = Name(section);
        var reports = new Uri($"{publicUrl.AbsoluteUri.TrimEnd('/')}/gateways/sms/{name}/reports");
        switch (section["Kind"])
        {
            case "Kannel":
                var secret = Secret(section.GetSection("Secret"));
                var kannel = new KannelSettings(name, Address(section.GetSection("Url")), Needed(section, "User"), Needed(section, "Password"), section["From"], new Uri($"{reports}/{secret}"));
                return new(name, http => new KannelGateway(kannel, http), new KannelWebhook(secret));
            case "AfricasTalking":
                var at = new AfricasTalkingSettings(name, Address(section.GetSection("Url"), "https://api.africastalking.com/version1/messaging"), Needed(section, "UserName"), Needed(section, "ApiKey"), section["From"]);
                return new(name, http => new AfricasTalkingGateway(at, http), new AfricasTalkingWebhook(Secret(section.GetSection("Secret"))));
            case "Twilio":
                var (account, token) = (Needed(section, "AccountSid"), Needed(section, "AuthToken"));
                var twilio = new TwilioSettings(name, Address(section.GetSection("Url"), $"https://api.twilio.com/2010-04-01/Accounts/{Uri.EscapeDataString(account)}/Messages.json"), account, token, Needed(section, "From"), reports);
                return new(name, http => new TwilioGateway(twilio, http), new TwilioWebhook(token, publicUrl));
            case "Android":
                var android = new AndroidSettings(name, Address(section.GetSection("Url")), Needed(section, "User"), Needed(section, "Password"));
                return new(name, http => new AndroidGateway(android, http), new AndroidWebhook(Needed(section, "SigningKey")));
            default:
                throw new StartRefusedException($"{section.Path}:Kind is none of Kannel, AfricasTalking, Twilio, Android.");
        }
    }
}
