using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Hotline;
using Dispatch.Grains.Hotline;
using Dispatch.Grains.Rows;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Contacts;

/// <summary>Two hundred women ring within an hour, five people answer: the order, the clocks, what is given back, and that nobody is forgotten, held against a model that knows only what was said.</summary>
public sealed class BusyHourTests
{
    private const int Callers = 200;
    private const int Takers = 5;
    private const int StepSeconds = 5;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Two_hundred_calls_and_five_takers(int seed)
    {
        using var city = City.Start();
        var (random, start) = (new Random(seed), city.Now);
        var callers = Enumerable.Range(0, Callers).Select(n => new Caller(new Telephone(city, $"{seed}-{n:D3}"), start.AddSeconds(random.Next(3600 / StepSeconds) * StepSeconds), random.Next(30, 300))).ToArray();
        var takers = Enumerable.Range(0, Takers).Select(n => new Taker($"taker-{n}")).ToArray();
        var handedBack = 0;
        for (var second = 0; second < 4 * 3600; second += StepSeconds)
        {
            var now = city.Now;
            foreach (var caller in callers) Happens(caller, now);
            foreach (var taker in takers) handedBack += Finishes(taker, now);
            // What waits is what the model says, in its order, with its clocks.
            var waiting = Waiting(city);
            Assert.Equal(
                callers.Where(c => c.DueAt is not null).OrderBy(c => c.DueAt).ThenBy(c => c.Since).ThenBy(c => c.Hers.Id, StringComparer.Ordinal).Select(c => (c.Hers.Id, c.DueAt!.Value)),
                waiting.Select(i => (i.ContactId!, i.DueAt)));
            var queue = new Queue<QueueItem>(waiting);
            foreach (var taker in takers.Where(t => t.Has is null))
            {
                if (!queue.TryDequeue(out var next)) break;
                Takes(taker, callers.Single(c => c.Hers.Id == next.ContactId), next, now);
            }

            if (second > 3600 && callers.All(c => c.Served)) break;
            city.Advance(StepSeconds);
        }

        Assert.All(callers, c => Assert.True(c.Served, $"{c.Hers.Id} was never served"));
        Assert.True(handedBack > 5, $"{handedBack} were given back");
        city.Advance(30);
        Assert.Empty(city.Queue().Items);
        var figures = city.Host(() => new LocalRows(city.Store).All<ContactFigure>(Tables.LineFigures, City.Line));
        Assert.Equal(Callers, figures.Count(f => f.Outcome is not null));
        Assert.Equal(figures.Count, figures.Select(f => f.ItemId).Distinct().Count());

        void Happens(Caller caller, DateTimeOffset now)
        {
            if (!caller.Rang && caller.At <= now)
            {
                caller.Hers.Rings();
                (caller.Rang, caller.Since, caller.DueAt) = (true, now, now.AddSeconds(30));
            }
            else if (caller is { Rang: true, HungUp: false } && now >= caller.At.AddSeconds(caller.Patience))
            {
                caller.Hers.HangsUp();
                caller.HungUp = true;
                if (caller is { By: null, Served: false }) (caller.Since, caller.DueAt) = (now, now.AddMinutes(3));
            }
        }

        int Finishes(Taker taker, DateTimeOffset now)
        {
            if (taker.Has is not { } caller || now < taker.Until) return 0;
            (taker.Has, caller.By) = (null, null);
            // The end of a shift: the next one has it.
            if (random.Next(12) == 0)
            {
                caller.Hers.Claimed(line => line.HandBack(taker.Item, taker.Name));
                var gone = caller.HungUp && !caller.OwedNow;
                caller.DueAt = gone ? caller.Since.AddMinutes(3) : caller.Since.AddSeconds(caller.OwedNow ? 180 : 30);
                caller.OwedNow |= gone;
                return 1;
            }

            caller.Hers.Claimed(line => line.Close(taker.Item, taker.Name, EndedHow.Resolved));
            caller.Served = true;
            return 0;
        }

        void Takes(Taker taker, Caller caller, QueueItem item, DateTimeOffset now)
        {
            Assert.Null(caller.Hers.Claimed(line => line.Take(item.ItemId, taker.Name)).Refused);
            Assert.Equal(Domain.Refusal.TakenByOther, caller.Hers.Claimed(line => line.Take(item.ItemId, "somebody")).Refused);
            (taker.Has, taker.Item, taker.Until) = (caller, item.ItemId, now.AddSeconds(random.Next(2, 18) * StepSeconds));
            (caller.By, caller.DueAt, caller.OwedNow) = (taker.Name, null, item.Reason is RingReason.CallBackOwed);
        }
    }

    private static QueueItem[] Waiting(City city) => [.. city.Queue().Items.Where(i => i.State is QueueState.Ringing or QueueState.Waiting)];

    private sealed record Taker(string Name)
    {
        public Caller? Has { get; set; }
        public string Item { get; set; } = "";
        public DateTimeOffset Until { get; set; }
    }

    /// <param name="At">When she rings.</param>
    /// <param name="Patience">How many seconds she waits for an answer.</param>
    private sealed record Caller(Telephone Hers, DateTimeOffset At, int Patience)
    {
        public bool Rang { get; set; }
        public bool HungUp { get; set; }
        public bool Served { get; set; }
        public bool OwedNow { get; set; }
        public string? By { get; set; }

        /// <summary>Since when what waits of her waits, and until when a human should have it; null while nothing does.</summary>
        public DateTimeOffset Since { get; set; }
        public DateTimeOffset? DueAt { get; set; }
    }
}
