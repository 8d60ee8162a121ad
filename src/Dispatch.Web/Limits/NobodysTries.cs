using System.Collections.Concurrent;
using Dispatch.Domain.Accounts;
using Dispatch.Grains.Accounts;
using Dispatch.Grains.Rows;

namespace Dispatch.Web.Limits;

/// <summary>
/// Names without an account are counted, locked and written like those that have one: otherwise anybody could ask the sign-in who works here. In memory, and one row
/// that is written over: invented names must not fill the disk.
/// </summary>
internal sealed class NobodysTries(IRows rows, TimeProvider clock)
{
    private const int MaxNames = 50_000;
    private const string Partition = "store";
    private const string Key = "nobody";

    private readonly ConcurrentDictionary<string, (int Tries, DateTimeOffset? LockedUntil, DateTimeOffset At)> _names = new();

    /// <summary>By the rules of <see cref="SignIns.Begin"/>.</summary>
    public async Task<SignInChallenge> BeginSignIn(string account)
    {
        var now = clock.GetUtcNow();
        if (_names.Count >= MaxNames) ForgetOldest();
        var (_, lockedUntil, at) = _names.AddOrUpdate(account, _ => (1, null, now), (_, old) => Next(old, now));
        // Where an account is locked already, nothing is written either.
        if (at == now) await Refused();
        return new SignInChallenge(Staff.Passwords.None, lockedUntil);
    }

    public Task Refused() => rows.Write([new RowChange(Tables.Tenant, Partition, Key, new NobodyRow(clock.GetUtcNow()))]);

    private static (int Tries, DateTimeOffset? LockedUntil, DateTimeOffset At) Next((int Tries, DateTimeOffset? LockedUntil, DateTimeOffset At) old, DateTimeOffset now)
    {
        if (now < old.LockedUntil) return old;
        var tries = (old.LockedUntil is null ? old.Tries : 0) + 1;
        return (tries, tries > Account.MaxTries ? now + Account.LockedFor : null, now);
    }

    private void ForgetOldest()
    {
        foreach (var name in _names.OrderBy(n => n.Value.At).Take(MaxNames / 10)) _names.TryRemove(name);
    }
}

internal sealed record NobodyRow(DateTimeOffset At)
{
    public const int CurrentSchema = 1;
    public int SchemaVersion { get; init; } = CurrentSchema;
}
