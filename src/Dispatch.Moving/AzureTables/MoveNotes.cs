using Dispatch.TableStorage;

namespace Dispatch.Moving.AzureTables;

/// <summary>What imports noted in the account: how far they have come, and grains whose keys Orleans does not spell.</summary>
internal sealed class MoveNotes
{
    private const string SpellingPartition = "spelling";
    private const string GrainProperty = "Grain";

    private readonly Dictionary<string, string> _spellings = new(StringComparer.Ordinal);

    public TableImport? Import { get; private set; }

    public static async Task<MoveNotes> Read(ITableAccount account)
    {
        var notes = new MoveNotes();
        await foreach (var (partition, entry) in account.All(TableImport.Table))
        {
            if (partition == SpellingPartition) notes._spellings[entry.Key] = (string)entry.Properties[GrainProperty];
            else notes.Import = TableImport.Of(entry);
        }

        return notes;
    }

    /// <summary>The grain whose states have this partition; null where its key tells.</summary>
    public string? Spelling(string partition) => _spellings.Count == 0 ? null : _spellings.GetValueOrDefault(TableKey.Of(partition));

    /// <summary>To be kept beside the state; null where its key tells.</summary>
    public static Placed? Note(Entry state, string partition)
    {
        if (OrleansKey.CanSpell(GrainName.Of(state).Key)) return null;
        var entry = new TableEntry(TableKey.Of(partition), "", new Dictionary<string, object> { [GrainProperty] = state.Partition });
        return new(TableImport.Table, SpellingPartition, entry, TableBody.OnTheWire(null));
    }
}
