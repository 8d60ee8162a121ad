using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Survivors;
using Orleans;
using Orleans.Runtime;

namespace Dispatch.Grains.Survivors;

[GrainType("survivorSession")]
internal sealed class SurvivorSessionGrain([PersistentState("session")] IPersistentState<Stored<SurvivorSession>> stored) : Grain, ISurvivorSessionGrain
{
    private SurvivorSession? Current => stored.State.Value;

    public Task Open(SurvivorSession session) => Current is null ? Commit(session) : Task.CompletedTask;

    public async Task<Refusal?> Add(SessionAddition addition, bool authorised)
    {
        ArgumentNullException.ThrowIfNull(addition);
        var session = Current ?? new SurvivorSession { Tenant = addition.Tenant };
        if (addition.SafeContact is not null && session.SafeContact is not null && !authorised) return Refusal.PinRequired;
        // A PIN is set once. Whoever holds the phone later must not be able to choose a new one.
        if ((addition.PinHash ?? addition.DuressPinHash) is not null && session.HasPin) return Refusal.PinRequired;
        await Commit(session with
        {
            SafeContact = addition.SafeContact ?? session.SafeContact,
            PinHash = session.PinHash ?? addition.PinHash,
            DuressPinHash = session.DuressPinHash ?? addition.DuressPinHash,
        });
        return null;
    }

    public async Task<PinVerdict> CheckPin(string? pinHash, string? attempt = null)
    {
        if (Current is not { } session) return PinVerdict.NotSet;
        var (next, verdict) = Pins.Check(session, pinHash, attempt);
        if (next != session) await Commit(next);
        return verdict;
    }

    public Task<Sealed<SafeContact>?> SafeContact() => Task.FromResult(Current?.SafeContact);

    private Task Commit(SurvivorSession next) => stored.Replace(next, DeactivateOnIdle);
}
