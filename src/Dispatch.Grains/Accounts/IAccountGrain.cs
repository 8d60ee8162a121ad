using Dispatch.Domain.Accounts;
using Dispatch.Domain.Sealing;
using Orleans;
using Orleans.Concurrency;

namespace Dispatch.Grains.Accounts;

/// <summary>One staff account. Key: a keyed hash of tenant and user name. Called by the host only; passwords never reach it, only their hashes.</summary>
[Alias("dispatch.account")]
public interface IAccountGrain : IGrainWithStringKey
{
    /// <summary>Creates the account or replaces its profile. A password that is replaced ends every open session; otherwise the hash is set only when there was none. At a start everybody is provided at once, so the last one waits.</summary>
    [Alias("provide"), ResponseTimeout("00:00:30")]
    Task Provide(Profile profile, string passwordHash, bool replacePassword, bool mustChangePassword = false);

    /// <summary>Sets a password that its owner chose; every other session ends.</summary>
    [Alias("changePassword")]
    Task ChangePassword(string passwordHash, string keepSession);

    /// <summary>Sets a password that somebody else made: every session and the lock-out end, duty and the PIN too, and nothing but choosing the next one is allowed.</summary>
    [Alias("resetPassword")]
    Task ResetPassword(string passwordHash);

    /// <summary>Counts a try and gives the hash to check the password against; null for an unknown account.</summary>
    [Alias("begin")]
    Task<SignInChallenge?> BeginSignIn();

    [Alias("complete")]
    Task CompleteSignIn(StaffSession session);

    /// <summary>Opens a session without a password: wrong ones that were tried stay counted.</summary>
    [Alias("open")]
    Task OpenSession(StaffSession session);

    [Alias("end")]
    Task EndSession(string sessionId);

    /// <summary>The person behind an open session, or null when the session was ended or ran out. Asked for each request, so that a sign-out takes effect at once.</summary>
    [Alias("session"), ReadOnly]
    Task<SignedIn?> Session(string sessionId);

    [Alias("profile"), ReadOnly]
    Task<Profile?> Profile();

    /// <summary>What she said herself, whether or not it still lasts; null for an unknown account.</summary>
    [Alias("duty"), ReadOnly]
    Task<Duty?> Duty();

    [Alias("setDuty")]
    Task<Duty> SetDuty(Duty duty);

    /// <summary>Replaces her PIN; the tries and the lock of the one before are gone with it.</summary>
    [Alias("setPin")]
    Task SetPin(string pinHash);

    /// <summary>Counts a wrong one before it answers, apart from those of the other way; a repeat is another try.</summary>
    [Alias("checkPin")]
    Task<StaffPinCheck> CheckPin(string pinHash, bool byText);

    /// <summary>Whether it is hers, uncounted: only to find out who of those that share a phone is meant. Check it before anything is done in her name.</summary>
    [Alias("isPin"), ReadOnly]
    Task<bool> IsPin(string pinHash);

    [Alias("pin"), ReadOnly]
    Task<PinState> Pin();

    /// <summary>She who raises for others accepts the charter, and says where the line rings her. Idempotent.</summary>
    [Alias("acceptCharter")]
    Task AcceptCharter(string charterVersion, Sealed<string> number);

    [Alias("desk"), ReadOnly]
    Task<RelayDesk?> Desk();
}

[Immutable]
public sealed record SignInChallenge(string PasswordHash, DateTimeOffset? LockedUntil);

[Immutable]
public sealed record PinState(bool IsSet, DateTimeOffset? LockedUntil, DateTimeOffset? TextsLockedUntil);

[Immutable]
public sealed record SignedIn(Profile Profile, Duty Duty, bool MustChangePassword = false);
