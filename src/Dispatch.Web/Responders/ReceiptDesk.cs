using System.Collections.Immutable;
using Dispatch.Grains.Alerts;
using Orleans;

namespace Dispatch.Web.Responders;

/// <summary>More receipts wait than may. The phone keeps its own and sends it again.</summary>
internal sealed class ReceiptsFullException() : Exception("Too many receipts wait to be recorded.");

/// <summary>
/// One call per alert under way; what comes in meanwhile rides the next one together. A thousand phones that answer one alert then cost a few writes and not a
/// thousand. Every receipt is durable when its task completes.
/// </summary>
internal sealed class ReceiptDesk(IGrainFactory grains)
{
    public const int MaxWaiting = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Lane> _lanes = [];
    private int _waiting;

    public Task Record(string alertId, Receipt receipt)
    {
        Lane lane;
        Task recorded;
        lock (_gate)
        {
            if (_waiting >= MaxWaiting) throw new ReceiptsFullException();
            _waiting++;
            var known = _lanes.TryGetValue(alertId, out lane!);
            if (!known) _lanes.Add(alertId, lane = new Lane());
            lane.Next.Add(receipt);
            recorded = lane.Recorded.Task;
            if (known) return recorded;
        }

        // Owned: each ride ends every waiting task, with the result or with the failure.
        _ = Drain(alertId, lane);
        return recorded;
    }

    private async Task Drain(string alertId, Lane lane)
    {
        // Lets those who came at the same moment onto the first ride.
        await Task.Yield();
        while (Board(alertId, lane) is var (riders, done) && riders.Length > 0)
        {
            try
            {
                await grains.GetGrain<IAlertGrain>(alertId).Receipts(riders);
                done.SetResult();
            }
#pragma warning disable CA1031 // The failure belongs to the phones that wait for it, not to this loop.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                done.SetException(failure);
            }
        }
    }

    private (ImmutableArray<Receipt> Riders, TaskCompletionSource Done) Board(string alertId, Lane lane)
    {
        lock (_gate)
        {
            var (riders, done) = (lane.Next.ToImmutableArray(), lane.Recorded);
            _waiting -= riders.Length;
            lane.Next.Clear();
            lane.Recorded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (riders.IsEmpty) _lanes.Remove(alertId);
            return (riders, done);
        }
    }

    private sealed class Lane
    {
        public List<Receipt> Next { get; } = [];
        public TaskCompletionSource Recorded { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
