namespace Dispatch.Moving;

/// <summary>The grain whose state or reminder an entry is.</summary>
internal readonly record struct GrainName(string Type, string Key)
{
    /// <summary>The service whose states and reminders the hosts of a cluster read; a part of their keys.</summary>
    public const string Service = "dispatch";

    public static GrainName Of(Entry entry) =>
        entry.Partition.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
            ? new(entry.Partition[..slash], entry.Partition[(slash + 1)..])
            : throw new MoveRefusedException($"{entry} names no grain.");

    public static GrainName OfState(Entry state)
    {
        var grain = Of(state);
        return GrainStates.TypeOf.GetValueOrDefault(state.Key) == grain.Type ? grain : throw new MoveRefusedException($"{state} is a state that no grain of this program keeps.");
    }
}
