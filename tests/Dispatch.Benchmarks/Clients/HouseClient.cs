using Dispatch.Domain.Shelters;
using Dispatch.Grains.Shelters;
using Orleans;

namespace Dispatch.Benchmarks.Clients;

/// <summary>Asks the houses themselves, as alerts do.</summary>
internal sealed class HouseClient(IGrainFactory grains, string name) : IBedClient
{
    private static readonly Guests One = new(1);
    private readonly Dictionary<int, DateTimeOffset> _askedAt = [];

    public async Task<bool> Hold(int house, int no)
    {
        var asked = TimeProvider.System.GetUtcNow();
        var result = await Of(house).Hold(new HoldBeds(Id(house, no), asked, One));
        if (result.Refused is null) _askedAt[no] = asked;
        // Too late: others had so many beds and gave them back meanwhile that the house no longer knows of this one. It is asked anew, as any other refusal.
        return result.Refused switch
        {
            null => true,
            BedRefusal.NoBed or BedRefusal.TooLate => false,
            var why => throw new InvalidOperationException($"A house refused a hold: {why}"),
        };
    }

    public async Task Release(int house, int no)
    {
        _askedAt.Remove(no, out var asked);
        if ((await Of(house).Release(new ReleaseBeds(Id(house, no), asked))).Refused is { } why) throw new InvalidOperationException($"A house refused a release: {why}");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IShelterGrain Of(int house) => grains.GetGrain<IShelterGrain>(Town.House(house));

    private string Id(int house, int no) => new HoldId(name, no, Town.House(house)).ToString();
}
