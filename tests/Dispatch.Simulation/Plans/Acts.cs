using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;

namespace Dispatch.Simulation.Plans;

/// <summary>One thing that somebody does, or that goes wrong, at a second of the run.</summary>
public abstract record Act(double At);

/// <summary>She presses. Her phone repeats it until it is answered.</summary>
public sealed record Press(
    double At,
    int Alert,
    ImmutableArray<Need> Needs = default,
    bool Consent = false,
    ImmutableArray<Mode> Modes = default,
    bool WomenOnly = false,
    Verification Verification = Verification.None,
    string? Exclude = null,
    double LateBySeconds = 0) : Act(At)
{
    public ImmutableArray<Need> Needs { get; init; } = Needs.IsDefault ? [] : Needs;
    public ImmutableArray<Mode> Modes { get; init; } = Modes.IsDefault ? [] : Modes;
}

/// <summary>The same press, sent once more long after.</summary>
public sealed record PressAgain(double At, int Alert) : Act(At);

public enum Addition { Need, Consent, WithdrawConsent, ExcludePerson, ExcludeWhoAccepted, WomenOnly, Reach, UnderDuress }

public sealed record Add(double At, int Alert, Addition What, Need Need = Need.Health, string? Who = null) : Act(At);

/// <summary>She, or whoever holds her phone, cancels. The phone repeats it until it is answered.</summary>
public sealed record Cancel(double At, int Alert, PinVerdict Pin) : Act(At);

public sealed record Accept(double At, int Alert, string Who, int? Eta = null) : Act(At);

public sealed record Decline(double At, int Alert, string Who, DeclineReason Reason) : Act(At);

public sealed record Report(double At, int Alert, string Who, Progress Progress, int? Eta = null) : Act(At);

public sealed record Duty(double At, string Who, bool On) : Act(At);

/// <summary>A call-taker takes whatever rings for this alert.</summary>
public sealed record Take(double At, int Alert, string By) : Act(At);

public sealed record Close(double At, int Alert, string By, EndedHow How = EndedHow.Resolved) : Act(At);

/// <summary>Who has something of this alert gives it back to the line.</summary>
public sealed record HandBack(double At, int Alert, string By) : Act(At);

/// <summary>Somebody on the way says that she is well.</summary>
public sealed record CheckIn(double At, int Alert, string Who) : Act(At);

/// <summary>Somebody on the way calls for help for herself. Her phone repeats it until it is answered.</summary>
public sealed record Panic(double At, int Alert, string Who) : Act(At);

/// <summary>The line learns that somebody else holds her phone.</summary>
public sealed record PhoneUnsafe(double At, int Alert, string By) : Act(At);

/// <summary>A human lets police know in her place, for her life is in danger.</summary>
public sealed record Disclose(double At, int Alert, string By) : Act(At);

/// <summary>Somebody looks again at everything that humans disclosed of this alert.</summary>
public sealed record SecondLook(double At, int Alert, string By, ReviewOutcome Outcome = ReviewOutcome.Upheld) : Act(At);

/// <summary>A supervisor decides about a cancel that may have been forced.</summary>
public sealed record Decide(double At, int Alert, string By, DuressChoice Choice) : Act(At);

public sealed record WriteNote(double At, int Alert, string By) : Act(At);

/// <summary>A call-taker asks for beds, in a house of her choice or in the one that the search would ask next.</summary>
public sealed record AskBed(double At, int Alert, string By, string? Home = null, int Adults = 1, int Children = 0) : Act(At);

/// <summary>A call-taker gives up the newest bed that was asked for.</summary>
public sealed record GiveUpBed(double At, int Alert, string By, bool NotCome = false) : Act(At);

public enum HomeWord { Yes, No, Renew, Expect, Arrive, Leave, Release, NotCome, StillThere, SaidTooEarly }

/// <summary>The staff of a house say something about a party; of several houses that were asked it is the one to which it makes sense.</summary>
/// <param name="Times">Pressed so often at once.</param>
public sealed record HomeSays(double At, int Alert, HomeWord Word, string By, int Times = 1) : Act(At);

/// <summary>Staff read their board, count, and say what they counted.</summary>
/// <param name="More">Beds that were not there before.</param>
/// <param name="WalkedIn">People who came without a hold.</param>
/// <param name="Thinking">Seconds between reading and saying.</param>
public sealed record CountBeds(double At, string Home, string By, int More = 0, int OutOfService = 0, int WalkedIn = 0, double Thinking = 0) : Act(At);

/// <summary>A message of long ago reaches its house once more: it asks for beds that were given up since.</summary>
public sealed record LateHold(double At, int Alert) : Act(At);

public sealed record SetAddress(double At, string Home, string By) : Act(At);

/// <summary>A house lets one driver see where it is, for the party that it said yes to.</summary>
/// <param name="Seconds">For so long; 0 for as long as she is waited for.</param>
public sealed record GiveAddressTo(double At, int Alert, string Driver, string By, double Seconds = 0) : Act(At);

/// <summary>Somebody looks, whether she may or not.</summary>
public sealed record LookAtAddress(double At, int Alert, string Driver) : Act(At);

public sealed record TakeAddressBack(double At, int Alert, string By) : Act(At);

/// <summary>Somebody's phone is out of coverage.</summary>
public sealed record NoCoverage(double At, string Who, double Seconds) : Act(At);

/// <summary>Something that goes wrong with the machine, its store or its networks.</summary>
public abstract record Trouble(double At) : Act(At);

/// <summary>The process dies between two turns and starts again.</summary>
/// <param name="Clock">What the machine's clock reads more, or less, when it is up again.</param>
public sealed record Crash(double At, double Down, double Clock = 0) : Trouble(At);

/// <summary>The process dies at a later write, before it is durable or just after.</summary>
public sealed record CrashAtWrite(double At, int Writes, bool Durable, double Down) : Trouble(At);

/// <summary>The process dies while it hands over a later notice.</summary>
public sealed record CrashAtSend(double At, int Sends, double Down) : Trouble(At);

/// <summary>The machine slept: its clock jumps ahead.</summary>
public sealed record ClockJumps(double At, double By) : Trouble(At);

public enum StoreTrouble
{
    /// <summary>Some writes fail, also one row out of several.</summary>
    Fails,

    /// <summary>Every write fails; reading goes on.</summary>
    Full,

    /// <summary>Some writes are kept and reported as failed.</summary>
    Denies,

    /// <summary>Some reads fail.</summary>
    Unreadable,

    /// <summary>Everything waits until it is over.</summary>
    Stalls,

    /// <summary>Everything takes its time.</summary>
    Slow,
}

public sealed record StoreBreaks(double At, StoreTrouble How, double Seconds, double Share = 1) : Trouble(At);

public enum ChannelTrouble { Later, Never, Hangs, Throws }

public sealed record ChannelBreaks(double At, ChannelKind Channel, ChannelTrouble How, double Seconds) : Trouble(At);
