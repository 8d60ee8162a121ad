using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dispatch.Channels.WebPush;
using Dispatch.Domain.Responders;

namespace Dispatch.Channels.Tests.WebPush;

/// <summary>The encryption against the standard's own numbers.</summary>
public sealed class PushEncryptionTests
{
    private const string Point = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private const string Auth = "BTBZMqHH6r4Tts7J_aSIgg";
    private const string Endpoint = "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV";

    /// <summary>RFC 8291, appendix A.</summary>
    [Fact]
    public void The_standards_example_comes_out_byte_for_byte()
    {
        var message = "When I grow up, I want to be a watermelon"u8;
        using var sender = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Base64Url.DecodeFromChars("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw") });
        var body = PushEncryption.Encrypt(message, message.Length + 1, Subscription(), sender, Base64Url.DecodeFromChars("DGv6ra1nlYgDCS1FRnbzlw"));
        Assert.Equal(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
            Base64Url.EncodeToString(body));
    }

    [Fact]
    public async Task What_is_filled_up_is_read_as_it_was_by_somebody_elses_program()
    {
        var browser = new TestBrowser(new Uri(Endpoint));
        using var to = PushSubscription.Read(browser.Address, PushReach.Public)!;
        string[] messages = ["", "a", new string('é', 100), new string('z', 639)];
        var bodies = messages.Select(message =>
        {
            using var sender = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
            return PushEncryption.Encrypt(Encoding.UTF8.GetBytes(message), 640, to, sender, RandomNumberGenerator.GetBytes(16));
        }).ToArray();
        Assert.Equal(messages, await Reader.Read(bodies.Select(b => new PushBody(b)), browser));
        Assert.All(bodies, body => Assert.Equal(16 + 4 + 1 + 65 + 640 + 16, body.Length));
    }

    [Fact]
    public void What_does_not_fit_is_not_cut_off()
    {
        using var sender = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        Assert.Throws<ArgumentOutOfRangeException>(() => PushEncryption.Encrypt(new byte[640], 640, Subscription(), sender, new byte[16]));
        Assert.Throws<ArgumentOutOfRangeException>(() => PushEncryption.Encrypt(new byte[10], 4096, Subscription(), sender, new byte[16]));
    }

    [Theory]
    [InlineData(null, Auth)]
    [InlineData("", Auth)]
    [InlineData("key", Auth)]
    [InlineData("not base64url!", Auth)]
    [InlineData(Point, null)]
    [InlineData(Point, "auth")]
    [InlineData(Point, "BTBZMqHH6r4Tts7J_aSIggAA")]
    [InlineData("AyVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", Auth)]
    [InlineData("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw8", Auth)]
    [InlineData("BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", Auth)]
    public void Keys_that_no_browser_made_are_refused(string? point, string? auth) =>
        Assert.Null(PushSubscription.Read(new DeviceAddress(Endpoint: Endpoint, P256dh: point, Auth: auth), PushReach.Public));

    private static PushSubscription Subscription() => PushSubscription.Read(new DeviceAddress(Endpoint: Endpoint, P256dh: Point, Auth: Auth), PushReach.Public)!;
}
