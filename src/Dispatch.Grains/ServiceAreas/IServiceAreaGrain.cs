using System.Collections.Immutable;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.Responders;
using Dispatch.Domain.ServiceAreas;
using Orleans;
using Orleans.Concurrency;

namespace Dispatch.Grains.ServiceAreas;

/// <summary>One service area: who is on duty for what, and how the area is set up. Called by the host, by alerts and by people's own actors.</summary>
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

    [Alias("offDuty"), ResponseTimeout("00:00:05")]
    Task OffDuty(string responder);

    /// <summary>Everybody on duty now, the set-up and the rules in force. Null where the area was never set up.</summary>
    [Alias("plan"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<AreaPlan?> Plan();

    /// <summary>Everybody who came on duty here and did not go off, also those whose duty has ended by itself meanwhile.</summary>
    [Alias("people"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<ImmutableArray<Candidate>> People();

    /// <summary>Which of these people are not on duty here.</summary>
    [Alias("whoLeft"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<ImmutableArray<string>> WhoLeft(ImmutableArray<string> responders);
}

[Immutable]
public sealed record AreaPlan(AreaSetup Setup, Rules Rules, ImmutableArray<Candidate> OnDuty)
{
    /// <summary>Whether machines ask people here. A drill has to be passed before the area is switched on, so it needs no switch.</summary>
    public bool Asks(bool exercise) => Setup.On || exercise;
}

[Immutable]
public sealed record AreaState(AreaSetup Setup, ImmutableArray<string> Missing);
