using Dispatch.Domain.Partners;
using Dispatch.Grains.Rows;
using Dispatch.Web.Tenancy;

namespace Dispatch.Web.Partners;

/// <summary>The partners of this tenant. Whoever was faster is not written over: it is decided again, a few times.</summary>
internal sealed class PartnerRows(IRows rows, Tenant tenant)
{
    public const int MaxPartners = 200;
    private const int Tries = 5;

    public async Task<Partner?> Find(string id) => PartnerKeys.IsId(id) ? (await rows.Read<Partner>(Tables.Partners, tenant.Id, id))?.Value : null;

    public async Task<IReadOnlyList<Partner>> All() => [.. (await rows.List<Partner>(Tables.Partners, tenant.Id, null, MaxPartners)).Select(r => r.Value)];

    /// <summary>Those whose alerts are to be put before their webhook anew.</summary>
    public async Task<IReadOnlyList<string>> Anew(DateTimeOffset now) => [.. (await rows.ListDue<Partner>(Tables.Partners, now, MaxPartners)).Select(r => r.Key)];

    public async Task<bool> Add(Partner partner)
    {
        if ((await All()).Count >= MaxPartners) return false;
        return (await rows.Write([new RowChange(Tables.Partners, tenant.Id, partner.Id, partner, IfMatch: RowChange.MustNotExist)]))[0];
    }

    /// <param name="change">Null: it cannot be.</param>
    /// <returns>What there was and what there is now; no partner where there is none, no change where it cannot be.</returns>
    public async Task<(Partner? Known, Partner? Next)> Change(string id, Func<Partner, Partner?> change)
    {
        if (!PartnerKeys.IsId(id)) return (null, null);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await rows.Read<Partner>(Tables.Partners, tenant.Id, id) is not { } row) return (null, null);
            var next = change(row.Value);
            if (next is null || ReferenceEquals(next, row.Value)) return (row.Value, next);
            if ((await rows.Write([new RowChange(Tables.Partners, tenant.Id, id, next, DueOf(next), row.ETag)]))[0]) return (row.Value, next);
        }

        throw new RowsUnavailableException("A partner was changed by others again and again.");
    }

    /// <summary>The same write that decides it leaves word that it is to be done.</summary>
    private static DateTimeOffset? DueOf(Partner partner) => partner.Webhook is { Anew: true } webhook ? webhook.SetAt : null;
}
