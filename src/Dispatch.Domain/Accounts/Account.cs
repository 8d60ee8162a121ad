using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Sealing;

namespace Dispatch.Domain.Accounts;

/// <summary>HouseGuardian: whoever of a house's staff decides who may learn where it is.</summary>
public enum Role { Responder = 1, ShelterStaff = 2, CallTaker = 3, Supervisor = 4, Coordinator = 5, Administrator = 6, Relay = 7, HouseGuardian = 8 }

/// <summary>What an administrator decided about a person: who she works for, what she may do and be asked.</summary>
public sealed record Profile
{
    public required string Tenant { get; init; }
    public required Sealed<string> UserName { get; init; }
    public required Sealed<string> DisplayName { get; init; }
    public required OrganisationFacts Organisation { get; init; }
    public required ImmutableArray<Role> Roles { get; init; }
    public ImmutableArray<Need> Needs { get; init; } = [];
    public ImmutableArray<Mode> Modes { get; init; } = [];
    public ImmutableArray<string> Areas { get; init; } = [];
    public ImmutableArray<string> Lines { get; init; } = [];
    /// <summary>The shelters whose staff she is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Houses { get; init; }
    public ImmutableArray<string> Languages { get; init; } = [];
    public string Language { get; init; } = "fr";
    public bool Woman { get; init; }
    public bool Children { get; init; }
    public DateTimeOffset VettedUntil { get; init; }

    /// <summary>Until when the code of conduct holds that she signed; null where it goes with the vetting.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ConductUntil { get; init; }
    public int LoadCap { get; init; } = 3;
}

public sealed record StaffSession(string Id, DateTimeOffset ExpiresAt);

/// <summary>Staff sign-in: the profile, the password's hash, open sessions and the lock-out, and her PIN.</summary>
public sealed record Account
{
    public const int CurrentSchema = 1;
    public const int MaxSessions = 10;

    /// <summary>Wrong passwords in a row before the account is locked, and for how long.</summary>
    public const int MaxTries = 5;
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(5);

    public int SchemaVersion { get; init; } = CurrentSchema;
    public required Profile Profile { get; init; }
    public required string PasswordHash { get; init; }
    public ImmutableArray<StaffSession> Sessions { get; init; } = [];
    public int Tries { get; init; }
    public DateTimeOffset? LockedUntil { get; init; }
    public Duty Duty { get; init; } = new(false, null, false);

    /// <summary>The password was made by somebody else; nothing but changing it is allowed.</summary>
    public bool MustChangePassword { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StaffPin? Pin { get; init; }

    /// <summary>Of somebody who raises for others; null until she accepted the charter.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RelayDesk? Desk { get; init; }
}

/// <param name="Drill">Takes part in drills as well; real duty is not touched by it.</param>
public sealed record Duty(bool OnDuty, DateTimeOffset? Until, bool Drill);

public static class SignIns
{
    /// <summary>Counts the try before the password is looked at, so that many at once cannot outrun the lock.</summary>
    public static (Account Next, DateTimeOffset? LockedUntil) Begin(Account account, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (account.LockedUntil is { } until && now < until) return (account, until);
        var tries = (account.LockedUntil is null ? account.Tries : 0) + 1;
        return (account with { Tries = tries, LockedUntil = tries > Account.MaxTries ? now + Account.LockedFor : null },
            tries > Account.MaxTries ? now + Account.LockedFor : null);
    }

    /// <summary>The password was right: the wrong ones before it are forgotten.</summary>
    public static Account Complete(Account account, StaffSession session, DateTimeOffset now) => Open(account, session, now) with { Tries = 0, LockedUntil = null };

    /// <summary>Opens a session by something else than the password, which says nothing about the wrong ones; the oldest session goes when there are too many.</summary>
    public static Account Open(Account account, StaffSession session, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(session);
        var open = account.Sessions.Where(s => s.ExpiresAt > now && s.Id != session.Id).Append(session).TakeLast(Account.MaxSessions);
        return account with { Sessions = [.. open] };
    }

    /// <summary>She forgot it: whoever still holds a session is out, the lock is lifted, her PIN is gone, and the new password opens only the choice of her own.</summary>
    public static Account Reset(Account account, string passwordHash)
    {
        ArgumentNullException.ThrowIfNull(account);
        return account with { PasswordHash = passwordHash, MustChangePassword = true, Sessions = [], Tries = 0, LockedUntil = null, Pin = null, Duty = new Duty(false, null, false) };
    }

    public static Account End(Account account, string sessionId)
    {
        ArgumentNullException.ThrowIfNull(account);
        return account with { Sessions = [.. account.Sessions.Where(s => s.Id != sessionId)] };
    }
}
