using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.Responders;
using Dispatch.Domain.Rosters;
using Dispatch.Domain.ServiceAreas;
using Orleans;
using Orleans.Concurrency;

namespace Dispatch.Grains.ServiceAreas;

/// <summary>One service area: who is on duty for what, its roster, and how the area is set up. Called by the host, by alerts and by people's own actors.</summary>
[Alias("dispatch.serviceArea")]
public interface IServiceAreaGrain : IGrainWithStringKey
{
    /// <summary>Idempotent; the last one wins, except for what staff decided: the switch and the drills.</summary>
    [Alias("configure"), ResponseTimeout("00:00:05")]
    Task Configure(AreaSetup setup);

    /// <summary>Lets machines ask people here. Gives what is missing; the area is on only when that is nothing.</summary>
    [Alias("switchOn"), ResponseTimeout("00:00:05")]
    Task<ImmutableArray<string>> SwitchOn();

    /// <summary>Always possible. Who was asked already stays asked; nobody new is.</summary>
    [Alias("switchOff"), ResponseTimeout("00:00:05")]
    Task SwitchOff();

    /// <summary>Opens the drill window until then, or closes it. Idempotent.</summary>
    [Alias("drillWindow"), ResponseTimeout("00:00:05")]
    Task DrillWindow(DateTimeOffset? until);

    /// <summary>A drill was passed at that moment. An earlier one than the one known changes nothing.</summary>
    [Alias("drillPassed"), ResponseTimeout("00:00:05")]
    Task DrillPassed(DateTimeOffset at);

    /// <summary>Asked at every raise, before anything is promised: short, because nobody should wait for it.</summary>
    [Alias("isOn"), ResponseTimeout("00:00:01"), ReadOnly]
    Task<bool> IsOn();

    /// <summary>How the area is set up and what it needs before it can be switched on. Null where it was never set up.</summary>
    [Alias("state"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<AreaState?> State();

    /// <summary>Whom to tell of an item that nobody took on this line; it needs no protocol. Null where the area was never set up.</summary>
    [Alias("chain"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<LineChain?> Chain(string line);

    /// <summary>Puts a person on duty here, or replaces what is known of her.</summary>
    [Alias("onDuty"), ResponseTimeout("00:00:05")]
    Task OnDuty(Candidate person);

    /// <summary>How much a person has to do, as told by her own actor. Durable when it returns; older versions and people who are not on duty here are ignored.</summary>
    [Alias("working"), ResponseTimeout("00:00:05")]
    Task Working(string responder, Workload work);

    /// <summary>Somebody asked these people just now: a hint for taking turns, kept in memory only.</summary>
    [Alias("asked"), ResponseTimeout("00:00:05")]
    Task Asked(ImmutableArray<string> responders);

    /// <summary>
    /// Ends the duty that she took herself. With a moment given, or where the roster names her, she stays known, and is off until then, or until her shift of now ends.
    /// </summary>
    /// <param name="rosterHolds">She only left her page: the roster goes on as it was.</param>
    /// <returns>Whether she is still known here, so that the area goes on hearing of her work.</returns>
    [Alias("offDutyUntil"), ResponseTimeout("00:00:05")]
    Task<bool> OffDuty(string responder, DateTimeOffset? until = null, bool rosterHolds = false);

    /// <summary>Makes a person known whom the roster names, or replaces what is known of her; her duty stays as it is. Idempotent.</summary>
    [Alias("enrol"), ResponseTimeout("00:00:05")]
    Task Enrol(Candidate person);

    /// <summary>Nobody by that name is asked here any more, whatever the roster says.</summary>
    [Alias("forget"), ResponseTimeout("00:00:05")]
    Task Forget(string responder);

    /// <summary>Everybody on duty now, by herself or by the roster, the set-up and the rules in force. Null where the area was never set up.</summary>
    [Alias("plan"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<AreaPlan?> Plan();

    /// <summary>Everybody known here as she is at that moment, on duty or not: who came on duty and did not go off, and whom the roster names.</summary>
    [Alias("peopleAt"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<ImmutableArray<Candidate>> People(DateTimeOffset at);

    /// <summary>One person as she may be asked here now, by herself or by the roster; null while she is off duty.</summary>
    [Alias("onDutyNow"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<Candidate?> OnDutyNow(string responder);

    /// <summary>Where the coming days lack somebody. Null where the area was never set up or has no rules.</summary>
    [Alias("gaps"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<ImmutableArray<Gap>?> Gaps(DateTimeOffset from, DateTimeOffset until);

    [Alias("roster"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<Roster> Roster();

    /// <summary>Other weekly shifts. Refused as stale when the roster has changed since <paramref name="seen"/>. Enrol whom it names first.</summary>
    [Alias("setRoster"), ResponseTimeout("00:00:05")]
    Task<RosterChange> SetRoster(long seen, int utcOffsetMinutes, ImmutableArray<WeeklyShift> shifts);

    /// <summary>Decides about one day. Refused as stale when the roster has changed since <paramref name="seen"/>.</summary>
    /// <param name="utcOffsetMinutes">The local time of a roster that is not there yet.</param>
    [Alias("overrideRoster"), ResponseTimeout("00:00:05")]
    Task<RosterChange> Override(long seen, int utcOffsetMinutes, RosterOverride change);

    [Alias("restoreRoster"), ResponseTimeout("00:00:05")]
    Task<RosterChange> Restore(string overrideId);

    /// <summary>Offers hours to another. Offering the same again gives the same offer.</summary>
    [Alias("offerSwap"), ResponseTimeout("00:00:05")]
    Task<RosterChange> OfferSwap(string by, string to, Hours gives, Hours? takes);

    /// <summary>The other agrees, and it holds from now on. Idempotent. Enrol her first.</summary>
    [Alias("acceptSwap"), ResponseTimeout("00:00:05")]
    Task<RosterChange> AcceptSwap(string id, string by);

    /// <summary>The other declines, or she who offered takes it back.</summary>
    [Alias("dropSwap"), ResponseTimeout("00:00:05")]
    Task<RosterChange> DropSwap(string id, string by);

    /// <summary>Which of these people may not be asked here any more about an alert of that area, brought by those organisations, and why. Off duty is also who is not known here.</summary>
    [Alias("whoLeftAndWhy"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<ImmutableArray<Left>> WhoLeft(ImmutableArray<string> responders, string area, ImmutableArray<string> relays);
}

[Immutable]
public sealed record AreaPlan(AreaSetup Setup, Rules Rules, ImmutableArray<Candidate> OnDuty)
{
    /// <summary>Whether machines ask people here. A drill has to be passed before the area is switched on, so it needs no switch.</summary>
    public bool Asks(bool exercise) => Setup.On || exercise;
}

[Immutable]
public sealed record AreaState(AreaSetup Setup, ImmutableArray<string> Missing);

[Immutable]
public sealed record Left(string Responder, WithdrawnFor Why);
