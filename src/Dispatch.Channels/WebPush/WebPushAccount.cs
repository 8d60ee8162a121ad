namespace Dispatch.Channels.WebPush;

/// <summary>This host's access to every push service: who it is, whom it may call, and what carries its requests.</summary>
/// <param name="contact">Whom a push service writes to when something is wrong: a mailto: or https: address.</param>
/// <param name="transport">Null in production.</param>
public sealed class WebPushAccount(VapidKey key, string contact, PushReach reach, TimeProvider clock, HttpMessageHandler? transport = null) : IDisposable
{
    private readonly VapidTokens _tokens = new(key, contact, clock);
    private readonly HttpMessageInvoker _http = new(transport ?? PushConnections.Handler(reach));

    public PushReach Reach => reach;

    /// <summary>Ends with the head of the answer; its body is never read.</summary>
    internal async Task<HttpResponseMessage> Send(WebPushMessage message, PushSubscription to, CancellationToken cancel)
    {
        using var request = message.To(to, _tokens.For(to.Endpoint));
        return await _http.SendAsync(request, cancel);
    }

    public void Dispose() => _http.Dispose();
}
