using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Hotline;
using Dispatch.Grains.Rows;
using Dispatch.Grains.ServiceAreas;
using Microsoft.Extensions.Logging;

namespace Dispatch.Grains.Hotline;

/// <summary>
/// Whose console is gone. The alert or the number that an item is about asks for its claim every fifteen seconds as long as it is open, also after a restart and where no console is open
/// at all: that is when it is looked at.
/// </summary>
internal sealed partial class HotlineGrain
{
    /// <summary>Whoever says that nobody can be called says it again within half a minute while that is so.</summary>
    private static readonly TimeSpan SaidAgainWithin = TimeSpan.FromSeconds(45);

    private readonly Dictionary<string, DateTimeOffset> _readAt = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _nobodyToCall = new(StringComparer.Ordinal);
    private readonly HashSet<string> _calling = new(StringComparer.Ordinal);
    private DateTimeOffset _knownSince;

    public Task NobodyToCall(ImmutableArray<string> itemIds)
    {
        foreach (var item in itemIds) HasNobodyToCall(item);
        return Task.CompletedTask;
    }

    private TimeSpan GoneAfter => waits.FirstOrDefault()?.HolderGoneAfter(Line) ?? Leaving.GoneAfter;

    private DateTimeOffset? ReadAt(string account) => _readAt.TryGetValue(account, out var at) ? at : null;

    private Claim Judged(Claim claim) => Leaving.Judge(claim, ReadAt(claim.By), _knownSince, GoneAfter, clock.GetUtcNow());

    /// <summary>As a console shows it: who reads again is there again, also before that is written.</summary>
    private Claim? Shown(Claim? claim) => claim is { Left: { } left } && ReadAt(claim.By) >= left.At ? claim with { Left = null } : claim;

    private async Task<Claim> Watch(StoredRow<Claim> row)
    {
        var (before, claim) = (row.Value, Judged(row.Value));
        if (claim.State is not ClaimState.Taken) return claim;
        try
        {
            // Decided by somebody meanwhile: the next look sees it.
            if (!ReferenceEquals(claim, before) && !(await rows.Write([new RowChange(Tables.Claims, Line, claim.ItemId, claim, IfMatch: row.ETag)]))[0]) return before;
        }
#pragma warning disable CA1031 // Who has it is known all the same, and must not be hidden from whoever asks.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("That somebody's console is gone, or is back, could not be written yet: {Failure}", failure.GetType().Name);
            return before;
        }

        // A page in the background asks seldom, and fetches at once when it is told to.
        if (claim.Left != before.Left || (claim is { Read: true, Left: null } && clock.GetUtcNow() - (ReadAt(claim.By) ?? _knownSince) >= GoneAfter / 2)) Hint();
        if (Leaving.Calls(claim, clock.GetUtcNow()) is { } backup && _calling.Add(claim.ItemId)) _ = Call(claim.ItemId, backup);
        return claim;
    }

    /// <summary>Rings the duty officer's or the backup's phone, off the turn; what did not leave is tried again with the next look. That it left is written afterwards: told twice is better than never.</summary>
    private async Task Call(string itemId, bool backup)
    {
        try
        {
            if (await Open(itemId) is not { Value: var watch }) return;
            if (await GrainFactory.GetGrain<IServiceAreaGrain>(watch.Area).Chain(Line) is not { } chain) throw new InvalidOperationException("The service area was never set up");
            if (await rows.Read<Claim>(Tables.Claims, Line, itemId) is not { } row || Leaving.Calls(Judged(row.Value), clock.GetUtcNow()) != backup) return;
            // Whoever has it is not rung for it: she may be speaking with her on that very phone.
            if (chain.Called(backup, (person, organisation) => person != row.Value.By && watch.MayBeSeenBy(person, organisation)) is not { } called)
            {
                HasNobodyToCall(itemId);
                return;
            }

            var notice = new Notice($"{itemId}:left{row.Value.Left!.At.ToUnixTimeSeconds()}:{(backup ? Pending.Backup : Pending.DutyOfficer)}", NoticeKind.Untaken, called, watch.AlertId, watch.Version, Line: Line);
            var tried = await Task.WhenAll(sender.Channels.Select(c => sender.Send(c, notice)));
            if (!tried.OfType<DeliveryResult.Sent>().Any() && tried.OfType<DeliveryResult.Later>().Any()) return;
            await rows.Write([new RowChange(Tables.Claims, Line, itemId, Leaving.Told(row.Value, backup, clock.GetUtcNow()), IfMatch: row.ETag)]);
        }
#pragma warning disable CA1031 // It is tried again with the next look.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogError(failure, "Nobody could be rung yet for what somebody has whose console is gone");
        }
        finally
        {
            _calling.Remove(itemId);
        }
    }

    private void HasNobodyToCall(string itemId)
    {
        var now = clock.GetUtcNow();
        foreach (var old in _nobodyToCall.Where(said => now - said.Value > SaidAgainWithin).Select(said => said.Key).ToArray()) _nobodyToCall.Remove(old);
        if (!_nobodyToCall.ContainsKey(itemId))
        {
            log.LogError("Something waits on a line, and neither its duty officer nor its backup may know of it: it rings on the consoles alone");
            Hint();
        }

        _nobodyToCall[itemId] = now;
    }

    private QueueItem WithAlarm(QueueItem item) =>
        item.Calls && _nobodyToCall.TryGetValue(item.ItemId, out var said) && clock.GetUtcNow() - said <= SaidAgainWithin ? item with { NobodyToCall = true } : item;
}
