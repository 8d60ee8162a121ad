using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatch.Channels.Tests.WebPush;

/// <summary>A push service on loopback, which takes messages (RFC 8030) and answers as a test says, by browser.</summary>
internal sealed class PushService : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _answers = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _asked = new();
    private readonly ConcurrentQueue<TakenPush> _taken = new();
    private WebApplication _app = null!;
    private X509Certificate2? _certificate;

    public Uri Address { get; private set; } = null!;

    /// <summary>Everything that came in, as it came.</summary>
    public IReadOnlyList<TakenPush> Taken => [.. _taken];

    /// <param name="secure">With a certificate that nobody trusts.</param>
    public static async Task<PushService> Start(bool secure = false)
    {
        var service = new PushService();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (secure) listen.UseHttps(service._certificate = SelfSigned());
        }));
        builder.WebHost.UseKestrelHttpsConfiguration();
        service._app = builder.Build();
        service._app.MapPost("/p/{browser}", service.Take);
        await service._app.StartAsync();
        service.Address = new Uri(service._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return service;
    }

    public Uri Of(string browser) => new(Address, $"/p/{browser}");

    public int Asked(string browser) => Taken.Count(t => t.Browser == browser);

    /// <summary>Ends when this browser is sent to for the first time.</summary>
    public Task IsAsked(string browser) => _asked.GetOrAdd(browser, _ => new TaskCompletionSource()).Task;

    public void Answer(string browser, int status, string? retryAfter = null, string? location = null) => _answers[browser] = http =>
    {
        http.Response.StatusCode = status;
        if (retryAfter is not null) http.Response.Headers.RetryAfter = retryAfter;
        if (location is not null) http.Response.Headers.Location = location;
        return http.Response.WriteAsync("as said");
    };

    public void Hang(string browser) => _answers[browser] = http => Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted);

    public void Recover(string browser) => _answers.TryRemove(browser, out _);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate?.Dispose();
    }

    private async Task Take(string browser, HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        _taken.Enqueue(new TakenPush(browser, http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), new PushBody(body.ToArray())));
        _asked.GetOrAdd(browser, _ => new TaskCompletionSource()).TrySetResult();
        if (_answers.TryGetValue(browser, out var answer)) await answer(http);
        else http.Response.StatusCode = StatusCodes.Status201Created;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}

/// <param name="Headers">By name, whatever its case.</param>
internal sealed record TakenPush(string Browser, IReadOnlyDictionary<string, string> Headers, PushBody Body);
