namespace Dispatch.Domain;

/// <summary>Why a command was refused. A refusal is a value, not an exception; its camelCase name is the stable code at the edge.</summary>
public enum Refusal
{
    NotFound = 1,
    KeyReused = 2,
    IdTaken = 3,
    TooOld = 4,
    ExerciseOutsideWindow = 5,
    AlreadyFilled = 6,
    OfferClosed = 7,
    Ended = 8,
    ModeNotOffered = 9,
    WrongProgress = 10,
    PinRequired = 11,
    TooMany = 12,
    TakenByOther = 13,
    NotYours = 14,
    ItemClosed = 15,
    ConsentMissing = 16,
    ReasonRequired = 17,
    NotAllowedHere = 18,
    EtaOutOfRange = 19,
    PairMissing = 20,
    SecondPersonRequired = 21,
    AlreadyReviewed = 22,
    NothingToDecide = 23,
    LimitsNotSaid = 24,
    DuressUndecided = 25,

    /// <summary>No house is left that could be asked for these beds.</summary>
    NoBed = 26,

    /// <summary>For whom the beds are stands in sealed words only: say it with the request.</summary>
    PartyUnknown = 27,

    /// <summary>This house holds beds for her already, or a bed is promised to her.</summary>
    HeldAlready = 28,
}
