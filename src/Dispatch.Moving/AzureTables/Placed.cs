using Dispatch.TableStorage;

namespace Dispatch.Moving.AzureTables;

/// <summary>An entity and where it goes.</summary>
internal sealed record Placed(string Table, string Partition, TableEntry Entry, int Bytes) : IPlaced
{
    public string Key => Entry.Key;
}
