using System.Net.Mail;
using Dispatch.Channels.WebPush;
using Dispatch.Grains.Hosting;

namespace Dispatch.Web.Push.WebPush;

/// <summary>Whether this host pushes to browsers, whom push services may write to about it, and whom it may call. Read before the host starts.</summary>
internal sealed record WebPushSettings(string Contact, PushReach Reach)
{
    private const string ContactSetting = "WebPush:Contact";
    private const string LoopbackSetting = "WebPush:Loopback";

    /// <summary>Null where it is off. There is no default: a service that cannot write to anybody blocks the programme instead, and some take no push without an address.</summary>
    public static WebPushSettings? Read(IConfiguration configuration, bool demo, bool production)
    {
        var contact = configuration[ContactSetting]?.Trim();
        var loopback = Loopback(configuration[LoopbackSetting]);
        if (loopback && production) throw new StartRefusedException($"{LoopbackSetting} is set in Production. It is for a stand-in on this machine; no real browser is reached with it.");
        if (string.IsNullOrEmpty(contact))
        {
            return loopback ? throw new StartRefusedException($"{LoopbackSetting} is set and {ContactSetting} is not.") : null;
        }

        if (demo && !loopback) throw new StartRefusedException($"Demo:Enabled is set beside {ContactSetting}. A demo never runs beside a real gateway.");
        if (!IsContact(contact)) throw new StartRefusedException($"{ContactSetting} must be an address that somebody reads: mailto:name@example.org or https://example.org/contact.");
        return new WebPushSettings(contact, loopback ? PushReach.Loopback : PushReach.Public);
    }

    private static bool Loopback(string? text) => string.IsNullOrWhiteSpace(text)
        ? false
        : bool.TryParse(text, out var loopback) ? loopback : throw new StartRefusedException($"{LoopbackSetting} must be true or false.");

    private static bool IsContact(string contact) =>
        Uri.TryCreate(contact, UriKind.Absolute, out var uri) && (uri is { Scheme: "https", Host.Length: > 0, IsLoopback: false } || (uri.Scheme == "mailto" && MailAddress.TryCreate(contact["mailto:".Length..], out _)));
}
