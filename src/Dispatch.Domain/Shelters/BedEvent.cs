namespace Dispatch.Domain.Shelters;

public enum BedEventKind
{
    Held = 1, Renewed = 2, Confirmed = 3, Declined = 4, Expected = 5, Arrived = 6, Left = 7, Withdrawn = 8, NotCome = 9, Expired = 10, ReleasedUnseen = 11,
    Counted = 12, Corrected = 13, AddressSet = 14, AddressGiven = 15, AddressWithdrawn = 16, AddressSeen = 17, AddressRefused = 18,
    SaidFree = 30, MeetingSet = 31,
}

/// <summary>One line of a house's history. <paramref name="Detail"/> is a code, never free text: history is not sealed.</summary>
/// <param name="Id">Version and ordinal of the decision that made it: writing it twice writes the same row.</param>
public sealed record BedEvent(string Id, DateTimeOffset At, BedEventKind Kind, string? Hold = null, string? By = null, string? Detail = null)
{
    public const int CurrentSchema = 1;
    public int SchemaVersion { get; init; } = CurrentSchema;
}
