using System.Buffers.Text;
using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Web.Hosting;
using Dispatch.Web.Sealing;

namespace Dispatch.Web.Staff;

/// <summary>What the cookie and the access token carry: which account, which of its sessions. The account itself says whether that session is still open.</summary>
internal sealed record Ticket(string Account, string Session, DateTimeOffset ExpiresAt);

/// <summary>
/// Seals tickets under a key of the master key, so that they outlive a restart and hold on every host. The ticket alone opens nothing: see
/// <see cref="StaffAuthentication"/>.
/// </summary>
internal sealed class Tickets(MasterKey master, IIds ids, TimeProvider clock)
{
    private static readonly byte[] Bound = "staff ticket"u8.ToArray();
    private readonly byte[] _key = master.Derive("ticket");

    public string Issue(Ticket ticket) =>
        Base64Url.EncodeToString(Box.Close(_key, ids.NewBytes(Box.NonceBytes), JsonSerializer.SerializeToUtf8Bytes(ticket, DispatchJson.Options), Bound));

    /// <summary>Null for anything else than a ticket of ours that has not run out.</summary>
    public Ticket? Open(string text)
    {
        if (!Base64Url.IsValid(text) || Box.Open(_key, Base64Url.DecodeFromChars(text), Bound) is not { } plain) return null;
        var ticket = JsonSerializer.Deserialize<Ticket>(plain, DispatchJson.Options);
        return ticket?.ExpiresAt > clock.GetUtcNow() ? ticket : null;
    }
}
