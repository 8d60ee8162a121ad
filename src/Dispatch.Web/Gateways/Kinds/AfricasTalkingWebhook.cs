namespace Dispatch.Web.Gateways.Kinds;

/// <summary>Africa's Talking signs nothing; the secret stands in the address that its dashboard holds.</summary>
internal sealed class AfricasTalkingWebhook(string secret) : ISmsWebhook
{
    /// <summary>Reasons for which no later text would arrive either.</summary>
    private static readonly string[] ForGood = ["UserDoesNotExist", "UserInBlackList", "UserInBlacklist", "NotNetworkSubscriber"];

    public bool Genuine(GatewayCall call, DateTimeOffset now) => GatewayCall.Same(call.Secret, secret);

    public IncomingText? Text(GatewayCall call) =>
        (call.Field("id"), call.Field("from"), call.Field("text")) is ({ Length: > 0 } id, { } from, { } text) ? new IncomingText(id, from, text) : null;

    public TextReport? Report(GatewayCall call)
    {
        if (call.Field("id") is not { Length: > 0 } id) return null;
        return call.Field("status") switch
        {
            "Success" => new TextReport(TextFate.Delivered, ExternalId: id),
            "Failed" or "Rejected" => new TextReport(ForGood.Contains(call.Field("failureReason")) ? TextFate.Dead : TextFate.Undelivered, ExternalId: id),
            _ => null,
        };
    }
}
