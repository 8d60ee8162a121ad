using System.Collections.Immutable;
using Dispatch.Domain.Rosters;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Grains.Rows;

namespace Dispatch.Grains.ServiceAreas;

/// <summary>The roster, and who is on duty by it.</summary>
internal sealed partial class ServiceAreaGrain
{
    private Roster Current => roster.State.Value ?? new Roster();

    public Task<Roster> Roster() => Task.FromResult(Current);

    public Task<RosterChange> SetRoster(long seen, int utcOffsetMinutes, ImmutableArray<WeeklyShift> shifts) =>
        Decide((known, now) => RosterChanges.Replace(known, seen, utcOffsetMinutes, shifts, now));

    public Task<RosterChange> Override(long seen, int utcOffsetMinutes, RosterOverride change) =>
        Decide((known, now) => RosterChanges.Override(known.Version == 0 ? known with { UtcOffsetMinutes = utcOffsetMinutes } : known, seen, change, now));

    public Task<RosterChange> Restore(string overrideId) => Decide((known, now) => RosterChanges.Restore(known, overrideId, now));

    public Task<RosterChange> OfferSwap(string by, string to, Hours gives, Hours? takes) => Decide((known, now) => RosterChanges.Offer(known, by, to, gives, takes, now));

    public Task<RosterChange> AcceptSwap(string id, string by) => Decide((known, now) => RosterChanges.Accept(known, id, by, now));

    public Task<RosterChange> DropSwap(string id, string by) => Decide((known, now) => RosterChanges.Drop(known, id, by, now));

    public Task Enrol(Candidate person)
    {
        ArgumentNullException.ThrowIfNull(person);
        var known = _people.GetValueOrDefault(person.Responder);
        var next = person.Enrolled(known);
        return next.SameAs(known) ? Task.CompletedTask : Keep(next);
    }

    public async Task<bool> OffDuty(string responder, DateTimeOffset? until, bool rosterHolds)
    {
        if (_people.TryGetValue(responder, out var known))
        {
            var off = rosterHolds ? known.OffDutyUntil : until ?? RosterTimes.EndOf(Current, responder, clock.GetUtcNow());
            // Off until a day that she named: she is off, too, where a roster names her only later.
            if (off > clock.GetUtcNow() || Current.People.Contains(responder))
            {
                var left = known.Left(off);
                if (!left.SameAs(known)) await Keep(left);
                return true;
            }
        }

        await Forget(responder);
        return false;
    }

    public async Task Forget(string responder)
    {
        await rows.Write([new RowChange(Tables.Duty, Id, responder, null)]);
        _people.Remove(responder);
    }

    public Task<ImmutableArray<Candidate>> People(DateTimeOffset at)
    {
        var rostered = RosterTimes.At(Current, at);
        return Task.FromResult<ImmutableArray<Candidate>>([.. _people.Values.Select(p => PersonOnDuty.OrOff(p, rostered, at))]);
    }

    public Task<Candidate?> OnDutyNow(string responder)
    {
        var now = clock.GetUtcNow();
        return Task.FromResult(_people.TryGetValue(responder, out var known) ? PersonOnDuty.At(known, RosterTimes.At(Current, now), now) : null);
    }

    public async Task<ImmutableArray<Gap>?> Gaps(DateTimeOffset from, DateTimeOffset until) =>
        await Rules() is { } rules ? Domain.Rosters.Gaps.Of(Current, _people.Values, rules, from, until) : null;

    private IEnumerable<Candidate> OnDutyAt(DateTimeOffset now)
    {
        var rostered = RosterTimes.At(Current, now);
        return _people.Values.Select(p => PersonOnDuty.At(p, rostered, now)).OfType<Candidate>();
    }

    private async Task<RosterChange> Decide(Func<Roster, DateTimeOffset, RosterChange> rule)
    {
        var known = Current;
        var change = rule(known, clock.GetUtcNow());
        if (change.Refused is null && change.Roster.Version != known.Version) await roster.Replace(change.Roster, DeactivateOnIdle);
        return change;
    }
}
