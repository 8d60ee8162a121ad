using System.Collections.Immutable;

namespace Dispatch.Domain.Shelters;

public enum TryState
{
    /// <summary>Held, or asked by telephone, and no answer yet.</summary>
    Asked = 1,
    Booked = 2,
    Refused = 3,
    Expired = 4,
}

/// <summary>One house or overflow place that was tried for this party.</summary>
/// <param name="Place">The house's or the place's id.</param>
/// <param name="HoldId">Null where no ledger keeps it.</param>
public sealed record HouseTry(string Place, string? HoldId, DateTimeOffset AskedAt, TryState State);

/// <param name="AnswerWithin">After so long without an answer the next house is asked, too.</param>
/// <param name="MostAtOnce">More houses than this are never held for one party: others need those beds.</param>
public sealed record SearchRules(TimeSpan AnswerWithin, int MostAtOnce = 2)
{
    public static SearchRules Default { get; } = new(TimeSpan.FromMinutes(10));
}

/// <summary>What to do next to find a bed. <see cref="Release"/> holds that are no longer needed in any case.</summary>
public abstract record SearchStep(ImmutableArray<string> Release)
{
    public sealed record Found(HouseTry With, ImmutableArray<string> Release) : SearchStep(Release);

    public sealed record AskHouse(HouseOption House, ImmutableArray<string> Release) : SearchStep(Release);

    /// <summary>Somebody has until then to answer.</summary>
    public sealed record Wait(DateTimeOffset Until, ImmutableArray<string> Release) : SearchStep(Release);

    public sealed record AskOverflow(OverflowPlace Place, DateTimeOffset DepartAt, ImmutableArray<string> Release) : SearchStep(Release);

    /// <summary>Nothing is left that a machine could ask: a human takes it, with everything that was tried and why the rest was not.</summary>
    /// <param name="Ring">Houses whose figure is so old that only their telephone knows.</param>
    /// <param name="WaitsFor">Places that still have not answered; a late yes counts.</param>
    public sealed record Human(ImmutableArray<HouseOption> Ring, ImmutableArray<HouseLeftOut> LeftOut, ImmutableArray<HouseTry> WaitsFor, ImmutableArray<string> Release) : SearchStep(Release);
}

/// <summary>House after house, then the overflow list, then a human. Worked out anew each time from what was tried, so that nothing depends on a timer.</summary>
public static class ShelterSearch
{
    public static SearchStep Next(ShelterNeed need, IEnumerable<HouseCandidate> houses, IEnumerable<OverflowPlace> overflow, IReadOnlyList<HouseTry> tries, SearchRules rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(tries);
        ArgumentNullException.ThrowIfNull(rules);
        HouseTry[] asked = [.. tries.Where(t => t.State is TryState.Asked).OrderBy(t => t.AskedAt).ThenBy(t => t.Place, StringComparer.Ordinal)];
        if (tries.FirstOrDefault(t => t.State is TryState.Booked) is { } booked)
        {
            return new SearchStep.Found(booked, HoldsOf(tries.Where(t => t != booked && t.State is TryState.Asked or TryState.Booked)));
        }

        if (asked is [.., var last] && last.AskedAt + rules.AnswerWithin > now) return new SearchStep.Wait(last.AskedAt + rules.AnswerWithin, []);
        var order = HouseMatching.Order(need, houses, now);
        var tried = tries.Select(t => t.Place).ToHashSet(StringComparer.Ordinal);
        if (order.Options.FirstOrDefault(o => o.Askable && !tried.Contains(o.Shelter)) is { } next)
        {
            // The oldest silence is given up, so that one party does not keep beds of many houses.
            var held = asked.Where(t => t.HoldId is not null).ToArray();
            return new SearchStep.AskHouse(next, HoldsOf(held.Take(held.Length + 1 - rules.MostAtOnce)));
        }

        foreach (var (place, departAt) in OverflowPlace.For(need, overflow, now))
        {
            if (!tried.Contains(place.Id)) return new SearchStep.AskOverflow(place, departAt, []);
        }

        return new SearchStep.Human([.. order.Options.Where(o => !o.Askable && !tried.Contains(o.Shelter))], order.LeftOut, [.. asked], []);
    }

    private static ImmutableArray<string> HoldsOf(IEnumerable<HouseTry> tries) => [.. tries.Select(t => t.HoldId).OfType<string>()];
}
