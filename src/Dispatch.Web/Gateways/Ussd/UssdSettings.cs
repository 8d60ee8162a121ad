using System.Collections.Immutable;
using Dispatch.Grains.Hosting;
using Dispatch.Web.Gateways.Ussd.Kinds;
using static Dispatch.Web.Gateways.GatewaySections;

namespace Dispatch.Web.Gateways.Ussd;

/// <summary>Which gateways bring menus: <c>Ussd:Gateways</c>, by name. Read before the host starts.</summary>
internal static class UssdSettings
{
    public static ImmutableArray<(string Name, IUssdWebhook Webhook)> Read(IConfiguration configuration, bool demo) =>
        [.. new GatewaySections(configuration, "Ussd").Gateways(demo).Select(section => (Name(section), Gateway(section)))];

    private static IUssdWebhook Gateway(IConfigurationSection section) => section["Kind"] switch
    {
        "AfricasTalking" => new AfricasTalkingUssdWebhook(Secret(section.GetSection("Secret"))),
        "Json" when section["SigningKey"] is not null => new JsonUssdWebhook(Secret(section.GetSection("SigningKey")), null),
        "Json" => new JsonUssdWebhook(null, Secret(section.GetSection("Secret"))),
        _ => throw new StartRefusedException($"{section.Path}:Kind is none of AfricasTalking, Json."),
    };
}
