using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dispatch.Channels.WebPush;
using Dispatch.LocalEngine;

namespace Dispatch.Channels.Tests.WebPush;

/// <summary>Who we say that we are, held against the standard's own example.</summary>
public sealed partial class VapidTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>RFC 8292, section 2.4.</summary>
    private const string Example =
        "vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0."
        + "i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA, "
        + "k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs";

    [Fact]
    public void Ours_is_of_the_same_form_as_the_standards()
    {
        var (theirs, ours) = (Read(Example), Read(Token(out _, "https://push.example.net/p/1")));
        Assert.Equal(theirs.Header.ToJsonString(), ours.Header.ToJsonString());
        Assert.Equal(["aud", "exp", "sub"], ours.Claims.Select(c => c.Key));
        Assert.Equal(theirs.Claims.Select(c => (c.Key, c.Value!.GetValueKind())), ours.Claims.Select(c => (c.Key, c.Value!.GetValueKind())));
        Assert.Equal((string?)theirs.Claims["aud"], (string?)ours.Claims["aud"]);
        Assert.True(theirs.Signed && ours.Signed);
    }

    [Theory]
    [InlineData("https://push.example.net/p/1?x=2#f", "https://push.example.net")]
    [InlineData("https://push.example.net:8443/p/1", "https://push.example.net:8443")]
    [InlineData("https://UPDATES.push.example.NET/p", "https://updates.push.example.net")]
    public void It_is_for_that_service_alone_for_half_a_day_and_names_whom_to_write_to(string endpoint, string audience)
    {
        var token = Read(Token(out var key, endpoint));
        Assert.Equal(audience, (string?)token.Claims["aud"]);
        Assert.Equal(Noon.AddHours(12).ToUnixTimeSeconds(), (long)token.Claims["exp"]!);
        Assert.Equal("mailto:a@example.org", (string?)token.Claims["sub"]);
        Assert.Equal(key, token.Key);
    }

    [Fact]
    public void One_is_made_for_each_service_and_a_new_one_before_it_is_over()
    {
        using var key = NewKey();
        var clock = new ManualClock(Noon);
        var tokens = new VapidTokens(key, "mailto:a@example.org", clock);
        var (one, other) = (new Uri("https://one.example.net/1"), new Uri("https://other.example.net/1"));
        var first = tokens.For(one);
        Assert.NotEqual(first, tokens.For(other));
        clock.Advance(TimeSpan.FromHours(11));
        Assert.Equal(first, tokens.For(new Uri("https://one.example.net/2")));
        clock.Advance(TimeSpan.FromSeconds(1));
        var second = tokens.For(one);
        Assert.Equal(Noon.AddHours(23).AddSeconds(1).ToUnixTimeSeconds(), (long)Read(second).Claims["exp"]!);
    }

    /// <summary>Signing draws new numbers each time, so a token that stays the same was kept; after this many services it was not.</summary>
    [Fact]
    public void Invented_services_fill_no_memory()
    {
        using var key = NewKey();
        var tokens = new VapidTokens(key, "mailto:a@example.org", new ManualClock(Noon));
        var first = tokens.For(new Uri("https://first.example.net/"));
        for (var n = 0; n < 63; n++) tokens.For(new Uri($"https://s{n}.example.net/"));
        Assert.Equal(first, tokens.For(new Uri("https://first.example.net/")));
        tokens.For(new Uri("https://more.example.net/"));
        Assert.NotEqual(first, tokens.For(new Uri("https://first.example.net/")));
    }

    private static string Token(out string publicKey, string endpoint)
    {
        using var key = NewKey();
        publicKey = key.PublicKey;
        return new VapidTokens(key, "mailto:a@example.org", new ManualClock(Noon)).For(new Uri(endpoint));
    }

    private static VapidKey NewKey()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new VapidKey(pair.ExportParameters(includePrivateParameters: true));
    }

    internal static (JsonObject Header, JsonObject Claims, string Key, bool Signed) Read(string authorization)
    {
        var match = Form().Match(authorization);
        Assert.True(match.Success, authorization);
        var (header, claims, signature, key) = (match.Groups[1].Value, match.Groups[2].Value, Base64Url.DecodeFromChars(match.Groups[3].Value), match.Groups[4].Value);
        var point = Base64Url.DecodeFromChars(key);
        using var verifier = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33], Y = point[33..] } });
        var signed = verifier.VerifyData(Encoding.ASCII.GetBytes($"{header}.{claims}"), signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return (Part(header), Part(claims), key, signed);

        static JsonObject Part(string text) => (JsonObject)JsonNode.Parse(Base64Url.DecodeFromChars(text))!;
    }

    [GeneratedRegex(@"^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$")]
    private static partial Regex Form();
}
