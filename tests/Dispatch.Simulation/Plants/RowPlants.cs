using System.Globalization;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Hotline;
using Dispatch.Grains.Rows;
using Dispatch.Simulation.Worlds;

namespace Dispatch.Simulation.Plants;

/// <summary>Rows of which one operation or another is changed.</summary>
internal class ChangedRows(IRows real) : IRows
{
    public virtual Task<StoredRow<T>?> Read<T>(string table, string partition, string key)
        where T : class => real.Read<T>(table, partition, key);

    public Task<IReadOnlyList<StoredRow<T>>> List<T>(string table, string partition, string? afterKey, int limit)
        where T : class => real.List<T>(table, partition, afterKey, limit);

    public Task<IReadOnlyList<StoredRow<T>>> ListDue<T>(string table, DateTimeOffset until, int limit, StoredRow<T>? after = null)
        where T : class => real.ListDue(table, until, limit, after);

    public virtual Task<IReadOnlyList<bool>> Write(IReadOnlyList<RowChange> changes) => real.Write(changes);
}

/// <summary>Offers go out when they are decided, while the decision is still being written.</summary>
internal sealed class SendBeforeWrite : Plant
{
    public override IRows Rows(IRows real, IReadOnlyList<IChannel> channels, World world) => new Eager(real, channels);

    private sealed class Eager(IRows real, IReadOnlyList<IChannel> channels) : ChangedRows(real)
    {
        public override Task<IReadOnlyList<bool>> Write(IReadOnlyList<RowChange> changes)
        {
            foreach (var change in changes)
            {
                if (change.Value is not HistoryEvent { Kind: HistoryKind.Offered, Offer: { } no, Who: { } who }) continue;
                var id = new OfferId(change.Partition, no).ToString();
                foreach (var channel in channels)
                {
                    _ = channel.Send(new Notice(string.Create(CultureInfo.InvariantCulture, $"{id}.0:{channel.Kind}"), NoticeKind.Offer, who, change.Partition, 0, id), CancellationToken.None);
                }
            }

            return base.Write(changes);
        }
    }
}

/// <summary>The line takes for granted that nobody has an item yet.</summary>
internal sealed class TwoTakers : Plant
{
    public override IRows Rows(IRows real, IReadOnlyList<IChannel> channels, World world) => new Blind(real);

    private sealed class Blind(IRows real) : ChangedRows(real)
    {
        public override Task<StoredRow<T>?> Read<T>(string table, string partition, string key) =>
            table == Tables.Claims ? Task.FromResult<StoredRow<T>?>(null) : base.Read<T>(table, partition, key);

        public override Task<IReadOnlyList<bool>> Write(IReadOnlyList<RowChange> changes) =>
            base.Write([.. changes.Select(c => c.Value is Claim { State: ClaimState.Taken } ? c with { IfMatch = null } : c)]);
    }
}

/// <summary>A person's page is not told that she need not come.</summary>
internal sealed class ForgottenStandDown : Plant
{
    public override IRows Rows(IRows real, IReadOnlyList<IChannel> channels, World world) => new Deaf(real);

    private sealed class Deaf(IRows real) : ChangedRows(real)
    {
        public override Task<IReadOnlyList<bool>> Write(IReadOnlyList<RowChange> changes) =>
            changes is [{ Value: AlertTold told }, ..] && told.Offers.Any(o => o.State is OfferState.Withdrawn)
                ? Task.FromResult<IReadOnlyList<bool>>([.. changes.Select(_ => true)])
                : base.Write(changes);
    }
}
