using System.Globalization;
using Dispatch.Domain.Sealing;
using static Dispatch.Domain.Shelters.LedgerChanges;

namespace Dispatch.Domain.Shelters;

/// <param name="ReleaseId">From the caller; said twice it is one release.</param>
/// <param name="Until">Absent for as long as she is waited for.</param>
public sealed record GiveAddress(string ReleaseId, string HoldId, string Driver, string By, AddressReason Reason, DateTimeOffset? Until = null);

/// <param name="Book">As it is to be kept; the same one when nothing changed.</param>
public sealed record AddressChange(AddressBook Book, BedRefusal? Refused = null);

/// <summary>
/// One driver, one booking, a limited time, and every look written down before it is given. The booking is looked at anew at every look: with its end the release
/// is worth nothing.
/// </summary>
public static class AddressRules
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);
    public const int MaxLooks = 20;
    private static readonly TimeSpan KeepEnded = TimeSpan.FromDays(1);

    /// <summary>Another address ends every release: whoever was let in on the old one was not let in on this one.</summary>
    public static AddressChange Set(AddressBook book, Sealed<ShelterAddress> address, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(book);
        if (string.IsNullOrEmpty(by)) return new(book, BedRefusal.PersonRequired);
        if (address == book.Address) return new(book);
        return Kept(book with { Address = address, Releases = [.. book.Releases.Select(r => r.OpenAt(now) ? r with { EndedAt = now, EndedBy = by } : r)] }, now, Note(BedEventKind.AddressSet, now, by: by));
    }

    public static AddressChange Give(AddressBook book, BedLedger ledger, GiveAddress command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(command);
        if (book.Find(command.ReleaseId) is { } same) return new(book, (same.HoldId, same.Driver) == (command.HoldId, command.Driver) ? null : BedRefusal.IdTaken);
        if (string.IsNullOrEmpty(command.By)) return new(book, BedRefusal.PersonRequired);
        if (!Enum.IsDefined(command.Reason)) return new(book, BedRefusal.ReasonRequired);
        if (string.IsNullOrEmpty(command.ReleaseId) || string.IsNullOrEmpty(command.Driver)) return new(book, BedRefusal.Invalid);
        if (book.Address is null) return new(book, BedRefusal.NoAddress);
        if (BookingOf(ledger, command.HoldId, now) is not { } hold) return new(book, BedRefusal.NotBooked);
        if (book.Releases.Any(r => r.HoldId == command.HoldId && r.OpenAt(now))) return new(book, BedRefusal.AlreadyGiven);
        var until = command.Until ?? UntilAsked(hold, now);
        if (until <= now || until > now + Longest) return new(book, BedRefusal.Invalid);
        var room = Without(book, now);
        if (room.Releases.Length >= AddressBook.MaxReleases) return new(book, BedRefusal.Full);
        var release = new AddressRelease(command.ReleaseId, command.HoldId, command.Driver, command.By, command.Reason, now, until);
        return Kept(room with { Releases = room.Releases.Add(release) }, now, Note(BedEventKind.AddressGiven, now, command.HoldId, command.By, command.Driver));
    }

    /// <summary>Takes it back. What was looked at cannot be unseen; nothing more is given.</summary>
    public static AddressChange Withdraw(AddressBook book, string releaseId, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(book);
        if (string.IsNullOrEmpty(by)) return new(book, BedRefusal.PersonRequired);
        if (book.Find(releaseId) is not { } release) return new(book, BedRefusal.NotFound);
        if (!release.OpenAt(now)) return new(book);
        return Kept(book with { Releases = book.Releases.Replace(release, release with { EndedAt = now, EndedBy = by }) }, now, Note(BedEventKind.AddressWithdrawn, now, release.HoldId, by, release.Driver));
    }

    /// <summary>Notes the look, allowed or not. The address may be given only when the change that it returns is durable and not a refusal.</summary>
    public static AddressChange Look(AddressBook book, BedLedger ledger, string releaseId, string driver, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(book);
        var release = book.Find(releaseId);
        var why = release is null || release.Driver != driver || !release.OpenAt(now) ? BedRefusal.NotReleased
            : BookingOf(ledger, release.HoldId, now) is null ? BedRefusal.NotBooked
            : release.Looks >= MaxLooks ? BedRefusal.TooMany
            : (BedRefusal?)null;
        if (why is { } refused)
        {
            // Whoever tries without any right fills no row with it: the host's own audit names him.
            return release is null ? new(book, refused) : Kept(book, now, Note(BedEventKind.AddressRefused, now, release.HoldId, driver, EnumWords.Of(refused))) with { Refused = refused };
        }

        return Kept(book with { Releases = book.Releases.Replace(release!, release! with { Looks = release.Looks + 1 }) }, now, Note(BedEventKind.AddressSeen, now, release!.HoldId, driver));
    }

    /// <summary>Who is overdue may still be on her way.</summary>
    private static DateTimeOffset UntilAsked(BedHold hold, DateTimeOffset now) =>
        hold.Until is not { } until || until <= now ? now + Booking.Grace : until < now + Longest ? until : now + Longest;

    private static BedHold? BookingOf(BedLedger ledger, string holdId, DateTimeOffset now) => Expiring.At(ledger, now).Find(holdId) is { Stage: HoldStage.Booked } hold ? hold : null;

    private static AddressChange Kept(AddressBook next, DateTimeOffset now, BedEvent line)
    {
        var version = next.Version + 1;
        return new(Without(next, now) with { Version = version, Trail = next.Trail.Add(line with { Id = string.Create(CultureInfo.InvariantCulture, $"a{version:D10}") }) });
    }

    private static AddressBook Without(AddressBook book, DateTimeOffset now) =>
        book with { Releases = [.. book.Releases.Where(r => (r.EndedAt ?? r.Until) + KeepEnded > now)] };
}
