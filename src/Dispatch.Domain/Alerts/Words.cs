namespace Dispatch.Domain.Alerts;

/// <summary>What a survivor may ask for.</summary>
public enum Need { Health = 1, Shelter = 2, Psychosocial = 3, Legal = 4, Advocate = 5, Transport = 6, Police = 7 }

/// <summary>How help reaches her. <see cref="ComesToHer"/> only on her explicit choice: a visit can expose her.</summary>
public enum Mode { CallsHer = 1, ReceivesHer = 2, MeetsAt = 3, Escorts = 4, ComesToHer = 5 }

/// <summary>Whether she said how she may be reached; the number itself is sealed elsewhere.</summary>
public enum Reach { Unknown = 1, Call = 2, Sms = 3, None = 4 }

/// <summary>How sure we are that the alert is what it says.</summary>
public enum Verification { None = 1, Voice = 2, Relay = 3, InPerson = 4 }

public enum AgeBand { Under12 = 1, From12To14 = 2, From15To17 = 3, Adult = 4 }

public enum Stage { Open = 1, Ended = 2 }

public enum NeedStage { Asking = 1, Filled = 2, Closed = 3 }

/// <summary>The decision about an offer. It never runs out by time alone: it stays acceptable until it is withdrawn. Whether it was sent, delivered or seen is a fact of delivery and is stored apart.</summary>
public enum OfferState { Open = 1, Accepted = 2, Declined = 3, Withdrawn = 4 }

public enum WithdrawnFor { Filled = 1, Excluded = 2, Conflict = 3, ConsentWithdrawn = 4, OffDuty = 5, Ended = 6, NeedClosed = 7, NotVetted = 8 }

public enum DeclineReason { Busy = 1, TooFar = 2, Unsafe = 3, Conflict = 4, Other = 5 }

/// <summary>Where a person who accepted stands. StandOff: keep away, she may be under duress. CallOff: no longer needed.</summary>
public enum AssignmentState
{
    Accepted = 1,
    NoConflict = 2,
    EnRoute = 3,
    Arrived = 4,
    Done = 5,
    Released = 6,
    StandOff = 7,
    CallOff = 8,

    /// <summary>A driver has her in the car.</summary>
    PickedUp = 9,
}

/// <summary>Advice: she was heard and told what she asked, and it never was an alert; for what rang or wrote, and never for an alert.</summary>
public enum EndedHow { Resolved = 1, Referred = 2, Cancelled = 3, Duplicate = 4, FalseAlarm = 5, Other = 6, Advice = 7 }

/// <summary>Why the line's console rings. NoBed: no house is left that a machine could ask. BedBooked: a bed that a house said yes to is not needed, and only a person releases it.
/// LateOnTheWay: a driver has her in the car and has not arrived. MeetingRefused: she cannot come to the place that was proposed.
/// PartyChanged: she says otherwise who comes with her, and a house holds or keeps beds already. CallRinging: somebody is on the line. CallBackOwed: somebody rang and nobody answered.
/// TextWaiting: somebody wrote. HandOver: a relay raised for her and waits by the telephone.</summary>
public enum RingReason
{
    NewAlert = 1, Late = 2, Silent = 3, Reopened = 4, Duress = 5, StepFailed = 6, ReviewDue = 7, ResponderInDanger = 8, NoBed = 9, BedBooked = 10, LateOnTheWay = 11, MeetingRefused = 12,
    PartyChanged = 13, CallRinging = 14, CallBackOwed = 15, TextWaiting = 16, HandOver = 20,
}

/// <summary>What a PIN proved. <see cref="NotSet"/>: none was ever set.</summary>
public enum PinVerdict { NotSet = 1, Right = 2, Duress = 3, Wrong = 4 }
