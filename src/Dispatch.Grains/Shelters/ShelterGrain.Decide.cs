using Dispatch.Domain.Shelters;

namespace Dispatch.Grains.Shelters;

/// <summary>
/// Many alerts may ask one house in the same moment. While one decision is being written, those that ask next wait; then they are decided one after the other, and
/// written together. Each is answered when that write is done: nobody is told of a bed, or that there is none, by what is not on the disk.
/// </summary>
internal sealed partial class ShelterGrain
{
    /// <summary>What one write may hold: its lines of history must fit into the row.</summary>
    private const int MaxTogether = 16;

    private readonly Queue<Asked> _asked = new();
    private readonly Queue<Func<Task>> _alone = new();
    private bool _deciding;

    /// <summary>A refusal may still have found holds that ran out; that is kept, too.</summary>
    private Task<BedChange> Decide(Func<BedLedger, DateTimeOffset, BedChange> rule)
    {
        var asked = new Asked(rule);
        _asked.Enqueue(asked);
        if (!_deciding) _ = DecideAll();
        return asked.Answer.Task;
    }

    /// <summary>What decides nothing and must see no decision half made.</summary>
    private Task Alone(Func<Task> step)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _alone.Enqueue(async () =>
        {
            try
            {
                await step();
                done.SetResult();
            }
#pragma warning disable CA1031 // Whoever awaits it hears it; those who wait for a bed do not.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                done.SetException(failure);
            }
        });
        if (!_deciding) _ = DecideAll();
        return done.Task;
    }

    /// <summary>Un-awaited: each of those for whom it decides is a call that keeps this activation.</summary>
    private async Task DecideAll()
    {
        _deciding = true;
        while (_alone.Count + _asked.Count > 0)
        {
            if (_alone.TryDequeue(out var step)) await step();
            else await DecideTogether();
        }

        _deciding = false;
    }

    private async Task DecideTogether()
    {
        List<(Asked Asked, BedChange Change)> decided = [];
        try
        {
            var next = Ledger;
            while (decided.Count < MaxTogether && _asked.TryPeek(out var asked))
            {
                var change = asked.Rule(next, clock.GetUtcNow());
                decided.Add((_asked.Dequeue(), change));
                next = change.Ledger;
            }

            if (!ReferenceEquals(next, Ledger)) await Commit(next);
            foreach (var (asked, change) in decided) asked.Answer.SetResult(change);
        }
#pragma warning disable CA1031 // Each of them hears it, and repeats.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            // What is stored is unknown: those who still wait would be decided by a memory that may be wrong.
            foreach (var asked in decided.Select(d => d.Asked).Concat(_asked)) asked.Answer.SetException(failure);
            _asked.Clear();
        }
    }

    private sealed record Asked(Func<BedLedger, DateTimeOffset, BedChange> Rule)
    {
        public TaskCompletionSource<BedChange> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
