using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Hotline;
using Dispatch.Grains.ServiceAreas;
using Dispatch.Grains.Shelters;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Dispatch.Grains.Alerts;

/// <summary>What an alert asks of others: the line's claims, who is on duty, who may not be asked any more, how houses and holds stand.</summary>
internal sealed class AlertSource(IGrainFactory grains)
{
    public async Task<ImmutableArray<Claim>> Claims(Alert alert)
    {
        ImmutableArray<string> items = [.. new[] { alert.Taken?.ItemId, alert.Ring?.ItemId }.Concat(alert.Alarms.Select(a => a.Ring.ItemId)).OfType<string>().Distinct()];
        return items.IsEmpty ? [] : await grains.GetGrain<IHotlineGrain>(alert.Line).Claims(items);
    }

    /// <summary>People who are asked, or would be asked again, and may not be any more: off duty everywhere this alert asked, or by what any of its areas knows of them.</summary>
    public async Task<IReadOnlyDictionary<string, WithdrawnFor>> Gone(Alert alert)
    {
        ImmutableArray<string> open = [.. alert.Offers.Where(LeavingDuty.MayBeAsked).Select(o => o.Responder).Distinct()];
        if (open.IsEmpty) return ImmutableSortedDictionary<string, WithdrawnFor>.Empty;
        var gone = await WhoLeft(alert.Area, alert, open);
        if (!gone.ContainsValue(WithdrawnFor.OffDuty) || await Plan(alert) is not { } plan) return gone;
        foreach (var neighbour in plan.Setup.Neighbours)
        {
            ImmutableArray<string> off = [.. gone.Where(g => g.Value is WithdrawnFor.OffDuty).Select(g => g.Key)];
            gone = gone.RemoveRange(off).AddRange(await WhoLeft(neighbour, alert, off));
        }

        return gone;
    }

    public Task<AreaPlan?> Plan(Alert alert) => Area(alert.Area).Plan();

    public Task<LineChain?> Chain(Alert alert) => Area(alert.Area).Chain(alert.Line);

    /// <summary>Everybody here and next door. A neighbour that does not answer is left out; it must not keep the others from being asked.</summary>
    public async Task<ImmutableArray<Candidate>> Everybody(Alert alert, AreaPlan plan, ILogger log)
    {
        if (!plan.Asks(alert.Exercise)) return [];
        var plans = await Task.WhenAll(plan.Setup.Neighbours.Select(area => PlanOrNone(area, log)));
        return [.. plan.OnDuty, .. plans.SelectMany(p => p is { Setup.On: true } ? p.OnDuty : []).Select(c => c with { NextDoor = true })];
    }

    /// <summary>Every house of its area as it stands now. Null when the area does not say which there are.</summary>
    public async Task<HousesKnown?> Houses(Alert alert, ILogger log)
    {
        var plan = await OrNull(() => Plan(alert), "A service area did not say which houses serve it", log);
        if (plan is null) return null;
        var asked = await Task.WhenAll((plan.Setup.Houses ?? []).Select(async (house, order) =>
        {
            var summary = await OrNull(() => grains.GetGrain<IShelterGrain>(house.Shelter).Summary(), "A house did not say how it stands", log);
            return summary is null ? null : new HouseCandidate(summary, order, TimeSpan.FromMinutes(house.JourneyMinutes));
        }));
        return new HousesKnown([.. asked.OfType<HouseCandidate>()], plan.Setup.Overflow ?? [], Complete: asked.All(house => house is not null));
    }

    /// <summary>How the holds stand whose houses are not being asked anyway; a house that does not answer is left out. After the end only what may still call for somebody.</summary>
    public async Task<IReadOnlyList<(int No, HoldView? Hold)>> Holds(Alert alert, ILogger log)
    {
        var pulled = (alert.Beds?.Requests ?? [])
            .Where(r => alert.Stage is Stage.Open ? r.State is BedState.Held or BedState.Booked or BedState.Occupied || (r.MayStillCome && !alert.Beds!.Arrived) : r.State is BedState.Booked)
            .GroupBy(r => r.Shelter, StringComparer.Ordinal);
        var houses = await Task.WhenAll(pulled.Select(async house =>
        {
            var ids = house.ToDictionary(r => r.No, r => new HoldId(alert.Id, r.No, r.Shelter).ToString());
            var known = await OrNull(async () => (IReadOnlyList<HoldView>)await grains.GetGrain<IShelterGrain>(house.Key).Holds([.. ids.Values]), "A house did not say what became of its holds", log);
            return known is null ? [] : ids.Select(id => (id.Key, known.FirstOrDefault(h => h.HoldId == id.Value)));
        }));
        return [.. houses.SelectMany(h => h).OrderBy(h => h.Key)];
    }

    private static async Task<T?> OrNull<T>(Func<Task<T?>> ask, string otherwise, ILogger log)
        where T : class
    {
        try
        {
            return await ask();
        }
#pragma warning disable CA1031 // One house's failure must not keep the others, nor anything else, from being asked.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("{What}: {Failure}", otherwise, failure.Message);
            return null;
        }
    }

    /// <summary>Off the turn, and worth no repeat: whoever was asked just now has her turn after the others.</summary>
    public void Asked(string area, AreaPlan plan, ReadOnlySpan<Offer> offers, ILogger log)
    {
        if (offers.IsEmpty) return;
        var people = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var offer in offers) people.Add(offer.Responder);
        // An area does not mind names that it does not know.
        foreach (var id in plan.Setup.Neighbours.Prepend(area)) _ = Hint(id, [.. people], log);
    }

    private async Task Hint(string area, ImmutableArray<string> people, ILogger log)
    {
        try
        {
            await Area(area).Asked(people);
        }
#pragma warning disable CA1031 // A hint that is lost costs somebody her turn and nobody help.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogDebug("A service area did not hear who was asked: {Failure}", failure.Message);
        }
    }

    private async Task<AreaPlan?> PlanOrNone(string area, ILogger log)
    {
        try
        {
            return await Area(area).Plan();
        }
#pragma warning disable CA1031 // One area's failure is not the survivor's.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogError(failure, "A neighbouring service area did not answer");
            return null;
        }
    }

    private async Task<ImmutableSortedDictionary<string, WithdrawnFor>> WhoLeft(string area, Alert alert, ImmutableArray<string> people) =>
        (await Area(area).WhoLeft(people, alert.Area, alert.RelayOrganisations)).ToImmutableSortedDictionary(l => l.Responder, l => l.Why, StringComparer.Ordinal);

    private IServiceAreaGrain Area(string id) => grains.GetGrain<IServiceAreaGrain>(id);
}
