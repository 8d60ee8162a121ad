using System.Collections.Immutable;

namespace Dispatch.Domain.Rosters;

public enum RosterRefusal { Stale = 1, Invalid = 2, Full = 3, NotFound = 4, NotRostered = 5, AlreadyAnswered = 6 }

/// <param name="Roster">As it is to be kept; the same one when nothing changed.</param>
/// <param name="Id">The override or the swap that it is about.</param>
public sealed record RosterChange(Roster Roster, RosterRefusal? Refused = null, string? Id = null);

/// <summary>What people do with a roster. Whatever is long over goes with the next change, so that it never grows with time.</summary>
public static class RosterChanges
{
    private static readonly TimeSpan KeepPast = TimeSpan.FromDays(3);

    /// <summary>How far ahead a single day can be decided.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(92);

    /// <summary>Other weekly shifts; what was decided about single days stays.</summary>
    /// <param name="seen">The version that whoever writes had read.</param>
    public static RosterChange Replace(Roster roster, long seen, int utcOffsetMinutes, ImmutableArray<WeeklyShift> shifts, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(roster);
        if (seen != roster.Version) return new RosterChange(roster, RosterRefusal.Stale);
        if (utcOffsetMinutes is < -720 or > 840 || RosterFaults.Of(shifts).Any()) return new RosterChange(roster, RosterRefusal.Invalid);
        return Kept(roster with { UtcOffsetMinutes = utcOffsetMinutes, Shifts = shifts }, now);
    }

    public static RosterChange Override(Roster roster, long seen, RosterOverride change, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(roster);
        ArgumentNullException.ThrowIfNull(change);
        if (seen != roster.Version) return new RosterChange(roster, RosterRefusal.Stale);
        if (!IsValid(roster, change, now)) return new RosterChange(roster, RosterRefusal.Invalid);
        var room = Without(roster, now);
        if (room.Overrides.Length >= Roster.MaxOverrides) return new RosterChange(roster, RosterRefusal.Full);
        var id = NextId(roster, "o");
        return Kept(room with { Overrides = room.Overrides.Add(change with { Id = id, Since = roster.Version + 1 }) }, now, id);
    }

    /// <summary>Takes an override back. One that is not there any more changes nothing.</summary>
    public static RosterChange Restore(Roster roster, string id, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(roster);
        return roster.Overrides.Any(o => o.Id == id)
            ? Kept(roster with { Overrides = [.. roster.Overrides.Where(o => o.Id != id)] }, now, id)
            : new RosterChange(roster, RosterRefusal.NotFound);
    }

    /// <summary>She offers hours that are hers, for hours of the other's or for nothing. Offering the same again gives the first offer.</summary>
    public static RosterChange Offer(Roster roster, string by, string to, Hours gives, Hours? takes, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(roster);
        ArgumentNullException.ThrowIfNull(gives);
        if (by == to || !IsAhead(gives, now) || (takes is not null && !IsAhead(takes, now))) return new RosterChange(roster, RosterRefusal.Invalid);
        if (roster.Swaps.FirstOrDefault(s => s.State is SwapState.Offered && s.By == by && s.To == to && s.Gives == gives && s.Takes == takes) is { } same) return new RosterChange(roster, Id: same.Id);
        if (!Has(roster, by, gives) || (takes is not null && !Has(roster, to, takes))) return new RosterChange(roster, RosterRefusal.NotRostered);
        var room = Without(roster, now);
        if (room.Swaps.Length >= Roster.MaxSwaps) return new RosterChange(roster, RosterRefusal.Full);
        var id = NextId(roster, "s");
        return Kept(room with { Swaps = room.Swaps.Add(new Swap(id, roster.Version + 1, by, to, gives, SwapState.Offered, now) { Takes = takes }) }, now, id);
    }

    /// <summary>The other says yes. It takes effect now, if both still have what they would give.</summary>
    public static RosterChange Accept(Roster roster, string id, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(roster);
        if (roster.Swaps.FirstOrDefault(s => s.Id == id && s.To == by) is not { } swap) return new RosterChange(roster, RosterRefusal.NotFound);
        if (swap.State is SwapState.Accepted) return new RosterChange(roster, Id: id);
        if (!IsAhead(swap.Gives, now) || (swap.Takes is { } other && !IsAhead(other, now))) return new RosterChange(roster, RosterRefusal.AlreadyAnswered);
        if (!Has(roster, swap.By, swap.Gives) || (swap.Takes is { } takes && !Has(roster, swap.To, takes))) return new RosterChange(roster, RosterRefusal.NotRostered);
        return Kept(roster with { Swaps = roster.Swaps.Replace(swap, swap with { State = SwapState.Accepted, Since = roster.Version + 1 }) }, now, id);
    }

    /// <summary>The other says no, or she who offered takes it back. What was agreed stays: undoing it is another swap, or the coordinator's to decide.</summary>
    public static RosterChange Drop(Roster roster, string id, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(roster);
        if (roster.Swaps.FirstOrDefault(s => s.Id == id && (s.To == by || s.By == by)) is not { } swap) return new RosterChange(roster, RosterRefusal.NotFound);
        return swap.State is SwapState.Accepted
            ? new RosterChange(roster, RosterRefusal.AlreadyAnswered)
            : Kept(roster with { Swaps = roster.Swaps.Remove(swap) }, now, id);
    }

    private static bool IsValid(Roster roster, RosterOverride change, DateTimeOffset now)
    {
        var times = change is { From: not null, Until: not null };
        if (string.IsNullOrWhiteSpace(change.Person) || !RosterFaults.AreNeeds(change.Needs)) return false;
        if (!times && (change.Adds || change.From is not null || change.Until is not null)) return false;
        return change.Date >= roster.LocalDate(now).AddDays(-1) && change.Date <= roster.LocalDate(now + Ahead);
    }

    private static bool IsAhead(Hours hours, DateTimeOffset now) =>
        hours.From < hours.Until && hours.Until - hours.From <= RosterTimes.Longest && hours.Until > now && hours.Until <= now + Ahead;

    /// <summary>She is on call by the roster for all of these hours.</summary>
    private static bool Has(Roster roster, string person, Hours hours)
    {
        var reached = hours.From;
        foreach (var stretch in RosterTimes.Of(roster, person, hours.From, hours.Until))
        {
            if (stretch.From > reached) return false;
            if (stretch.Until > reached) reached = stretch.Until;
        }

        return reached >= hours.Until;
    }

    private static string NextId(Roster roster, string kind) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{kind}{roster.Version + 1}");

    private static RosterChange Kept(Roster next, DateTimeOffset now, string? id = null)
    {
        var kept = Without(next, now);
        return new RosterChange(kept with { Version = next.Version + 1 }, Id: id);
    }

    /// <summary>An unanswered offer whose hours have passed is void; what held stays a little, for those who look back.</summary>
    private static Roster Without(Roster roster, DateTimeOffset now) => roster with
    {
        Overrides = [.. roster.Overrides.Where(o => o.Date >= roster.LocalDate(now - KeepPast))],
        Swaps = [.. roster.Swaps.Where(s => (s.State is SwapState.Offered ? s.Gives.Until : Last(s) + KeepPast) > now)],
    };

    private static DateTimeOffset Last(Swap swap) => swap.Takes is { } takes && takes.Until > swap.Gives.Until ? takes.Until : swap.Gives.Until;
}
