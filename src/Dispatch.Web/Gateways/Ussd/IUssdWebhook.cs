namespace Dispatch.Web.Gateways.Ussd;

/// <summary>What one kind of gateway says of menus, and how it is answered.</summary>
internal interface IUssdWebhook : IGatewayWebhook
{
    /// <summary>Null where it is no step of a menu.</summary>
    UssdStep? Step(GatewayCall call);

    IResult Answer(UssdScreen screen);
}

/// <param name="SessionId">The gateway's own, the same in every step of one session.</param>
/// <param name="From">As the gateway writes the number; null where it has none.</param>
/// <param name="All">Every key so far, where the gateway sends them all each time.</param>
/// <param name="Number">Which step it is, from 1, where the gateway counts them.</param>
/// <param name="Input">The last key, where it sends only that.</param>
/// <param name="Over">The session ended on the network's side; nobody waits for a screen.</param>
internal sealed record UssdStep(string SessionId, string? From, string? All = null, int? Number = null, string? Input = null, bool Over = false);

/// <param name="Ends">The gateway closes the session with it.</param>
internal sealed record UssdScreen(string Text, bool Ends);
