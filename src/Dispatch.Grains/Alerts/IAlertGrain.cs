using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Shelters;
using Dispatch.Domain.Survivors;
using Orleans;
using Orleans.Concurrency;

namespace Dispatch.Grains.Alerts;

/// <summary>One alert. Called by the host, and by the number that help was asked from; it calls the responders, the line, the houses and the service area, never the other way round.</summary>
[Alias("dispatch.alert")]
public interface IAlertGrain : IGrainWithStringKey
{
    /// <summary>Opens the alert. The answer follows the durable write of the alert, its reminder and its watch row. Repeating the same key and body answers the same; after a timeout, repeat.</summary>
    [Alias("raise")]
    Task<RaiseResult> Raise(RaiseAlert command);

    /// <summary>As <see cref="Raise"/>, for the actor of the number that help was asked from, which waits no longer and repeats it until it is done.</summary>
    [Alias("raiseByContact"), ResponseTimeout("00:00:05")]
    Task<RaiseResult> RaiseByContact(RaiseAlert command);

    /// <summary>What the number asks for once more becomes part of this alert, where it is open; durable when it returns. For the actor of the number; repeating it adds nothing.</summary>
    [Alias("joinByContact"), ResponseTimeout("00:00:05")]
    Task<JoinOutcome> JoinByContact(RaiseAlert command);

