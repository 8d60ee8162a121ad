namespace Dispatch.Web.Gateways;

/// <summary>How one kind of gateway proves that it is that gateway.</summary>
internal interface IGatewayWebhook
{
    /// <summary>Whether whoever calls has the gateway's secret. Who is at the far end of a text, a call or a menu is not proved by it: nobody can prove that.</summary>
    bool Genuine(GatewayCall call, DateTimeOffset now);
}

/// <summary>What a gateway brings.</summary>
internal enum Carried { Sms = 1, Voice = 2, Ussd = 3 }

/// <summary>By what they carry and by the gateway's name: one provider may bring texts, calls and menus under the same name.</summary>
internal sealed class GatewayWebhooks(IReadOnlyDictionary<(Carried What, string Name), IGatewayWebhook> all)
{
    public IGatewayWebhook? Of(Carried what, string name) => all.GetValueOrDefault((what, name));
}

/// <summary>What the gateways that call an endpoint carry.</summary>
internal sealed record CarriedHere(Carried What);
