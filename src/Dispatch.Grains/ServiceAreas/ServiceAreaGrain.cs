using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.Responders;
using Dispatch.Domain.Rosters;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Grains.Protocols;
using Dispatch.Grains.Rows;
using Orleans;
using Orleans.Runtime;

namespace Dispatch.Grains.ServiceAreas;

[GrainType("serviceArea")]
internal sealed partial class ServiceAreaGrain(
    [PersistentState("setup")] IPersistentState<Stored<AreaSetup>> stored,
    [PersistentState("roster")] IPersistentState<Stored<Roster>> roster,
    IRows rows,
    TimeProvider clock) : Grain, IServiceAreaGrain
{
    /// <summary>Everybody known here, on duty or not; <see cref="PersonOnDuty"/> says which.</summary>
    private readonly SortedDictionary<string, Candidate> _people = new(StringComparer.Ordinal);

    private string Id => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var person in await rows.All<Candidate>(Tables.Duty, Id)) _people[person.Responder] = person;
    }

    public async Task Configure(AreaSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        var next = setup.KeepingFrom(Setup) with { Id = Id };
        if (!next.SameAs(Setup)) await Commit(next);
    }

    public async Task<ImmutableArray<string>> SwitchOn()
    {
        var missing = AreaReadiness.Missing(Setup, await Rules());
        if (missing.IsEmpty && Setup is { On: false } setup) await Commit(setup with { On = true });
        return missing;
    }

    public Task SwitchOff() => Setup is { On: true } setup ? Commit(setup with { On = false }) : Task.CompletedTask;

    public Task DrillWindow(DateTimeOffset? until) =>
        Known.DrillUntil == until ? Task.CompletedTask : Commit(Known with { DrillUntil = until });

    public Task DrillPassed(DateTimeOffset at) =>
        at <= Known.DrillPassedAt ? Task.CompletedTask : Commit(Known with { DrillPassedAt = at });

    public Task<bool> IsOn() => Task.FromResult(Setup is { On: true });

    public async Task<AreaState?> State() => Setup is { } setup ? new AreaState(setup, AreaReadiness.Missing(setup, await Rules())) : null;

    public Task<LineChain?> Chain(string line) => Task.FromResult(Setup?.ChainOf(line));

    public Task OnDuty(Candidate person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return Keep(person.KeepingFrom(_people.GetValueOrDefault(person.Responder)));
    }

    public Task Working(string responder, Workload work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return _people.TryGetValue(responder, out var known) && known.With(work) is var next && !ReferenceEquals(next, known) ? Keep(next) : Task.CompletedTask;
    }

    public Task Asked(ImmutableArray<string> responders)
    {
        var now = clock.GetUtcNow();
        foreach (var responder in responders)
        {
            if (_people.TryGetValue(responder, out var known)) _people[responder] = known with { LastAskedAt = now };
        }

        return Task.CompletedTask;
    }

    public async Task<AreaPlan?> Plan()
    {
        if (Setup is not { } setup) return null;
        var rules = await Rules();
        var now = clock.GetUtcNow();
        return rules is null ? null : new AreaPlan(setup, rules, [.. OnDutyAt(now)]);
    }

    public Task<ImmutableArray<Left>> WhoLeft(ImmutableArray<string> responders, string area, ImmutableArray<string> relays)
    {
        var now = clock.GetUtcNow();
        var rostered = RosterTimes.At(Current, now);
        return Task.FromResult<ImmutableArray<Left>>(
            [.. responders.Select(r => (Responder: r, Why: WhyGone(_people.GetValueOrDefault(r), rostered, now, area, relays))).Where(r => r.Why is not null).Select(r => new Left(r.Responder, r.Why!.Value))]);
    }

    private static WithdrawnFor? WhyGone(Candidate? person, ImmutableArray<Rostered> rostered, DateTimeOffset now, string area, ImmutableArray<string> relays) =>
        person is null ? WithdrawnFor.OffDuty
        : person.Declared?.ConflictsWith(area, relays) is true ? WithdrawnFor.Conflict
        : !person.Vetted(now) ? WithdrawnFor.NotVetted
        : PersonOnDuty.At(person, rostered, now) is null ? WithdrawnFor.OffDuty
        : null;

    private AreaSetup Known => Setup ?? throw new InvalidOperationException("The service area was never set up");

    private AreaSetup? Setup => stored.State.Value;

    private async Task<Rules?> Rules() => Setup is { } setup ? await GrainFactory.GetGrain<IProtocolGrain>(setup.Tenant).Active(Id) : null;

    private Task Commit(AreaSetup next) => stored.Replace(next, DeactivateOnIdle);

    private async Task Keep(Candidate person)
    {
        await rows.Write([new RowChange(Tables.Duty, Id, person.Responder, person)]);
        _people[person.Responder] = person;
    }
}
