using System.Buffers.Text;
using System.Collections.Immutable;
using Dispatch.Domain.Partners;
using Dispatch.Grains.Rows;
using Dispatch.Web.Hosting;
using Dispatch.Web.Sealing;
using Dispatch.Web.Tenancy;

namespace Dispatch.Web.Partners;

/// <summary>The keys of partners: made here, shown once, and known again by a keyed hash.</summary>
internal sealed class PartnerKeys(IRows rows, Tenant tenant, Macs macs, IIds ids, TimeProvider clock)
{
    private const string Prefix = "dpk";
    private const int IdBytes = 9;
    private const int SecretBytes = 32;
    private const int MaxText = 120;

    /// <summary>Names itself, its partner and nothing else; the last part is the secret.</summary>
    public (string Id, string Text, string Hash) Make(string partner)
    {
        var id = NewId();
        var text = $"{Prefix}.{partner}.{id}.{Base64Url.EncodeToString(ids.NewBytes(SecretBytes))}";
        return (id, text, macs.PartnerKey(text));
    }

    public string NewId() => Base64Url.EncodeToString(ids.NewBytes(IdBytes));

    /// <summary>Null for whatever opens nothing: what is no key is not even looked for.</summary>
    /// <returns>And whether it was a guess: a key that has ended is none.</returns>
    public async Task<(PartnerAccess? Access, bool Guessed)> Access(string text)
    {
        if (text.Length > MaxText || text.Split('.') is not [Prefix, var partner, var key, { Length: > 0 }] || !IsId(partner) || !IsId(key)) return (null, true);
        var known = (await rows.Read<Partner>(Tables.Partners, tenant.Id, partner))?.Value;
        var hash = macs.PartnerKey(text);
        bool Same(string kept) => Macs.Same(kept, hash);
        return (PartnerBook.Access(known, key, Same, clock.GetUtcNow()), !PartnerBook.Knows(known, key, Same));
    }

    public static bool IsId(string text) => text.Length == IdBytes * 4 / 3 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
