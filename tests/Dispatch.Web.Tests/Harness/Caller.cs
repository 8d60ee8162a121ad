using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Dispatch.Web.Tests.Harness;

/// <summary>Somebody who talks to the host over HTTP.</summary>
public sealed class Caller(Uri address, string? token = null)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 512 });

    public string? Token => token;

    public Caller With(string bearer) => new(address, bearer);

    public Task<Answer> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, headers);

    public Task<Answer> Post(string path, object? body = null, params (string Name, string Value)[] headers) => Send(HttpMethod.Post, path, Json(body ?? new { }), headers);

    public Task<Answer> Put(string path, object body, params (string Name, string Value)[] headers) => Send(HttpMethod.Put, path, Json(body), headers);

    public Task<Answer> Delete(string path) => Send(HttpMethod.Delete, path, null);

    public Task<Answer> Form(string path, string fields, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, new StringContent(fields, Encoding.UTF8, "application/x-www-form-urlencoded"), headers);

    public async Task<Answer> Raise(object body, Guid? key = null) =>
        await Post("/api/v1/alerts", body, ("Idempotency-Key", (key ?? Guid.NewGuid()).ToString("D")));

    /// <summary>Raises, and gives the phone that may follow it.</summary>
    public async Task<Phone> Raised(object body)
    {
        var answer = await Raise(body);
        answer.Is(202);
        return new Phone(answer.Text("id"), With(answer.Text("survivorToken")));
    }

    public async Task<Answer> Send(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path)) { Content = content };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var all = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join("\n", h.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, bytes, all, $"{method} {path}");
    }

    public static StringContent Json(object body) => new(body as string ?? JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, "application/json");
}

/// <summary>Her phone: the alert that it raised, and the token that it got.</summary>
public sealed record Phone(string Id, Caller Caller)
{
    public Task<Answer> Look(params (string, string)[] headers) => Caller.Get($"/api/v1/alerts/{Id}", headers);

    public Task<Answer> Add(object body) => Caller.Post($"/api/v1/alerts/{Id}/additions", body);

    public Task<Answer> Add(object body, Guid key) => Caller.Post($"/api/v1/alerts/{Id}/additions", body, ("Idempotency-Key", key.ToString("D")));

    public Task<Answer> Cancel(object body) => Caller.Post($"/api/v1/alerts/{Id}/cancel", body);
}

public sealed record Answer(int Status, byte[] Bytes, IReadOnlyDictionary<string, string> Headers, string Asked)
{
    public string Body => Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Bytes);

    public string Text(string name) => Json.GetProperty(name).GetString()!;

    public Answer Is(int status, string? code = null)
    {
        Assert.True(Status == status, $"{Asked}: expected {status}, got {Status}: {Body}");
        if (code is null) return this;
        Assert.Equal("application/problem+json", Headers["Content-Type"]);
        Assert.Equal(code, Text("code"));
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        return this;
    }
}
