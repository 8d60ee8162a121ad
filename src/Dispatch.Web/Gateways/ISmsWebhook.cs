namespace Dispatch.Web.Gateways;

/// <summary>What one kind of gateway says of texts.</summary>
internal interface ISmsWebhook : IGatewayWebhook
{
    /// <summary>Null where it is no text that came in.</summary>
    IncomingText? Text(GatewayCall call);

    /// <summary>Null where it says nothing to act on.</summary>
    TextReport? Report(GatewayCall call);
}

/// <param name="Id">The gateway's own, the same in each repeat.</param>
internal sealed record IncomingText(string Id, string From, string Text);

/// <param name="Reference">Ours, where the gateway gives it back; otherwise it is found by <paramref name="ExternalId"/>.</param>
internal sealed record TextReport(TextFate Fate, string? Reference = null, string? ExternalId = null);

/// <summary>Dead: nobody is or will be reached there. Undelivered: this text will not arrive, which says nothing of the number.</summary>
internal enum TextFate { Delivered = 1, Dead = 2, Undelivered = 3 }
