using Dispatch.Grains.Rows;
using Dispatch.Web.Sealing;

namespace Dispatch.Web.Tenancy;

/// <summary>Only in a demo: remembers, by a keyed fingerprint, which password was last given to everybody, so that a restart with the same one signs nobody out.</summary>
internal sealed record SharedPassword(string Fingerprint)
{
    public const int CurrentSchema = 1;
    private const string Partition = "store";
    private const string Key = "initialPassword";

    public int SchemaVersion { get; init; } = CurrentSchema;

    public static async Task<bool> Changed(IRows rows, Macs macs, string password) =>
        (await rows.Read<SharedPassword>(Tables.Tenant, Partition, Key))?.Value.Fingerprint != macs.Setting(Key, password);

    public static Task Remember(IRows rows, Macs macs, string password) =>
        rows.Write([new RowChange(Tables.Tenant, Partition, Key, new SharedPassword(macs.Setting(Key, password)))]);
}
