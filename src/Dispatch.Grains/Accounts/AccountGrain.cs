using Dispatch.Domain.Accounts;
using Dispatch.Domain.Sealing;
using Orleans;
using Orleans.Runtime;

namespace Dispatch.Grains.Accounts;

[GrainType("account")]
internal sealed class AccountGrain([PersistentState("account")] IPersistentState<Stored<Account>> stored, TimeProvider clock) : Grain, IAccountGrain
{
    private Account? Current => stored.State.Value;

    public Task Provide(Profile profile, string passwordHash, bool replacePassword, bool mustChangePassword = false)
    {
        if (Current is not { } known) return Commit(new Account { Profile = profile, PasswordHash = passwordHash, MustChangePassword = mustChangePassword });
        var next = known with { Profile = profile };
        return Commit(replacePassword ? next with { PasswordHash = passwordHash, Sessions = [] } : next);
    }

    public Task ChangePassword(string passwordHash, string keepSession) =>
        Commit(Known with { PasswordHash = passwordHash, MustChangePassword = false, Sessions = [.. Known.Sessions.Where(s => s.Id == keepSession)] });

    public Task ResetPassword(string passwordHash) => Commit(SignIns.Reset(Known, passwordHash));

    public async Task<SignInChallenge?> BeginSignIn()
    {
        if (Current is not { } account) return null;
        var (next, lockedUntil) = SignIns.Begin(account, clock.GetUtcNow());
        if (next != account) await Commit(next);
        return new SignInChallenge(account.PasswordHash, lockedUntil);
    }

    public Task CompleteSignIn(StaffSession session) => Commit(SignIns.Complete(Known, session, clock.GetUtcNow()));

    public Task OpenSession(StaffSession session) => Commit(SignIns.Open(Known, session, clock.GetUtcNow()));

    public Task EndSession(string sessionId) => Current is null ? Task.CompletedTask : Commit(SignIns.End(Current, sessionId));

    public Task<SignedIn?> Session(string sessionId)
    {
        var now = clock.GetUtcNow();
        return Task.FromResult(Current is { } account && account.Sessions.Any(s => s.Id == sessionId && s.ExpiresAt > now)
            ? new SignedIn(account.Profile, account.Duty, account.MustChangePassword)
            : null);
    }

    public Task<Profile?> Profile() => Task.FromResult(Current?.Profile);

    public Task<Duty?> Duty() => Task.FromResult(Current?.Duty);

    public async Task<Duty> SetDuty(Duty duty)
    {
        await Commit(Known with { Duty = duty });
        return duty;
    }

    public Task SetPin(string pinHash) => Commit(StaffPins.Set(Known, pinHash));

    public async Task<StaffPinCheck> CheckPin(string pinHash, bool byText)
    {
        if (Current is not { } account) return new StaffPinCheck(StaffPinVerdict.None);
        var (next, check) = StaffPins.Check(account, pinHash, clock.GetUtcNow(), byText);
        if (!ReferenceEquals(next, account)) await Commit(next);
        return check;
    }

    public Task<bool> IsPin(string pinHash) => Task.FromResult(Current is { } account && StaffPins.IsHers(account, pinHash, clock.GetUtcNow()));

    public Task<PinState> Pin() => Task.FromResult(new PinState(Current?.Pin is not null, Current?.Pin?.LockedUntil, Current?.Pin?.ByText?.LockedUntil));

    public Task AcceptCharter(string charterVersion, Sealed<string> number) => Commit(RelayDesk.Accept(Known, charterVersion, number, clock.GetUtcNow()));

    public Task<RelayDesk?> Desk() => Task.FromResult(Current?.Desk);

    private Account Known => Current ?? throw new InvalidOperationException("No such account");

    private Task Commit(Account next) => stored.Replace(next, DeactivateOnIdle);
}
