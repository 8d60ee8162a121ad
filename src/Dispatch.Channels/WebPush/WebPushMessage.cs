using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dispatch.Channels.Devices;
using Dispatch.Domain.Channels;

namespace Dispatch.Channels.WebPush;

/// <summary>
/// One message before it is encrypted: <see cref="PushData"/> as JSON. A push service sees from it an address, a time to live, that it is urgent, and a topic; of the
/// same length and shape whatever it is about.
/// </summary>
internal sealed record WebPushMessage(byte[] Data, TimeSpan LivesFor, string Subject)
{
    /// <summary>Twice what the longest ids need, and little on a slow network.</summary>
    public const int FilledTo = 640;

    private const int TopicBytes = 24;

    public static WebPushMessage Of(Notice notice) => new(Json(PushData.Of(notice)), PushData.LivesFor(notice.Kind), PushData.Subject(notice));

    public static WebPushMessage OfTest(string testId) => new(Json(PushData.OfTest(testId)), PushData.TellWithin, PushData.Test);

    /// <summary>The request that carries it to this browser and no other.</summary>
    public HttpRequestMessage To(PushSubscription subscription, string authorization)
    {
        using var sender = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var body = PushEncryption.Encrypt(Data, FilledTo, subscription, sender, RandomNumberGenerator.GetBytes(PushEncryption.SaltBytes));
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.ContentEncoding.Add("aes128gcm");
        var request = new HttpRequestMessage(HttpMethod.Post, subscription.Endpoint) { Content = content, Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.TryAddWithoutValidation("TTL", ((int)LivesFor.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("Urgency", "high");
        request.Headers.TryAddWithoutValidation("Topic", Topic(subscription));
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return request;
    }

    /// <summary>Under a key that only the browser shares: two phones that are asked the same thing show the push service nothing in common.</summary>
    private string Topic(PushSubscription subscription) => Base64Url.EncodeToString(HMACSHA256.HashData(subscription.Auth, Encoding.UTF8.GetBytes(Subject)).AsSpan(0, TopicBytes));

    private static byte[] Json(Dictionary<string, string> data) => JsonSerializer.SerializeToUtf8Bytes(data);
}
