using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dispatch.Web.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Dispatch.Web.Tests.Gateways.Ussd;

/// <summary>The real host with a gateway of each kind that brings menus.</summary>
public sealed class MenuHost : RunningHost
{
    public const string Secret = "a-secret-for-menus";
    private const string SigningKey = "a-signing-key-16";

    public Task<Answer> Africa(string session, string number, string keys, string secret = Secret) =>
        Anybody().Form($"/gateways/ussd/africa/{secret}", $"sessionId={session}&serviceCode=*384*1%23&phoneNumber={Uri.EscapeDataString(number)}&text={Uri.EscapeDataString(keys)}");

    public Task<Answer> AfricaEnds(string session, string number, string keys) =>
        Anybody().Form($"/gateways/ussd/africa/{Secret}", $"sessionId={session}&serviceCode=*384*1%23&phoneNumber={Uri.EscapeDataString(number)}&status=Incomplete&input={Uri.EscapeDataString(keys)}");

    public Task<Answer> Plain(object body, string key = SigningKey, TimeSpan late = default)
    {
        var (text, at) = (JsonSerializer.Serialize(body), (Clock.GetUtcNow() - late).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text + at)));
        return Anybody().Post("/gateways/ussd/plain", text, ("X-Signature", signature), ("X-Timestamp", at));
    }

    public Task<Answer> Key(string session, string number, string? input, int sequence) => input is null
        ? Plain(new { sessionId = session, phoneNumber = number, type = "begin", sequence })
        : Plain(new { sessionId = session, phoneNumber = number, type = "continue", input, sequence });

    protected override void Configure(WebApplicationBuilder builder) => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Ussd:Gateways:africa:Kind"] = "AfricasTalking", ["Ussd:Gateways:africa:Secret"] = Secret,
        ["Ussd:Gateways:plain:Kind"] = "Json", ["Ussd:Gateways:plain:SigningKey"] = SigningKey, ["Ussd:Gateways:plain:Country"] = "223",
    });
}
