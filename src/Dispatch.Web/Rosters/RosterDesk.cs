using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Domain.Accounts;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.Rosters;
using Dispatch.Grains.Accounts;
using Dispatch.Grains.Responders;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;
using Dispatch.Web.Staff;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Rosters;

/// <summary>What the endpoints of rosters share: who may be named, how hours are read and written, what a refusal is on the wire.</summary>
internal sealed class RosterDesk(IGrainFactory grains, Tenant tenant, Macs macs, People people, TimeProvider clock)
{
    public int UtcOffsetMinutes => (int)tenant.LocalOffset.TotalMinutes;

    /// <summary>The account that is meant, where somebody is asked for help in this area by that name or id.</summary>
    public async Task<(string Account, Profile Profile)?> Person(string named, string area)
    {
        if (string.IsNullOrWhiteSpace(named) || named.Length > Limits.Bounds.UserName) return null;
        var account = tenant.Lists(named) ? named : macs.AccountId(tenant.Id, named);
        return tenant.Lists(account) && await grains.GetGrain<IAccountGrain>(account).Profile() is { Needs.IsEmpty: false } profile && profile.Areas.Contains(area) ? (account, profile) : null;
    }

    /// <summary>Before the roster names her: an area asks only whom it knows.</summary>
    public Task Enrol(string account, Profile profile, string area) => grains.GetGrain<IResponderGrain>(account).Enrol(Candidates.Of(account, profile), area);

    /// <summary>The shifts as they are kept, with everybody they name, or what is wrong with them.</summary>
    public async Task<(ImmutableArray<WeeklyShift> Shifts, IReadOnlyDictionary<string, Profile> People, ImmutableArray<RuleFault> Faults)> Read(string area, ImmutableArray<ShiftWriteBody> written)
    {
        var shifts = ImmutableArray.CreateBuilder<WeeklyShift>();
        var faults = ImmutableArray.CreateBuilder<RuleFault>();
        var named = new SortedDictionary<string, Profile>(StringComparer.Ordinal);
        for (var i = 0; i < written.Length; i++)
        {
            var shift = written[i];
            if (await Person(shift.Person, area) is not var (account, profile)) faults.Add(new RuleFault("person_unknown", $"shifts[{i}].person"));
            else if (Time(shift.From) is not { } from) faults.Add(new RuleFault("time_invalid", $"shifts[{i}].from"));
            else if (Time(shift.Until) is not { } until) faults.Add(new RuleFault("time_invalid", $"shifts[{i}].until"));
            else
            {
                named[account] = profile;
                shifts.Add(new WeeklyShift(account, shift.Days, from, until) { Needs = shift.Needs, Drill = shift.Drill, ValidFrom = shift.ValidFrom, ValidUntil = shift.ValidUntil });
            }
        }

        if (faults.Count == 0) faults.AddRange(RosterFaults.Of(shifts.ToImmutable()).Select(f => new RuleFault(f.Code, f.Where)));
        return (shifts.ToImmutable(), named, faults.ToImmutable());
    }

    public static TimeOnly? Time(string? text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    public async Task<IResult> Answer(string area, RosterChange change) => change.Refused is null ? Results.Ok(await Body(area, change.Roster)) : Refusal(change);

    public static IResult Refusal(RosterChange change) => change.Refused switch
    {
        RosterRefusal.Stale => Problem.RosterStale(change.Roster.Version),
        RosterRefusal.Invalid => Problem.Of(Code.RosterInvalid),
        RosterRefusal.Full => Problem.Of(Code.RosterFull),
        RosterRefusal.NotFound => Problem.Of(Code.NotFound),
        RosterRefusal.NotRostered => Problem.Of(Code.NotRostered),
        RosterRefusal.AlreadyAnswered => Problem.Of(Code.SwapAnswered),
        _ => throw new System.Diagnostics.UnreachableException($"roster {change.Refused}"),
    };

    public async Task<RosterBody> Body(string area, Roster roster)
    {
        var names = (await Task.WhenAll(roster.People.Select(people.Person))).ToDictionary(p => p.Id, StringComparer.Ordinal);
        return new RosterBody(
            area, roster.Version, roster.Version == 0 ? UtcOffsetMinutes : roster.UtcOffsetMinutes,
            [.. roster.Shifts.Select(s => new ShiftBody(names[s.Person], s.Days, Text(s.From), Text(s.Until), s.Needs, s.Drill, s.ValidFrom, s.ValidUntil))],
            [.. roster.Overrides.Select(o => new OverrideBody(o.Id, names[o.Person], o.Date, o.Adds, TextOrNull(o.From), TextOrNull(o.Until), o.Needs, o.Drill))],
            [.. roster.Swaps.Select(s => Body(area, s, names))],
            RosterTimes.NextChange(roster, clock.GetUtcNow()));
    }

    public static SwapBody Body(string area, Swap swap, IReadOnlyDictionary<string, PersonBody> names) => new(
        new SwapId(area, swap.Id).ToString(), area, names[swap.By], names[swap.To], HoursBody.Of(swap.Gives), swap.Takes is { } takes ? HoursBody.Of(takes) : null, swap.State, swap.OfferedAt);

    private static string Text(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string? TextOrNull(TimeOnly? time) => time is { } some ? Text(some) : null;
}