    /// <summary>Who must not learn of what comes from a number that this alert is about. Null: there is no such alert.</summary>
    [Alias("whoIsShutOut"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<ShutOut?> WhoIsShutOut();

    /// <summary>What it knows of her phone, asked by the number that it is about just before that is rung. Null: there is no such alert.</summary>
    [Alias("herPhone"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<HerPhone?> HerPhone();

    /// <summary>Accepts one offer. The first one that fills the need wins; repeating one's own acceptance answers the same.</summary>
    [Alias("accept")]
    Task<AnswerResult> Accept(AcceptOffer command);

    [Alias("decline")]
    Task<AnswerResult> Decline(DeclineOffer command);

    [Alias("report")]
    Task<AnswerResult> Report(ReportProgress command);

    /// <summary>Somebody on the way is well.</summary>
    [Alias("checkIn")]
    Task<AnswerResult> CheckIn(int offer, string responder);

    /// <summary>Somebody on the way calls for help for herself; also after the end. Repeating it while it rings changes nothing.</summary>
    [Alias("panic")]
    Task<AnswerResult> Panic(int offer, string responder);

    /// <summary>Appends to an open alert.</summary>
    [Alias("add")]
    Task<AnswerResult> Add(AddToAlert command);

    /// <summary>Cancels, or seems to. Idempotent; says nothing about which of the two it was.</summary>
    [Alias("cancel")]
    Task Cancel(PinVerdict pin);

    /// <summary>Somebody else holds her phone: from here on it is shown what a cancelled alert shows. Idempotent.</summary>
    [Alias("phoneUnsafe")]
    Task<AnswerResult> PhoneUnsafe(string by);

    /// <summary>A second person's look at what a human disclosed in her place; also after the end.</summary>
    [Alias("review")]
    Task<AnswerResult> Review(ReviewDisclosure command);

    /// <summary>What a supervisor decides about a cancel that may have been forced. Repeating the same decision answers the same.</summary>
    [Alias("decideDuress")]
    Task<AnswerResult> DecideDuress(DecideDuress command);

    /// <summary>The next people are asked now, and machines go on although a human has it. The same key asks once.</summary>
    [Alias("widen")]
    Task<AnswerResult> Widen(WidenAsking command);

    /// <summary>Nobody is asked for this need any more, and who is on the way is called off. Idempotent.</summary>
    [Alias("callOff")]
    Task<AnswerResult> CallOff(CallOffNeed command);

    /// <summary>A child was told where confidence ends.</summary>
    [Alias("sayLimits")]
    Task<AnswerResult> SayLimits(string by, string wordingVersion);

    /// <summary>Whether a child's guardians may be told.</summary>
    [Alias("decideGuardians")]
    Task<AnswerResult> DecideGuardians(DecideGuardians command);

    /// <summary>
    /// A call-taker asks a house for beds, or the next house that has some. The request is durable when it returns; where the house did not answer in time it is still
    /// <see cref="BedState.Requested"/> and asked for until it does. Repeating the same key asks for nothing more.
    /// </summary>
    [Alias("requestBed")]
    Task<BedRequestResult> RequestBed(RequestBed command);

    /// <summary>A named person gives up a request, a hold or a booking; also after the end. The house is told until it has noted it.</summary>
    [Alias("releaseBed")]
    Task<AnswerResult> ReleaseBed(ReleaseBed command);

    /// <summary>The houses and places of its area as they stand now. Null: there is no such alert.</summary>
    [Alias("houses"), ReadOnly]
    Task<HousesKnown?> Houses();

    /// <summary>A house that was rung does not take her, or did not answer.</summary>
    [Alias("passOver")]
    Task<BedRequestResult> PassOver(PassOver command);

    /// <summary>What a place beside the houses said to whoever asked it; idempotent by state.</summary>
    [Alias("sayPlace")]
    Task<AnswerResult> SayPlace(PlaceAnswer answer);

    /// <summary>A named person gives such a place up; also after the end.</summary>
    [Alias("releasePlace")]
    Task<AnswerResult> ReleasePlace(string place, string by);

    /// <summary>A safe place to meet her is proposed. Repeating the same key proposes nothing more.</summary>
    [Alias("proposeMeeting")]
    Task<MeetingResult> ProposeMeeting(ProposeMeeting command);

    /// <summary>Whether she comes there: her word, or a call-taker's for her. Idempotent.</summary>
    [Alias("answerMeeting")]
    Task<AnswerResult> AnswerMeeting(AnswerMeeting command);

    /// <summary>Records what phones confirmed. Durable when it returns; doubled and late receipts change nothing.</summary>
    [Alias("receipts")]
    Task Receipts(ImmutableArray<Receipt> receipts);

    /// <summary>A channel on which somebody was told will not bring it to her after all: the next one goes now. Durable when it returns; what a phone confirmed stands, and saying it twice changes nothing.</summary>
    [Alias("lost")]
    Task Lost(LostChannel lost);

    /// <summary>Pulls what others decided (the line's claims, duty) and does what is due. Calling it at any time is harmless. False: there is no such alert. Throws when what is due could not be done.</summary>
    [Alias("wake"), ResponseTimeout("00:00:10")]
    Task<bool> Wake();

    [Alias("survivorView"), ReadOnly]
    Task<SurvivorView?> SurvivorView();

    /// <summary>All that a relay is told of what it raised; null where nothing, or no longer.</summary>
    [Alias("relayView"), ReadOnly]
    Task<RelayView?> RelayView();

    [Alias("assignment"), ReadOnly]
    Task<AssignmentSlice?> Assignment(int offerNo, string responder);

    [Alias("hotlineView"), ReadOnly]
    Task<HotlineView?> HotlineView();

    /// <summary>For the house that was asked for beds: for how many and for whom. Null where the request is another house's, is over, may not be known to it or to this reader, or she is there.</summary>
    /// <param name="reader">The account of somebody who works there, or a device of the house.</param>
    [Alias("bedParty"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<BedParty?> BedParty(int no, string shelter, string reader);
}

[Immutable]
public sealed record RelayView(RelayState State);

/// <param name="Via">The channel that her answer came by; null for her own signed-in session.</param>
[Immutable]
public sealed record AcceptOffer(int Offer, string Responder, Mode? Mode, int? EtaMinutes, ChannelKind? Via = null);

[Immutable]
public sealed record DeclineOffer(int Offer, string Responder, DeclineReason Reason, ChannelKind? Via = null);

[Immutable]
public sealed record ReportProgress(int Offer, string Responder, Progress Progress, int? EtaMinutes);

/// <param name="No">Which of the alert's recorded bases.</param>
[Immutable]
public sealed record ReviewDisclosure(int No, string By, ReviewOutcome Outcome);

[Immutable]
public sealed record DecideDuress(DuressChoice Choice, string By, string? Reason);

/// <param name="Reason">A code.</param>
[Immutable]
public sealed record CallOffNeed(Need Need, string By, string? Reason);

[Immutable]
public sealed record DecideGuardians(bool MayBeTold, string By, string? Reason);

/// <param name="Round">Which round of the offer it is about, where that is known: a gateway reports hours later, when the offer may have been opened anew.</param>
[Immutable]
public sealed record Receipt(int Offer, string Responder, ChannelKind Channel, ReceiptState State, DateTimeOffset At, int? Round = null);

/// <param name="Why">A code.</param>
/// <param name="Round">Of the offer whose notice did not arrive. Null where she is reached that way no more, whatever was sent: what was not sent on it yet will find that out by itself.</param>
[Immutable]
public sealed record LostChannel(int Offer, string Responder, ChannelKind Channel, string Why, int? Round = null);

/// <param name="No">Which of the alert's requests for beds.</param>
/// <param name="NotCome">She was expected and did not come.</param>
[Immutable]
public sealed record ReleaseBed(int No, string By, bool NotCome = false);

/// <summary>For whom a house is asked, and nothing else of the alert: what is in the clear while houses are asked, otherwise what a call-taker said or she herself, sealed with the alert's key.</summary>
[Immutable]
public sealed record BedParty(Guests? Guests, Sealed<Guests>? Said, Sealed<Party>? Party, bool Child, string WrappedKey);

/// <param name="Request">What was asked of whom last, also where it was refused; null where no house was asked.</param>
[Immutable]
public sealed record BedRequestResult(Refusal? Refused, BedRequest? Request = null, long Version = 0);

/// <param name="No">Of the meeting point; null where it was refused.</param>
[Immutable]
public sealed record MeetingResult(Refusal? Refused, int? No = null, long Version = 0);

/// <param name="Refused">Null when the alert is open (or already was, by the same key and body).</param>
[Immutable]
public sealed record RaiseResult(Refusal? Refused, SurvivorView? View = null, DateTimeOffset? RaisedAt = null, bool First = false);

/// <param name="Assignment">What the caller may now read of it; null where nothing.</param>
[Immutable]
public sealed record AnswerResult(Refusal? Refused, long Version = 0, AssignmentSlice? Assignment = null);
