using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests;

/// <summary>What a page does with its own means before it stores or sends a body.</summary>
public sealed class EnvelopeTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task A_body_sealed_on_the_phone_is_the_same_alert_as_the_plain_one()
    {
        var (kid, point) = await ServerKey();
        var key = Guid.NewGuid();
        var body = new { note = "sealed on the phone", needs = new[] { "health" } };
        var sealedAnswer = (await host.Anybody().Raise(new { envelope = Seal(kid, point, key, body) }, key)).Is(202);
        Assert.Equal(sealedAnswer.Body, (await host.Anybody().Raise(body, key)).Is(202).Body);
        var supervisor = await host.SignIn("boss");
        Assert.Equal("sealed on the phone", (await supervisor.Get($"/api/v1/alerts/{key:D}")).Is(200).Text("note"));
    }

    [Fact]
    public async Task It_opens_only_with_the_key_it_was_sent_with()
    {
        var (kid, point) = await ServerKey();
        var envelope = Seal(kid, point, Guid.NewGuid(), new { note = "x" });
        (await host.Anybody().Raise(new { envelope }, Guid.NewGuid())).Is(400, "invalid_body");
    }

    [Fact]
    public async Task What_waits_on_a_phone_opens_after_a_restart()
    {
        var (kid, point) = await ServerKey();
        var key = Guid.NewGuid();
        var envelope = Seal(kid, point, key, new { note = "x" });
        await host.Stop();
        await host.Start();
        (await host.Anybody().Raise(new { envelope }, key)).Is(202);
    }

    private async Task<(string Kid, byte[] Point)> ServerKey()
    {
        var page = (await host.Anybody().Get("/")).Is(200).Body;
        return (Regex.Match(page, "data-server-key-id=\"([^\"]+)\"").Groups[1].Value, Base64Url.DecodeFromChars(Regex.Match(page, "data-server-key=\"([^\"]+)\"").Groups[1].Value));
    }

    private static object Seal(string kid, byte[] point, Guid key, object body)
    {
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var server = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33], Y = point[33..] } });
        var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, own.DeriveRawSecretAgreement(server.PublicKey), 32, [], Encoding.UTF8.GetBytes("dispatch/outbox/v1"));
        var plain = JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web);
        var (iv, box, tag) = (RandomNumberGenerator.GetBytes(12), new byte[plain.Length], new byte[16]);
        using var aes = new AesGcm(secret, 16);
        aes.Encrypt(iv, plain, box, tag, Encoding.UTF8.GetBytes(key.ToString("D")));
        var q = own.ExportParameters(false).Q;
        return new { kid, epk = Base64Url.EncodeToString([4, .. q.X!, .. q.Y!]), iv = Base64Url.EncodeToString(iv), box = Base64Url.EncodeToString([.. box, .. tag]) };
    }
}
