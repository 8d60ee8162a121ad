using System.Collections.Immutable;
using Dispatch.Channels.Voice;
using Dispatch.Channels.Voice.AfricasTalking;
using Dispatch.Channels.Voice.Bridge;
using Dispatch.Channels.Voice.Twilio;
using Dispatch.Grains.Hosting;
using Dispatch.Web.Gateways.Voice.Kinds;
using static Dispatch.Web.Gateways.GatewaySections;

namespace Dispatch.Web.Gateways.Voice;

/// <summary>Which gateways this host calls through, and in what order for which country. Read before the host starts; that they let it call is only known by the first call.</summary>
/// <param name="Routes">By calling code: names of gateways.</param>
internal sealed record VoiceSettings(ImmutableArray<GatewaySettings<IVoiceGateway, IVoiceWebhook>> Gateways, ImmutableDictionary<string, ImmutableArray<string>> Routes)
{
    /// <summary>Null where calls are off.</summary>
    public static VoiceSettings? Read(IConfiguration configuration, bool demo)
    {
        var sections = new GatewaySections(configuration, "Voice");
        var named = sections.Gateways(demo);
        if (named.IsEmpty) return null;
        var publicUrl = sections.PublicUrl;
        ImmutableArray<GatewaySettings<IVoiceGateway, IVoiceWebhook>> gateways = [.. named.Select(section => Gateway(section, publicUrl))];
        return new VoiceSettings(gateways, sections.Routes([.. gateways.Select(g => g.Name)]));
    }

    private static GatewaySettings<IVoiceGateway, IVoiceWebhook> Gateway(IConfigurationSection section, Uri publicUrl)
    {
        var name = Name(section);
        var asks = new Uri($"{publicUrl.AbsoluteUri.TrimEnd('/')}/gateways/voice/{name}");
        switch (section["Kind"])
        {
            case "Bridge":
                var secret = Secret(section.GetSection("Secret"));
                var bridge = new BridgeSettings(name, Address(section.GetSection("Url")), secret, new Uri($"{asks}/{secret}"));
                return new(name, http => new BridgeGateway(bridge, http), new BridgeWebhook(secret));
            case "AfricasTalking":
                var theirs = Secret(section.GetSection("Secret"));
                var voices = section.GetSection("Voices").GetChildren().Where(v => v.Value is not null).ToImmutableDictionary(v => v.Key, v => v.Value!);
                var at = new AfricasTalkingVoiceSettings(name, Address(section.GetSection("Url"), "https://voice.africastalking.com/call"), Needed(section, "UserName"), Needed(section, "ApiKey"), Needed(section, "From"));
                return new(name, http => new AfricasTalkingVoice(at, http), new AfricasTalkingVoiceWebhook(theirs, new Uri($"{asks}/{theirs}"), voices));
            case "Twilio":
                var (account, token) = (Needed(section, "AccountSid"), Needed(section, "AuthToken"));
                var url = Address(section.GetSection("Url"), $"https://api.twilio.com/2010-04-01/Accounts/{Uri.EscapeDataString(account)}/Calls.json");
                var twilio = new TwilioVoiceSettings(name, url, account, token, Needed(section, "From"), asks);
                return new(name, http => new TwilioVoice(twilio, http), new TwilioVoiceWebhook(token, publicUrl, asks));
            default:
                throw new StartRefusedException($"{section.Path}:Kind is none of Bridge, AfricasTalking, Twilio.");
        }
    }
}
