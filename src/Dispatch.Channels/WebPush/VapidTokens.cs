using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text.Json;

namespace Dispatch.Channels.WebPush;

/// <summary>One signed token per push service, used again until it is nearly over: signing for each phone would cost more than encrypting for it.</summary>
internal sealed class VapidTokens(VapidKey key, string contact, TimeProvider clock)
{
    /// <summary>The standard allows 24 hours, by the service's clock and not by ours.</summary>
    public static readonly TimeSpan ValidFor = TimeSpan.FromHours(12);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromHours(1);

    /// <summary>There are a handful; whoever registers invented ones makes no more work than this.</summary>
    private const int MaxServices = 64;

    private static readonly string Header = Encode(new Dictionary<string, object> { ["typ"] = "JWT", ["alg"] = "ES256" });

    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Ends)> _kept = new(StringComparer.Ordinal);

    /// <summary>What the request's Authorization says.</summary>
    public string For(Uri endpoint)
    {
        var (origin, now) = (endpoint.GetLeftPart(UriPartial.Authority), clock.GetUtcNow());
        if (!_kept.TryGetValue(origin, out var kept) || kept.Ends - now is var left && (left < RenewBefore || left > ValidFor))
        {
            if (_kept.Count >= MaxServices) _kept.Clear();
            var ends = now + ValidFor;
            kept = _kept[origin] = (Sign(origin, ends), ends);
        }

        return $"vapid t={kept.Token}, k={key.PublicKey}";
    }

    private string Sign(string origin, DateTimeOffset ends)
    {
        var unsigned = $"{Header}.{Encode(new Dictionary<string, object> { ["aud"] = origin, ["exp"] = ends.ToUnixTimeSeconds(), ["sub"] = contact })}";
        return $"{unsigned}.{key.Sign(unsigned)}";
    }

    private static string Encode(Dictionary<string, object> part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
