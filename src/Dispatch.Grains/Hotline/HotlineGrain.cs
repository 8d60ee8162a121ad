using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Hotline;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Rows;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Dispatch.Grains.Hotline;

[GrainType("hotline")]
internal sealed partial class HotlineGrain(IRows rows, AlertSender sender, IEnumerable<ILineWaits> waits, TimeProvider clock, ILogger<HotlineGrain> log) : Grain, IHotlineGrain
{
    private const int ForgottenAtOnce = 50;

    private long _version;
    private bool _hinting;
    private bool _hintAgain;

    private string Line => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Larger than any version of an earlier activation, so that a page never takes news for old.
        _version = clock.GetUtcNow().ToUnixTimeMilliseconds();
        _knownSince = clock.GetUtcNow();
        return Task.CompletedTask;
    }

    public async Task<ClaimResult> Take(string itemId, string by)
    {
        if (await Open(itemId) is not { } watch) return await Known(itemId, Refusal.NotFound);
        return await Decide(watch.Value, itemId, current => Domain.Hotline.Claims.Take(current, itemId, by, clock.GetUtcNow()));
    }

    public async Task<ClaimResult> Close(string itemId, string by, EndedHow outcome)
    {
        var watch = await Open(itemId);
        return await Decide(watch?.Value, itemId, current => Domain.Hotline.Claims.Close(current, by, outcome, clock.GetUtcNow()));
    }

    public async Task<ClaimResult> HandBack(string itemId, string by)
    {
        var watch = await Open(itemId);
        return await Decide(watch?.Value, itemId, current => Domain.Hotline.Claims.HandBack(current, by, clock.GetUtcNow()));
    }

    public async Task<ImmutableArray<Claim>> Claims(ImmutableArray<string> itemIds)
    {
        var claims = await Task.WhenAll(itemIds.Select(id => rows.Read<Claim>(Tables.Claims, Line, id)));
        return [.. await Task.WhenAll(claims.OfType<StoredRow<Claim>>().Select(Watch))];
    }

    public async Task Forget(string contact)
    {
        var prefix = $"{contact}:";
        while (true)
        {
            var next = await rows.List<Claim>(Tables.Claims, Line, prefix, ForgottenAtOnce);
            var gone = next.TakeWhile(c => c.Key.StartsWith(prefix, StringComparison.Ordinal)).ToArray();
            if (gone.Length == 0) return;
            await rows.Write([.. gone.Select(c => new RowChange(Tables.Claims, Line, c.Key, null))]);
        }
    }

    public Task Changed()
    {
        Hint();
        return Task.CompletedTask;
    }

    public async Task<QueueView> Queue(Reader? reader = null)
    {
        // Before the first await: another call may change it meanwhile, and a page must never take older rows for the newer version.
        var (now, version) = (clock.GetUtcNow(), _version);
        if (reader is not null) _readAt[reader.Account] = now;
        var all = Seen(await rows.All<WatchRow>(Tables.Watch, Line), reader);
        var ringing = all.SelectMany(w => w.Items.Select(item => (Row: w, Item: item))).ToArray();
        var claims = await Task.WhenAll(ringing.Select(r => rows.Read<Claim>(Tables.Claims, Line, r.Item.ItemId)));
        var items = ringing.Zip(claims, (r, c) => WithAlarm(QueueItem.Of(r.Row, r.Item, Shown(c?.Value), now)));
        return new QueueView(
            [.. items.OrderBy(i => !i.Calls).ThenBy(i => i.DueAt).ThenBy(i => i.RingsAt).ThenBy(i => i.ItemId, StringComparer.Ordinal)],
            [.. all.Where(w => w is { Ended: false, ItemId: null, Contact: null }).OrderByDescending(w => w.RaisedAt).ThenBy(w => w.AlertId, StringComparer.Ordinal).Select(OpenAlert.Of)],
            now,
            version);
    }

    /// <summary>Of a number, also as the row of its alert says at this moment: its own may be some seconds older.</summary>
    private static WatchRow[] Seen(IReadOnlyList<WatchRow> all, Reader? reader)
    {
        if (reader is null) return [.. all];
        var hidden = all.Where(w => !w.MayBeSeenBy(reader.Account, reader.Organisation)).Select(w => w.AlertId).ToHashSet(StringComparer.Ordinal);
        return [.. all.Where(w => !hidden.Contains(w.AlertId) && (w.Contact?.AlertId is not { } tied || !hidden.Contains(tied)))];
    }

    private async Task<StoredRow<WatchRow>?> Open(string itemId)
    {
        var alert = Ringing.AlertOf(itemId);
        var watch = alert is null ? null : await rows.Read<WatchRow>(Tables.Watch, Line, alert);
        return watch?.Value.Items.Any(i => i.ItemId == itemId) is true ? watch : null;
    }

    /// <summary>Compare-and-set with the row's ETag. A conflict means that somebody else decided: look again, once.</summary>
    private async Task<ClaimResult> Decide(WatchRow? watch, string itemId, Func<Claim?, (Claim? Next, Refusal? Why)> rule)
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var current = await rows.Read<Claim>(Tables.Claims, Line, itemId);
            var known = current is null ? null : Judged(current.Value);
            var (next, why) = rule(known);
            if (next is null) return Result(watch, itemId, why, current?.Value);
            if (ReferenceEquals(next, known)) return Result(watch, itemId, null, Shown(next));
            next = Judged(next);
            var written = await rows.Write([new RowChange(Tables.Claims, Line, itemId, next, IfMatch: current?.ETag ?? RowChange.MustNotExist)]);
            if (!written[0]) continue;
            Hint();
            return Result(watch, itemId, null, next);
        }

        return await Known(itemId, Refusal.TakenByOther);
    }

    private async Task<ClaimResult> Known(string itemId, Refusal otherwise)
    {
        var claim = (await rows.Read<Claim>(Tables.Claims, Line, itemId))?.Value;
        var why = claim is null ? otherwise : claim.State is ClaimState.Taken ? Refusal.TakenByOther : Refusal.ItemClosed;
        return new ClaimResult(why, claim);
    }

    private ClaimResult Result(WatchRow? watch, string itemId, Refusal? why, Claim? claim) =>
        new(why, claim, watch?.Items.FirstOrDefault(i => i.ItemId == itemId) is { } item ? QueueItem.Of(watch, item, claim, clock.GetUtcNow()) : null);

    private void Hint()
    {
        _version++;
        _hintAgain = true;
        if (!_hinting) _ = Hints();
    }

    private async Task Hints()
    {
        _hinting = true;
        try
        {
            while (_hintAgain)
            {
                _hintAgain = false;
                await sender.Hint(new Notice($"{Line}:{_version}", NoticeKind.QueueChanged, Line, "", _version));
            }
        }
        finally
        {
            _hinting = false;
        }
    }
}
