using System.Collections.Immutable;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.Responders;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Grains.Protocols;
using Dispatch.Grains.Rows;
using Orleans;
using Orleans.Runtime;

namespace Dispatch.Grains.ServiceAreas;

[GrainType("serviceArea")]
internal sealed class ServiceAreaGrain(
    [PersistentState("setup")] IPersistentState<Stored<AreaSetup>> stored,
    IRows rows,
    TimeProvider clock) : Grain, IServiceAreaGrain
{
    private readonly SortedDictionary<string, Candidate> _onDuty = new(StringComparer.Ordinal);

    private string Id => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var person in await rows.All<Candidate>(Tables.Duty, Id)) _onDuty[person.Responder] = person;
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
        return Keep(person.KeepingFrom(_onDuty.GetValueOrDefault(person.Responder)));
    }

    public Task Working(string responder, Workload work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return _onDuty.TryGetValue(responder, out var known) && known.With(work) is var next && !ReferenceEquals(next, known) ? Keep(next) : Task.CompletedTask;
    }

    public Task Asked(ImmutableArray<string> responders)
    {
        var now = clock.GetUtcNow();
        foreach (var responder in responders)
        {
            if (_onDuty.TryGetValue(responder, out var known)) _onDuty[responder] = known with { LastAskedAt = now };
        }

        return Task.CompletedTask;
    }

    public async Task OffDuty(string responder)
    {
        await rows.Write([new RowChange(Tables.Duty, Id, responder, null)]);
        _onDuty.Remove(responder);
    }

    public async Task<AreaPlan?> Plan()
    {
        if (Setup is not { } setup) return null;
        var rules = await Rules();
        var now = clock.GetUtcNow();
        return rules is null ? null : new AreaPlan(setup, rules, [.. _onDuty.Values.Where(p => p.OnDuty(now))]);
    }

    public Task<ImmutableArray<Candidate>> People() => Task.FromResult<ImmutableArray<Candidate>>([.. _onDuty.Values]);

    public Task<ImmutableArray<string>> WhoLeft(ImmutableArray<string> responders)
    {
        var now = clock.GetUtcNow();
        return Task.FromResult<ImmutableArray<string>>([.. responders.Where(r => !_onDuty.TryGetValue(r, out var p) || !p.OnDuty(now))]);
    }

    private AreaSetup Known => Setup ?? throw new InvalidOperationException("The service area was never set up");

    private AreaSetup? Setup => stored.State.Value;

    private async Task<Rules?> Rules() => Setup is { } setup ? await GrainFactory.GetGrain<IProtocolGrain>(setup.Tenant).Active(Id) : null;

    private Task Commit(AreaSetup next) => stored.Replace(next, DeactivateOnIdle);

    private async Task Keep(Candidate person)
    {
        await rows.Write([new RowChange(Tables.Duty, Id, person.Responder, person)]);
        _onDuty[person.Responder] = person;
    }
}
