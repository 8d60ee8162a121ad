namespace Dispatch.Channels.Tests.Fcm;

/// <summary>Carries what is meant for Google to the loopback endpoint, and nothing that is meant for anybody else.</summary>
internal sealed class Detour(Uri endpoint, Action answered) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { Scheme: "https", Host: "fcm.googleapis.com" } uri) throw new InvalidOperationException($"A request left for {request.RequestUri}");
        request.RequestUri = new Uri(endpoint, uri.PathAndQuery);
        var response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        answered();
        return response;
    }
}
