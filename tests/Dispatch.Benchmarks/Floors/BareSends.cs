namespace Dispatch.Benchmarks.Floors;

/// <summary>A push and a text for each person, each started by itself so that all cores encrypt.</summary>
internal sealed class BareSends(Uri push, Uri texts)
{
    private readonly BarePush _push = new(push);
    private readonly BareTexts _texts = new(texts, new Uri(texts, "/reports"));

    /// <summary>As long as the process.</summary>
    public static HttpMessageInvoker Http { get; } = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null });

    public Task Start(int person, string alert) => Task.WhenAll(Task.Run(() => _push.Send(person, alert)), Task.Run(() => _texts.Send(person, alert)));
}
