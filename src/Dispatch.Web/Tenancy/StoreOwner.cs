using Dispatch.Grains.Hosting;
using Dispatch.Grains.Rows;
using Dispatch.Web.Hosting;
using Dispatch.Web.Sealing;

namespace Dispatch.Web.Tenancy;

/// <summary>Which programme a store belongs to and which master key it was sealed with; written once, by the first host that uses it.</summary>
internal sealed record StoreOwner(string Tenant, string MasterCheck)
{
    public const int CurrentSchema = 1;
    private const string Partition = "store";
    private const string Key = "owner";

    public int SchemaVersion { get; init; } = CurrentSchema;

    /// <summary>Refuses a store of another tenant, so that a demo never starts on real data nor a programme on a demo's, and a store sealed with another key.</summary>
    public static async Task Claim(IRows rows, Tenant tenant, Macs macs)
    {
        var mine = new StoreOwner(tenant.Id, macs.MasterCheck());
        var written = await rows.Write([new RowChange(Tables.Tenant, Partition, Key, mine, IfMatch: RowChange.MustNotExist)]);
        if (written[0]) return;
        var owner = (await rows.Read<StoreOwner>(Tables.Tenant, Partition, Key))?.Value;
        if (owner?.Tenant != tenant.Id) throw new StartRefusedException("The store holds the data of another tenant.");
        if (owner.MasterCheck != mine.MasterCheck) throw new StartRefusedException("The data in the store was sealed with another master key than the one in Keys:Path.");
    }
}
