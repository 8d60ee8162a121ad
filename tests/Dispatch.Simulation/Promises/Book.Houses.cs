using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Shelters;
using Dispatch.Simulation.Plans;

namespace Dispatch.Simulation.Promises;

// What houses and call-takers were answered about beds must be on the disk; an address is shown to whoever was let in and to nobody else.
internal sealed partial class Book
{
    /// <param name="Allowed">She might see it in the moment she asked.</param>
    public sealed record LookAsked(string House, string Release, string Driver, bool Allowed);

    public void BedsAsked(string alert, RequestBed command, BedRequestResult result)
    {
        if (result.Refused is { } why) world.Tally.Count("refused.bed." + why);
        else if (Durable(alert)?.Beds?.Requests.Any(r => r.KeyMac == command.KeyMac) is not true) Break(Promise.AnswerDurable, $"{alert}: a request for beds was answered and is not on the disk");
    }

    public void GivenUp(string alert, int no, AnswerResult answer)
    {
        if (!Refused(answer) && Answered(alert, answer).Stored?.Beds?.Find(no)?.State is BedState.Requested or BedState.Held) Break(Promise.AnswerDurable, $"{alert}: request {no} was given up and is still open");
    }

    public void HouseSaid(HoldId hold, HomeWord word, HoldResult result)
    {
        if (result.Refused is { } why)
        {
            world.Tally.Count("refused.home." + why);
            return;
        }

        world.Tally.Count("home." + word);
        var house = House(hold.Shelter);
        var id = hold.ToString();
        var kept = word switch
        {
            HomeWord.Yes or HomeWord.SaidTooEarly => house.Reached.Contains((id, HoldStage.Booked)) || house.Reached.Contains((id, HoldStage.Occupied)),
            HomeWord.Arrive or HomeWord.StillThere => house.Reached.Contains((id, HoldStage.Occupied)),
            HomeWord.No or HomeWord.Leave or HomeWord.Release or HomeWord.NotCome => house.Ended.ContainsKey(id) || house.Ledger?.AskedFloor is not null,
            HomeWord.Renew or HomeWord.Expect => house.Ledger?.Version >= result.Version,
            _ => throw new System.Diagnostics.UnreachableException("word"),
        };
        if (!kept) Break(Promise.AnswerDurable, $"{id}: {word} was answered and is not on the disk");
    }

    public void CameLate(HoldId hold, HoldStage? stage, HoldResult result)
    {
        world.Tally.Count(result.Refused is null ? "late.known" : "late.refused");
        if (result.Refused is null && stage is null && result.Hold?.Stage is HoldStage.Held) Break(Promise.OverStaysOver, $"{hold} had ended, came late and is held");
    }

    public void Counted(string house, string by, ImmutableArray<BedFigures> figures, CountsResult result)
    {
        if (result.Refused is { } why)
        {
            world.Tally.Count("refused.count." + why);
            return;
        }

        if (!(House(house).Ledger?.Version >= result.Board.Version)) Break(Promise.AnswerDurable, $"{house}: what {by} counted ({string.Join(", ", figures)}) was answered and is not on the disk");
    }

    public IReadOnlyList<(string House, string Release)> ReleasesFor(string alert) =>
        [.. _houses.SelectMany(h => h.Value.Releases.Values.Where(r => HoldId.TryParse(r.HoldId, out var hold) && hold.Alert == alert).Select(r => (h.Key, r.Id)))];

    public void AddressGiven(string house, GiveAddress command, ReleaseResult result)
    {
        if (result.Refused is { } why) world.Tally.Count("refused.address." + why);
        else if (!House(house).Releases.ContainsKey(command.ReleaseId)) Break(Promise.AnswerDurable, $"{house}: {command.ReleaseId} was answered and is not on the disk");
    }

    public void AddressTakenBack(string house, string release, ReleaseResult result)
    {
        if (result.Refused is null && House(house).Addresses?.Find(release) is { EndedAt: null } open && open.Until > world.Wall.GetUtcNow()) Break(Promise.AnswerDurable, $"{house}: {release} was taken back and is still open");
    }

    public LookAsked Looking(string house, string release, string driver) => new(house, release, driver, MaySee(house, release, driver));

    public void Looked(LookAsked asked, AddressLook look)
    {
        world.Tally.Count(look.Refused is { } why ? "refused.look." + why : "look");
        if (look.Address is null) return;
        var house = House(asked.House);
        if (!asked.Allowed && !MaySee(asked.House, asked.Release, asked.Driver)) Break(Promise.AddressGuarded, $"{asked.Driver} was shown the address of {asked.House} by {asked.Release}, which does not let her in");
        var of = (house.Releases[asked.Release].HoldId, asked.Driver);
        house.Shown[of] = house.Shown.GetValueOrDefault(of) + 1;
        if (house.Seen.GetValueOrDefault(of) < house.Shown[of]) Break(Promise.LooksWritten, $"{asked.Driver} was shown the address of {asked.House} {house.Shown[of]} times, the history says {house.Seen.GetValueOrDefault(of)}");
    }

    /// <summary>By the release as it was first given, whatever became of its times since.</summary>
    private bool MaySee(string id, string release, string driver)
    {
        var house = House(id);
        return house.Releases.GetValueOrDefault(release) is { } given && given.Driver == driver && world.Wall.GetUtcNow() < given.Until
            && house.Addresses?.Find(release) is { EndedAt: null } && house.Ledger?.Find(given.HoldId)?.Stage is HoldStage.Booked;
    }

    private void Stored(string id, HouseFile house, AddressBook now)
    {
        if (now.Version < house.Addresses?.Version) Break(Promise.FactsOnlyGrow, $"{id}: the version of its address went back");
        foreach (var release in now.Releases)
        {
            if (house.Releases.TryAdd(release.Id, release))
            {
                world.Tally.Count("address.given");
                if (house.Ledger?.Find(release.HoldId)?.Stage is not HoldStage.Booked) Break(Promise.AddressGuarded, $"{release.Id} is given for {release.HoldId}, which is not booked");
            }

            var first = house.Releases[release.Id];
            if ((release.HoldId, release.Driver, release.By, release.Until) != (first.HoldId, first.Driver, first.By, first.Until)) Break(Promise.AddressGuarded, $"{first} became {release}");
            var before = house.Addresses?.Find(release.Id);
            if (before?.Looks > release.Looks || (before?.EndedAt is not null && release.EndedAt is null)) Break(Promise.AddressGuarded, $"{release.Id} forgot its looks or its end");
            if (before is { EndedAt: null } && release.EndedAt is not null) world.Tally.Count("address.ended");
        }

        foreach (var line in now.Trail) house.Trail.Add(line.Id);
        house.Addresses = now;
    }

    private static void Noted(HouseFile house, BedEvent line)
    {
        if (house.History.Add(line.Id) && line is { Kind: BedEventKind.AddressSeen, Hold: { } hold, By: { } driver }) house.Seen[(hold, driver)] = house.Seen.GetValueOrDefault((hold, driver)) + 1;
    }
}
