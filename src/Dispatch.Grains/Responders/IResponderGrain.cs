using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Responders;
using Dispatch.Domain.ServiceAreas;
using Orleans;
using Orleans.Concurrency;

namespace Dispatch.Grains.Responders;

/// <summary>One person on call, as alerts have told her. Owns nothing that an alert decides.</summary>
[Alias("dispatch.responder")]
public interface IResponderGrain : IGrainWithStringKey
{
    /// <summary>Called by alerts. Durable when it returns; an older version than the one known is ignored. Returns what is now known, with reply codes.</summary>
    [Alias("tell"), ResponseTimeout("00:00:05")]
    Task<AlertTold> Tell(AlertTold told);

    /// <summary>Puts her on duty in these areas with the work she has, and off duty in those she left. Repeat it after a failure.</summary>
    [Alias("onDuty"), ResponseTimeout("00:00:05")]
    Task OnDuty(Candidate person, ImmutableArray<string> areas);

    /// <summary>Puts her off duty in these areas and in all where she was; where a roster names her, until that moment or the end of her shift of now.</summary>
    /// <param name="rosterHolds">She only left her page: a roster goes on as it was.</param>
    [Alias("offDutyUntil"), ResponseTimeout("00:00:05")]
    Task OffDuty(ImmutableArray<string> areas, DateTimeOffset? until = null, bool rosterHolds = false);

    /// <summary>Makes her known, with the work she has, to an area whose roster names her. Idempotent.</summary>
    [Alias("enrol"), ResponseTimeout("00:00:05")]
    Task Enrol(Candidate person, string area);

    /// <summary>What she has to do and is owed.</summary>
    [Alias("work"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<Workload> Work();

    /// <summary>She says that what she did for this alert was severe: she rests, and is owed a talk. False where she had no assignment; saying it again changes nothing. Tell her areas afterwards (<see cref="WorkNews"/>).</summary>
    [Alias("severe"), ResponseTimeout("00:00:05")]
    Task<bool> Severe(string alertId);

    /// <summary>The talk took place. Idempotent.</summary>
    [Alias("debriefed"), ResponseTimeout("00:00:05")]
    Task Debriefed(string id);

    /// <summary>Organisations (as keyed fingerprints) and areas about whose cases she must not be asked, all of them. Idempotent. Tell her areas afterwards (<see cref="WorkNews"/>).</summary>
    [Alias("declareConflicts"), ResponseTimeout("00:00:05")]
    Task DeclareConflicts(ImmutableArray<string> organisations, ImmutableArray<string> areas);

    /// <summary>How long she needs to be in an area; null when that is not known any more. Tell her areas afterwards (<see cref="WorkNews"/>).</summary>
    [Alias("declareTravel"), ResponseTimeout("00:00:05")]
    Task DeclareTravel(string area, TravelBand? band);

    [Alias("offers"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<ImmutableArray<OfferSummary>> Offers();

    /// <summary>The offer that she means by this code: the open one, or else the last one that had it. Null where none had.</summary>
    [Alias("byCode"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<CodedOffer?> ByCode(string code);

    /// <summary>Accepted offers, also ended ones of the last day.</summary>
    [Alias("assignments"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<ImmutableArray<AlertTold>> Assignments();

    /// <summary>Registers a device or replaces what is known of it.</summary>
    [Alias("putDevice"), ResponseTimeout("00:00:05")]
    Task PutDevice(Device device);

    /// <summary>Forgets a device: from here on nothing is sent to it.</summary>
    [Alias("removeDevice"), ResponseTimeout("00:00:05")]
    Task RemoveDevice(string deviceId);

    /// <summary>Forgets a device whose address is dead, where it is still registered exactly so. Idempotent; one that was registered anew stays.</summary>
    [Alias("retireDevice"), ResponseTimeout("00:00:05")]
    Task RetireDevice(Device dead);

    [Alias("devices"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<ImmutableArray<Device>> Devices();
}

[Immutable]
public sealed record CodedOffer(string AlertId, int Offer, OfferState State);
