using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Dispatch.Benchmarks.Clients;

/// <param name="Token">Follows the alert.</param>
internal sealed record Raised(Guid Id, string Token);

/// <summary>What is asked of the host over plain HTTP, beside the load.</summary>
internal sealed class Calls(IPEndPoint host) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256, UseCookies = false }) { BaseAddress = new Uri($"http://{host}/api/v1/") };

    /// <summary>Those of them that the host does not know any more.</summary>
    public async Task<int> Lost(IEnumerable<Raised> acknowledged)
    {
        var lost = 0;
        await Parallel.ForEachAsync(acknowledged, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (alert, stopping) =>
        {
            using var answer = await Send(HttpMethod.Get, $"alerts/{alert.Id:D}", alert.Token, stopping);
            if (answer.StatusCode is not HttpStatusCode.OK) Interlocked.Increment(ref lost);
        });
        return lost;
    }

    /// <summary>The ids of a responder's open offers, as a page fetches them after it came back.</summary>
    public async Task<IReadOnlyList<string>> Offers(string token)
    {
        using var answer = await Send(HttpMethod.Get, "me/offers", token, default);
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return [.. body.GetProperty("offers").EnumerateArray().Select(o => o.GetProperty("offerId").GetString()!)];
    }

    /// <summary>As a page registers its browser, or a person her number.</summary>
    public async Task Register(string token, string deviceId, object device)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"me/devices/{deviceId}") { Content = JsonContent.Create(device) };
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await _http.SendAsync(request);
        var said = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode || !said.Contains("\"ready\"", StringComparison.Ordinal)) throw new InvalidOperationException($"A device was not registered: {answer.StatusCode} {said}");
    }

    /// <summary>As a call-taker does, for somebody on the line; the house has answered when it returns.</summary>
    public async Task Hold(Guid alert, string shelter, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"alerts/{alert:D}/holds") { Content = JsonContent.Create(new { shelterId = shelter, party = new { adults = 1 } }) };
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("D"));
        using var answer = await _http.SendAsync(request);
        if (answer.StatusCode is not HttpStatusCode.Created) throw new InvalidOperationException($"A bed was not held: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    public async Task Cancel(Raised alert)
    {
        using var answer = await Send(HttpMethod.Post, $"alerts/{alert.Id:D}/cancel", alert.Token, default);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, string token, CancellationToken stopping)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new("Bearer", token);
        return await _http.SendAsync(request, stopping);
    }
}
