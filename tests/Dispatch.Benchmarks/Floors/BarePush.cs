using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Dispatch.Benchmarks.Clients;

namespace Dispatch.Benchmarks.Floors;

/// <summary>Web Push and nothing round it: a message of the same length, encrypted for its browser (RFC 8291) under a pair of its own, posted with a token that was signed once.</summary>
internal sealed class BarePush
{
    private const int FilledTo = 640;
    private const int TagBytes = 16;
    private readonly Uri _service;
    private readonly string _authorization;
    private readonly byte[] _theirs = Base64Url.DecodeFromChars(FarSide.P256dh);
    private readonly byte[] _auth = Base64Url.DecodeFromChars(FarSide.Auth);

    public BarePush(Uri service)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var unsigned = $"{Encode("{\"typ\":\"JWT\",\"alg\":\"ES256\"}")}.{Encode($$"""{"aud":"{{service.GetLeftPart(UriPartial.Authority)}}","exp":4102444800,"sub":"mailto:floor@example.org"}""")}";
        var signature = Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(unsigned), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        (_service, _authorization) = (service, $"vapid t={unsigned}.{signature}, k={Base64Url.EncodeToString(Point(key.ExportParameters(includePrivateParameters: false)))}");
    }

    public async Task Send(int person, string id)
    {
        var content = new ByteArrayContent(Encrypt(Encoding.UTF8.GetBytes(id)));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.ContentEncoding.Add("aes128gcm");
        using var request = new HttpRequestMessage(HttpMethod.Post, FarSide.Browser(_service, person)) { Content = content };
        request.Headers.TryAddWithoutValidation("TTL", "120");
        request.Headers.TryAddWithoutValidation("Urgency", "high");
        request.Headers.TryAddWithoutValidation("Authorization", _authorization);
        using var answer = await BareSends.Http.SendAsync(request, default);
        answer.EnsureSuccessStatusCode();
    }

    private byte[] Encrypt(byte[] message)
    {
        using var sender = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var theirs = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = _theirs[1..33], Y = _theirs[33..] } });
        var (from, salt) = (Point(sender.ExportParameters(includePrivateParameters: false)), RandomNumberGenerator.GetBytes(16));
        byte[] info = [.. "WebPush: info\0"u8, .. _theirs, .. from];
        var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, sender.DeriveRawSecretAgreement(theirs.PublicKey), 32, _auth, info);
        var salted = HKDF.Extract(HashAlgorithmName.SHA256, secret, salt);
        var key = HKDF.Expand(HashAlgorithmName.SHA256, salted, 16, "Content-Encoding: aes128gcm\0"u8.ToArray());
        var nonce = HKDF.Expand(HashAlgorithmName.SHA256, salted, 12, "Content-Encoding: nonce\0"u8.ToArray());

        var record = new byte[FilledTo];
        message.CopyTo(record, 0);
        record[message.Length] = 2;
        byte[] body = [.. salt, 0, 0, 0, 0, (byte)from.Length, .. from, .. new byte[FilledTo + TagBytes]];
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(16), 4096);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, record, body.AsSpan(^(FilledTo + TagBytes)..^TagBytes), body.AsSpan(^TagBytes..));
        return body;
    }

    private static byte[] Point(ECParameters key) => [4, .. key.Q.X!, .. key.Q.Y!];

    private static string Encode(string part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part));
}
