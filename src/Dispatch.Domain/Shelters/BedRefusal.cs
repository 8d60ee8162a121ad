namespace Dispatch.Domain.Shelters;

/// <summary>Why the ledger refused; its name in the edge's spelling is the stable code.</summary>
public enum BedRefusal
{
    NotFound = 1,

    /// <summary>The command makes no sense in itself.</summary>
    Invalid = 2,

    /// <summary>Not all beds that this party needs are free. None is held.</summary>
    NoBed = 3,
    DoesNotFit = 4,

    /// <summary>This hold has ended, or was released before it was seen.</summary>
    HoldOver = 5,

    /// <summary>Asked so long ago that whether it was released since is no longer known. Ask again under a new id.</summary>
    TooLate = 6,
    IdTaken = 7,

    /// <summary>The list of holds and stays is at its bound.</summary>
    Full = 8,

    /// <summary>The house has not said yes yet.</summary>
    NotConfirmed = 9,

    /// <summary>The house said yes: it is no longer an answer but a release.</summary>
    AlreadyBooked = 10,

    /// <summary>A booked bed is released by a person who is named.</summary>
    PersonRequired = 11,

    /// <summary>She is in the house; she leaves it, nobody releases her bed.</summary>
    StillThere = 12,
    NotThere = 13,

    /// <summary>The counts changed since they were read.</summary>
    Stale = 14,

    /// <summary>The figures leave fewer beds than are held and booked.</summary>
    BelowPromised = 15,

    /// <summary>The figures say fewer people than the list of stays. End the stays of those who left.</summary>
    BelowStays = 16,
    ReasonRequired = 17,
    NoAddress = 18,

    /// <summary>The address goes with a booking, and this one is not booked or no longer.</summary>
    NotBooked = 19,

    /// <summary>Another driver has it for this booking. Withdraw that first.</summary>
    AlreadyGiven = 20,

    /// <summary>The release has run out, was withdrawn, or is another driver's.</summary>
    NotReleased = 21,
    TooMany = 22,
}

/// <param name="Ledger">As it is to be kept; the same one when nothing changed. A refusal, too, may find holds that ran out.</param>
public sealed record BedChange(BedLedger Ledger, BedRefusal? Refused = null);
