using Dispatch.Domain.Shelters;

namespace Dispatch.Simulation.Promises;

/// <summary>What the checkers know of one house.</summary>
internal sealed class HouseFile
{
    /// <summary>As last written to the disk.</summary>
    public BedLedger? Ledger { get; set; }
    public AddressBook? Addresses { get; set; }

    /// <summary>Every stage that a hold was ever stored in.</summary>
    public HashSet<(string Hold, HoldStage Stage)> Reached { get; } = [];

    /// <summary>Every hold that was ever stored as ended, and when it had been asked for.</summary>
    public SortedDictionary<string, GoneHold> Ended { get; } = new(StringComparer.Ordinal);

    /// <summary>When its beds last changed, in time that really passed.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Every release as it was first stored.</summary>
    public SortedDictionary<string, AddressRelease> Releases { get; } = new(StringComparer.Ordinal);

    /// <summary>How often each person was shown the address for each hold, and how many such lines the history has.</summary>
    public Dictionary<(string Hold, string Driver), int> Shown { get; } = [];
    public Dictionary<(string Hold, string Driver), int> Seen { get; } = [];

    /// <summary>Lines of history that are part of its state, and those that are in their rows.</summary>
    public HashSet<string> Trail { get; } = new(StringComparer.Ordinal);
    public HashSet<string> History { get; } = new(StringComparer.Ordinal);
}
