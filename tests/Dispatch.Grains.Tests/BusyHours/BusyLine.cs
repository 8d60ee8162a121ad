using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Hotline;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.BusyHours;

/// <summary>Everything that waits or is held, and who was phoned, held against what the line shows and whom it rang after every single act.</summary>
internal sealed class BusyLine(City city)
{
    /// <summary>How far a step of the test is from the moment at which something is due.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(BusyHourTests.StepSeconds);
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    /// <summary>Who asks whose console is gone asks every fifteen seconds.</summary>
    private static readonly TimeSpan FoundWithin = TimeSpan.FromSeconds(15) + Step;
    private int _heard;

    public List<Thing> Things { get; } = [];

    /// <summary>How many missed calls there ever were, and how many of them were taken in time; what is given back was counted.</summary>
    public int Missed { get; private set; }
    public int RungBackInTime { get; private set; }
    public int Left { get; private set; }
    public int Phoned { get; private set; }

    public Thing? Untaken(string owner, RingReason reason) => Things.SingleOrDefault(t => t.Owner == owner && t.Reason == reason && t.Holder is null);

    /// <summary>Rings from now on, unless it rings for that already.</summary>
    public void Rings(string owner, RingReason reason, double within, DateTimeOffset? since = null, bool again = false)
    {
        if (Untaken(owner, reason) is not null) return;
        if (reason is RingReason.CallBackOwed && !again) Missed++;
        var at = since ?? city.Now;
        Things.Add(new Thing(owner, reason, at, at.AddSeconds(within), city.Now, again));
    }

    public void Taken(Thing thing, Person by)
    {
        if (thing is { Holder: null, Again: false, Reason: RingReason.CallBackOwed } && city.Now - thing.Since <= TimeSpan.FromMinutes(3)) RungBackInTime++;
        thing.Holder?.Hands.RemoveAll(h => h.Thing == thing);
        (thing.Holder, thing.HeldSince, thing.LeftAt) = (by, city.Now, null);
    }

    public void Check(string after)
    {
        var items = city.Queue().Items;
        var calling = items.TakeWhile(i => i.Calls).ToArray();
        Assert.True(calling.Length == items.Count(i => i.Calls), $"after {after}: something that calls stands behind what somebody has");
        Assert.True(calling.Zip(calling.Skip(1)).All(p => (p.First.DueAt, p.First.RingsAt).CompareTo((p.Second.DueAt, p.Second.RingsAt)) <= 0), $"after {after}: not the most urgent first");

        var shown = items.Where(i => i.State is QueueState.Ringing or QueueState.Waiting).OrderBy(Owner, StringComparer.Ordinal).ThenBy(i => i.Reason).ToArray();
        var waiting = Things.Where(t => t.Holder is null).OrderBy(t => t.Owner, StringComparer.Ordinal).ThenBy(t => t.Reason).ToArray();
        Same(after, waiting.Select(t => $"{t.Owner} {t.Reason} {t.Since:HH:mm:ss} {t.DueAt:HH:mm:ss}"), shown.Select(i => $"{Owner(i)} {i.Reason} {i.RingsAt:HH:mm:ss} {i.DueAt:HH:mm:ss}"));
        foreach (var (thing, item) in waiting.Zip(shown)) thing.ItemId = thing.ItemId is null || thing.ItemId == item.ItemId ? item.ItemId : throw new Xunit.Sdk.XunitException($"after {after}: {thing} has another name");

        var held = items.Where(i => i.State is QueueState.Taken).OrderBy(i => i.ItemId, StringComparer.Ordinal).ToArray();
        var mine = Things.Where(t => t.Holder is not null).OrderBy(t => t.ItemId, StringComparer.Ordinal).ToArray();
        Same(after, mine.Select(t => $"{t.ItemId} {t.Holder!.Name}"), held.Select(i => $"{i.ItemId} {i.TakenBy}"));
        foreach (var (thing, item) in mine.Zip(held)) Gone(after, thing, item);
        Assert.Equal(items.Length, shown.Length + held.Length);
        Phones(after);
    }

    /// <summary>A held thing calls when nobody looks at it any more, and never while somebody does.</summary>
    private void Gone(string after, Thing thing, QueueItem item)
    {
        var sign = thing.Holder!.ReadAt > thing.HeldSince ? thing.Holder.ReadAt : thing.HeldSince;
        var silent = city.Now - sign;
        Assert.False(item.LeftAt is not null && silent < Minute, $"after {after}: {thing} calls, and was looked at {silent} ago");
        Assert.False(item.LeftAt is null && silent > Minute + FoundWithin, $"after {after}: nobody has looked at {thing} for {silent}, and it does not call");
        if (thing.LeftAt is null && item.LeftAt is not null) Left++;
        if (thing.LeftAt != item.LeftAt) foreach (var turn in thing.Phoned.Keys.Where(k => k.StartsWith("left", StringComparison.Ordinal)).ToArray()) thing.Phoned.Remove(turn);
        thing.LeftAt = item.LeftAt;
    }

    private void Phones(string after)
    {
        for (; _heard < city.Phones.Arrived.Count; _heard++)
        {
            var (at, notice) = city.Phones.Arrived[_heard];
            if (notice.Kind is not NoticeKind.Untaken) continue;
            Phoned++;
            var thing = Things.SingleOrDefault(t => t.ItemId is { } id && notice.Id.StartsWith(id + ":", StringComparison.Ordinal)) ?? throw new Xunit.Sdk.XunitException($"after {after}: phoned about {notice.Id}, which nobody waits for");
            var turn = notice.Id[(thing.ItemId!.Length + 1)..];
            Assert.EndsWith(notice.Recipient, turn.Replace("dutyOfficer", "officer", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.True(thing.Phoned.TryAdd(turn.StartsWith("left", StringComparison.Ordinal) ? $"left:{notice.Recipient}" : notice.Recipient, at), $"after {after}: {notice.Recipient} was phoned twice about {thing}");
        }

        foreach (var thing in Things)
        {
            if (thing.Holder is null) InTurn(after, thing, "", Later(thing.Since + Minute, thing.From), Step);
            else if (thing.LeftAt is { } left) InTurn(after, thing, "left:", left + Minute, FoundWithin);
        }
    }

    /// <summary>The officer when the first minute is over, and the backup a minute later: neither sooner nor not at all.</summary>
    private void InTurn(string after, Thing thing, string kind, DateTimeOffset due, TimeSpan within)
    {
        foreach (var who in new[] { "officer", "backup" })
        {
            DateTimeOffset? told = thing.Phoned.TryGetValue(kind + who, out var at) ? at : null;
            Assert.False(told < due, $"after {after}: {who} was phoned about {thing} at {told:HH:mm:ss}, before {due:HH:mm:ss}");
            Assert.False(told is null && city.Now > due + within, $"after {after}: {who} was not phoned about {thing}, due at {due:HH:mm:ss}");
            if (told is null) return;
            due = told.Value + Minute;
        }
    }

    private static void Same(string after, IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var (want, have) = (expected.ToArray(), actual.ToArray());
        if (want.SequenceEqual(have)) return;
        Assert.Fail($"after {after}: missing [{string.Join("; ", want.Except(have))}], not expected [{string.Join("; ", have.Except(want))}]");
    }

    private static string Owner(QueueItem item) => item.ContactId ?? item.AlertId!;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
