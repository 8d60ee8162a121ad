using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Rows;

namespace Dispatch.Grains.Shelters;

/// <summary>
/// Where the history of an area's beds lies: a row for each hour of each house in which something changed, and which houses have any. By area, so that a house that comes to
/// another area takes no history there.
/// </summary>
public static class OccupancyRows
{
    private const int Page = 500;

    /// <summary>Old rows go with new ones, a few more than come.</summary>
    private const int ForgetAtOnce = 8;

    /// <summary>Numbers only, so that a hold costs no write of its own: they go with the history lines that say what changed.</summary>
    public static async Task<ImmutableArray<RowChange>> Changes(IRows rows, string area, string house, HouseOccupancy now)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(now);
        var partition = Partition(area, house);
        var old = await rows.List<HouseOccupancy>(Tables.Occupancy, partition, NewestFirst.Key(now.Hour - HouseOccupancy.KeptFor), ForgetAtOnce);
        return
        [
            new(Tables.OccupancyHouses, area, house, new OccupancyHouse(house)),
            new(Tables.Occupancy, partition, now.Key, now),
            .. old.Select(row => new RowChange(Tables.Occupancy, partition, row.Key, null)),
        ];
    }

    public static async Task<ImmutableArray<string>> Houses(IRows rows, string area)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return [.. (await rows.All<OccupancyHouse>(Tables.OccupancyHouses, area)).Select(h => h.Shelter)];
    }

    /// <summary>What changed since then, and what held before it, as far as it is kept; newest first.</summary>
    public static async Task<ImmutableArray<HouseOccupancy>> Since(IRows rows, string area, string house, DateTimeOffset from, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var hours = ImmutableArray.CreateBuilder<HouseOccupancy>();
        var oldest = HouseOccupancy.HourOf(now - HouseOccupancy.KeptFor);
        for (string? after = null; ;)
        {
            var some = await rows.List<HouseOccupancy>(Tables.Occupancy, Partition(area, house), after, Page);
            foreach (var row in some.Select(r => r.Value).Where(o => o.Hour >= oldest))
            {
                hours.Add(row);
                if (row.Hour < from) return hours.ToImmutable();
            }

            // No more rows than there are hours in what is kept.
            if (some.Count < Page || some[^1].Value.Hour < oldest) return hours.ToImmutable();
            after = some[^1].Key;
        }
    }

    private static string Partition(string area, string house) => $"{area}:{house}";
}
