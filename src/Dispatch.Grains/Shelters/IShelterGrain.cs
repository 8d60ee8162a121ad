using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Shelters;
using Orleans;
using Orleans.Concurrency;

namespace Dispatch.Grains.Shelters;

/// <summary>
/// One house: its beds, and who may look at its address. Called by the host and by alerts. Key: the shelter's id, of letters, digits, '-' and '_'.
/// Every command names its hold or its version, so that after a timeout it is repeated and not guessed about. A hold's id names this house
/// (<see cref="HoldId"/>); any other is refused as not found.
/// </summary>
[Alias("dispatch.shelter")]
public interface IShelterGrain : IGrainWithStringKey
{
    /// <summary>Idempotent; the last one wins. It touches no bed.</summary>
    [Alias("configure"), ResponseTimeout("00:00:05")]
    Task Configure(ShelterSetup setup);

    /// <summary>
    /// Holds all beds that a party needs, or none. Whoever asks first stores the id and <see cref="HoldBeds.AskedAt"/>, repeats both after a timeout, and gives up only
    /// by <see cref="Release"/> with both: from then on this hold is refused, however late it comes. A refusal that followed an unanswered try is released, too.
    /// </summary>
    [Alias("hold"), ResponseTimeout("00:00:05"), AlwaysInterleave]
    Task<HoldResult> Hold(HoldBeds command);

    /// <summary>Gives the beds back; idempotent, also before the hold has come. A machine releases what is held; what the house has said yes to is released by a person.</summary>
    [Alias("release"), ResponseTimeout("00:00:05"), AlwaysInterleave]
    Task<HoldResult> Release(ReleaseBeds command);

    /// <summary>Half an hour more for the house's answer, once; a second time changes nothing.</summary>
    [Alias("renew"), ResponseTimeout("00:00:05")]
    Task<HoldResult> Renew(string holdId);

    /// <summary>The house's yes or no. After a yes only a person releases the beds. Nudge the alert afterwards.</summary>
    [Alias("confirm"), ResponseTimeout("00:00:05")]
    Task<HoldResult> Confirm(AnswerHold command);

    /// <summary>When she is expected, said or said anew, after the house's yes.</summary>
    [Alias("book"), ResponseTimeout("00:00:05")]
    Task<HoldResult> Book(ExpectArrival command);

    /// <summary>Where staff meet this party, sealed with the house's key; before the house's yes as well, and then shown from there on.</summary>
    [Alias("meet"), ResponseTimeout("00:00:05")]
    Task<HoldResult> Meet(string holdId, Sealed<Place> at, string by);

    /// <summary>She is here: also without an answer of the house, and after the hold ran out, while the beds are still there.</summary>
    [Alias("arrive"), ResponseTimeout("00:00:05")]
    Task<HoldResult> Arrive(string holdId, string by);

    [Alias("leave"), ResponseTimeout("00:00:05")]
    Task<HoldResult> Leave(string holdId, string by);

    /// <summary>Puts right what was said by mistake, with a reason, within a day.</summary>
    [Alias("correct"), ResponseTimeout("00:00:05")]
    Task<HoldResult> Correct(CorrectHold command);

    /// <summary>Staff's own count. Refused when it leaves no room for what is held, booked or slept in, or when the counts have changed since they were read.</summary>
    [Alias("confirmCounts"), ResponseTimeout("00:00:05")]
    Task<CountsResult> ConfirmCounts(ConfirmCounts command);

    /// <summary>For the staff of this house only.</summary>
    [Alias("board"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<BedBoard> Board();

    /// <summary>For matching and for call-takers' pages, which add it up over houses. Null where the house was never set up.</summary>
    [Alias("summary"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<HouseSummary?> Summary();

    /// <summary>Pulled by alerts: what became of these holds; those that nobody here knows are absent.</summary>
    [Alias("holds"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<ImmutableArray<HoldView>> Holds(ImmutableArray<string> holdIds);

    /// <summary>Another address ends every release of the old one.</summary>
    [Alias("setAddress"), ResponseTimeout("00:00:05")]
    Task<BedRefusal?> SetAddress(Sealed<ShelterAddress> address, string by);

    /// <summary>The guardian's exception: one driver may look, for one booking, until then. The host checks that <see cref="GiveAddress.By"/> may decide it.</summary>
    [Alias("giveAddress"), ResponseTimeout("00:00:05")]
    Task<ReleaseResult> GiveAddress(GiveAddress command);

    [Alias("withdrawAddress"), ResponseTimeout("00:00:05")]
    Task<ReleaseResult> WithdrawAddress(string releaseId, string by);

    /// <summary>Who was let in, and how often they looked; not the address.</summary>
    [Alias("addressReleases"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<ImmutableArray<AddressRelease>> AddressReleases();

    /// <summary>The only way to the address. The look is durable in the house's history before anything is given.</summary>
    [Alias("lookAtAddress"), ResponseTimeout("00:00:05")]
    Task<AddressLook> LookAtAddress(string releaseId, string driver);
}

/// <param name="Version">The ledger's; a page that knows a later one ignores this.</param>
[Immutable]
public sealed record HoldResult(BedRefusal? Refused, HoldView? Hold, long Version);

[Immutable]
public sealed record CountsResult(BedRefusal? Refused, BedBoard Board);

[Immutable]
public sealed record ReleaseResult(BedRefusal? Refused, AddressRelease? Release);

[Immutable]
public sealed record AddressLook(BedRefusal? Refused, Sealed<ShelterAddress>? Address);
