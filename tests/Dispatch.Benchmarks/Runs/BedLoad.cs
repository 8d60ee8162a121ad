using System.Diagnostics;
using Dispatch.Benchmarks.Clients;
using Dispatch.Benchmarks.Reporting;

namespace Dispatch.Benchmarks.Runs;

/// <summary>
/// Several clients that hold a bed and give back the one they have had for longest, as fast as they can. Whoever was told that she has a bed has it until she begins to give it
/// back: more of them at one time than the house has beds is a bed in two hands.
/// </summary>
internal sealed class BedLoad(IReadOnlyList<int> beds)
{
    /// <summary>How many beds one client has at a time.</summary>
    private const int Kept = 2;

    private readonly int[] _held = new int[beds.Count];
    private int _doubled;

    public int Doubled => _doubled;

    /// <summary>Beds in somebody's hands; none when all clients have ended.</summary>
    public int Left => _held.Sum();

    /// <param name="houses">Those that are asked, at random.</param>
    public async Task<(double PerSecond, Samples Each)> Run(IReadOnlyList<IBedClient> clients, Range houses, TimeSpan duration)
    {
        var (first, count) = houses.GetOffsetAndLength(beds.Count);
        var start = Stopwatch.GetTimestamp();
        var each = await Task.WhenAll(clients.Select((client, number) => Task.Run(() => One(client, number, first, count, start, duration))));
        var all = new Samples(each.SelectMany(ticks => ticks));
        return (all.Count / duration.TotalSeconds, all);
    }

    private async Task<List<long>> One(IBedClient client, int number, int first, int count, long start, TimeSpan duration)
    {
#pragma warning disable CA5394 // A seed to repeat a run by, not a secret.
        var random = new Random(number);
        var (each, mine, no) = (new List<long>(), new Queue<(int House, int No)>(), 0);
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            if (mine.Count == Kept) await GiveBack(client, mine.Dequeue());
            var house = first + random.Next(count);
            var began = Stopwatch.GetTimestamp();
            if (await client.Hold(house, ++no))
            {
                each.Add(Stopwatch.GetTimestamp() - began);
                if (Interlocked.Increment(ref _held[house]) > beds[house]) Interlocked.Increment(ref _doubled);
                mine.Enqueue((house, no));
            }
            else if (mine.Count > 0)
            {
                await GiveBack(client, mine.Dequeue());
            }
        }

        while (mine.Count > 0) await GiveBack(client, mine.Dequeue());
        return each;
#pragma warning restore CA5394
    }

    private async Task GiveBack(IBedClient client, (int House, int No) bed)
    {
        Interlocked.Decrement(ref _held[bed.House]);
        await client.Release(bed.House, bed.No);
    }
}
