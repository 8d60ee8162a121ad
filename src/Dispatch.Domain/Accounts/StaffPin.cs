using System.Text.Json.Serialization;

namespace Dispatch.Domain.Accounts;

public enum StaffPinVerdict { Right = 1, Wrong = 2, Locked = 3, None = 4 }

/// <summary>What a try was worth, and until when none is looked at.</summary>
public sealed record StaffPinCheck(StaffPinVerdict Verdict, DateTimeOffset? LockedUntil = null);

/// <summary>Her short secret where a password is too long: on a tablet that colleagues share, and in a text of digits.</summary>
/// <param name="Hash">Peppered: without the server's key so few digits could be found by trying them all.</param>
/// <param name="Tries">Wrong ones since the last right one or the last lock.</param>
/// <param name="Locks">In a row, without a right one between them.</param>
public sealed record StaffPin(string Hash, int Tries = 0, int Locks = 0, DateTimeOffset? LockedUntil = null)
{
    /// <summary>Those by text, counted apart: whoever forges her number must not lock her out of the house's tablet, nor find in her right ones there room for more guesses.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PinTries? ByText { get; init; }
}

/// <inheritdoc cref="StaffPin"/>
public sealed record PinTries(int Tries = 0, int Locks = 0, DateTimeOffset? LockedUntil = null);

public static class StaffPins
{
    public const int MinDigits = 4;
    public const int MaxDigits = 8;

    /// <summary>Wrong ones before the PIN is locked.</summary>
    public const int MaxTries = 3;

    /// <summary>Doubled by each lock that follows: so few digits would fall to somebody patient otherwise.</summary>
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan LockedAtMost = TimeSpan.FromHours(24);

    public static bool IsPin(string? pin) => pin is { Length: >= MinDigits and <= MaxDigits } && pin.All(char.IsAsciiDigit);

    /// <summary>Somebody who looks over a shoulder tries these first: one digit, digits in a row up or down, the same group again and again.</summary>
    public static bool IsTrivial(string pin)
    {
        ArgumentNullException.ThrowIfNull(pin);
        var steps = pin.Zip(pin.Skip(1), (a, b) => (b - a + 10) % 10).Distinct().ToArray();
        if (steps is [0] or [1] or [9]) return true;
        return Enumerable.Range(1, pin.Length / 2).Any(group => pin.Length % group == 0 && pin == string.Concat(Enumerable.Repeat(pin[..group], pin.Length / group)));
    }

    /// <summary>A new one begins without the tries of the old. Her password was right, so the wrong ones before it are forgotten as well.</summary>
    public static Account Set(Account account, string hash)
    {
        ArgumentNullException.ThrowIfNull(account);
        return account with { Pin = new StaffPin(hash), Tries = 0, LockedUntil = null };
    }

    /// <summary>Whether it is hers, uncounted: to find out who of several is meant by a text, and no answer to anybody.</summary>
    public static bool IsHers(Account account, string hash, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(account);
        return account.Pin is { } pin && pin.Hash == hash && !(now < pin.ByText?.LockedUntil);
    }

    /// <summary>Looks at a PIN and counts it in one decision, so that many at once cannot outrun the lock.</summary>
    public static (Account Next, StaffPinCheck Check) Check(Account account, string hash, DateTimeOffset now, bool byText = false)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (account.Pin is not { } pin) return (account, new StaffPinCheck(StaffPinVerdict.None));
        var known = byText ? pin.ByText ?? new PinTries() : new PinTries(pin.Tries, pin.Locks, pin.LockedUntil);
        if (known.LockedUntil is { } until && now < until) return (account, new StaffPinCheck(StaffPinVerdict.Locked, until));
        if (pin.Hash == hash) return (known == new PinTries() ? account : With(new PinTries()), new StaffPinCheck(StaffPinVerdict.Right));
        if (known.Tries + 1 < MaxTries) return (With(known with { Tries = known.Tries + 1, LockedUntil = null }), new StaffPinCheck(StaffPinVerdict.Wrong));
        var locked = now + LockFor(known.Locks);
        return (With(new PinTries(0, known.Locks + 1, locked)), new StaffPinCheck(StaffPinVerdict.Locked, locked));

        Account With(PinTries next) => account with
        {
            Pin = byText ? pin with { ByText = next == new PinTries() ? null : next } : pin with { Tries = next.Tries, Locks = next.Locks, LockedUntil = next.LockedUntil },
        };
    }

    private static TimeSpan LockFor(int locksBefore) => LockedFor * Math.Pow(2, Math.Min(locksBefore, 10)) is var wait && wait < LockedAtMost ? wait : LockedAtMost;
}
