using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Web.Hosting;
using Dispatch.Web.Sealing;

namespace Dispatch.Web.Shelters.Tablets;

/// <summary>What makes a browser a house's tablet: it hangs on a session of who made it one, and ends with that.</summary>
internal sealed record TabletTicket(string House, string Maker, string Session, DateTimeOffset ExpiresAt);

/// <summary>Who unlocked it, for so long as the tablet is touched.</summary>
/// <param name="Tablet">The session of the tablet that was unlocked: on another one it opens nothing.</param>
internal sealed record UnlockedTicket(string Tablet, string Account, string Session, DateTimeOffset ExpiresAt);

/// <summary>Sealed under a key of their own, so that neither is ever taken for a person's own sign-in.</summary>
internal sealed class TabletTickets(MasterKey master, IIds ids, TimeProvider clock)
{
    private readonly byte[] _key = master.Derive("tablet");

    public string Seal(TabletTicket ticket) => Seal("tablet", ticket);

    public string Seal(UnlockedTicket ticket) => Seal("unlocked", ticket);

    /// <summary>Null for anything else than one of ours that has not run out.</summary>
    public TabletTicket? Tablet(string? text) => Open<TabletTicket>("tablet", text) is { } ticket && ticket.ExpiresAt > clock.GetUtcNow() ? ticket : null;

    public UnlockedTicket? Unlocked(string? text) => LastUnlocked(text) is { } ticket && ticket.ExpiresAt > clock.GetUtcNow() ? ticket : null;

    /// <summary>Also one that has run out.</summary>
    public UnlockedTicket? LastUnlocked(string? text) => Open<UnlockedTicket>("unlocked", text);

    private string Seal<T>(string what, T ticket) =>
        Base64Url.EncodeToString(Box.Close(_key, ids.NewBytes(Box.NonceBytes), JsonSerializer.SerializeToUtf8Bytes(ticket, DispatchJson.Options), Encoding.UTF8.GetBytes(what)));

    private T? Open<T>(string what, string? text)
        where T : class =>
        !string.IsNullOrEmpty(text) && Base64Url.IsValid(text) && Box.Open(_key, Base64Url.DecodeFromChars(text), Encoding.UTF8.GetBytes(what)) is { } plain
            ? JsonSerializer.Deserialize<T>(plain, DispatchJson.Options)
            : null;
}
