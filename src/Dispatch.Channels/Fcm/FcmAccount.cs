using FirebaseAdmin;
using FirebaseAdmin.Messaging;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Http;

namespace Dispatch.Channels.Fcm;

/// <summary>This host's access to one Firebase project. Opening it asks nobody: a host without a network starts, and sends once it has one.</summary>
public sealed class FcmAccount : IDisposable
{
    private static int _opened;

    private readonly FirebaseApp _app;

    /// <param name="key">A service account that may send messages for the project.</param>
    /// <param name="transport">Null in production: what carries requests to Google.</param>
    public FcmAccount(ServiceAccountCredential key, string projectId, Func<HttpMessageHandler>? transport = null)
    {
        var options = new AppOptions { Credential = key.ToGoogleCredential(), ProjectId = projectId, HttpClientFactory = new Clients(transport) };
        // The library keeps its apps by name for the whole process.
        _app = FirebaseApp.Create(options, $"dispatch-{Interlocked.Increment(ref _opened)}");
        Messaging = FirebaseMessaging.GetMessaging(_app);
    }

    internal FirebaseMessaging Messaging { get; }

    public void Dispose() => _app.Delete();

    private sealed class Clients(Func<HttpMessageHandler>? transport) : HttpClientFactory
    {
        protected override HttpMessageHandler CreateHandler(CreateHttpClientArgs args)
        {
            // Last, and so after the library's own wish to repeat.
            args.Initializers.Add(new OnceEach());
            return transport?.Invoke() ?? base.CreateHandler(args);
        }
    }

    /// <summary>The library would repeat by itself what the server could not take. The alert repeats instead, after it has looked whether the offer still stands.</summary>
    private sealed class OnceEach : IConfigurableHttpClientInitializer
    {
        public void Initialize(ConfigurableHttpClient httpClient) => httpClient.MessageHandler.NumTries = 1;
    }
}
