using System.Text.Json.Serialization;

namespace Dispatch.Domain.Alerts;

public enum HistoryKind
{
    Raised = 1, StepEntered = 2, StepSkipped = 3, Offered = 4, Accepted = 5, Declined = 6, Withdrawn = 7, Progress = 8, Conflict = 9,
    Ringing = 10, Taken = 11, Late = 12, Silent = 13, Cancelled = 14, DuressCancel = 15, Resolved = 16, Addition = 17, Consent = 18,
    ConsentWithdrawn = 19, DutyOfficerTold = 20, BackupTold = 21, NoteAdded = 22, HandedBack = 23, NeedOpened = 24, NeedClosed = 25, DuressSaid = 26, PhoneUnsafe = 27,
    AlarmClosed = 28, ReviewDue = 29, Reviewed = 30, DuressDecided = 31, Panic = 32, CheckInMissed = 33, LimitsSaid = 34, GuardiansDecided = 35,
    BedRequested = 36, BedHeld = 37, BedRefused = 38, BedBooked = 39, BedArrived = 40, BedReleased = 41, BedOver = 42, NoBed = 43,
    MeetingProposed = 44, MeetingAgreed = 45, MeetingRefused = 46, LateOnTheWay = 47,
    BedPassedOver = 60, PlaceAsked = 61, PlaceYes = 62, PlaceNo = 63, PlaceArrived = 64, PlaceReleased = 65, PlaceOver = 66,
    /// <summary>What came by another way was taken as being about the same.</summary>
    Joined = 70,

    /// <summary>A human says that what came from a number is not about it.</summary>
    Parted = 71,

    HandedOn = 80, Widened = 81, CalledOff = 82,
}

/// <summary>One line of an alert's history. <paramref name="Detail"/> is a code, never free text: history is not sealed.</summary>
/// <param name="Count">Of offers in a row, from <paramref name="Offer"/> on, that this line is about: a step asks its people in one line.</param>
/// <param name="Id">Version and ordinal of the decision that made it: writing it twice writes the same row.</param>
public sealed record HistoryEvent(
    string Id,
    DateTimeOffset At,
    HistoryKind Kind,
    Need? Need = null,
    int? Step = null,
    int? Offer = null,
    string? Who = null,
    string? Detail = null,
    int? Count = null)
{
    public const int CurrentSchema = 1;

    /// <summary>The number of the request for beds that this line is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Bed { get; init; }

    /// <summary>The place beside the houses that this line is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Place { get; init; }

    public int SchemaVersion { get; init; } = CurrentSchema;
}
