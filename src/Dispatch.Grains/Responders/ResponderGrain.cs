using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Responders;
using Dispatch.Grains.Rows;
using Orleans;
using Orleans.Runtime;

namespace Dispatch.Grains.Responders;

[GrainType("responder")]
internal sealed class ResponderGrain(
    [PersistentState("devices")] IPersistentState<Stored<DeviceBook>> devices,
    IRows rows,
    TimeProvider clock) : Grain, IResponderGrain
{
    /// <summary>How long an ended alert stays as a tombstone in memory and in the person's list.</summary>
    private static readonly TimeSpan KeepEnded = TimeSpan.FromDays(1);

    private readonly SortedDictionary<string, AlertTold> _told = new(StringComparer.Ordinal);

    private string Id => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var told in await rows.All<AlertTold>(Tables.Told, Id)) _told[told.AlertId] = told;
    }

    public async Task<AlertTold> Tell(AlertTold told)
    {
        ArgumentNullException.ThrowIfNull(told);
        if (_told.TryGetValue(told.AlertId, out var known) && known.Version >= told.Version) return known;
        var next = told with { Offers = [.. told.Offers.Select(o => o with { ReplyCode = CodeFor(told.AlertId, o, known) })] };
        var writes = new List<RowChange> { new(Tables.Told, Id, told.AlertId, next) };
        writes.AddRange(Forget().Select(gone => new RowChange(Tables.Told, Id, gone, null)));
        await rows.Write(writes);
        _told[told.AlertId] = next;
        return next;
    }

    public Task<ImmutableArray<OfferSummary>> Offers() =>
        Task.FromResult<ImmutableArray<OfferSummary>>(
        [
            .. _told.Values
                .SelectMany(t => t.Offers.Where(o => o.State is OfferState.Open).Select(o => Telling.Summary(t, o)))
                .OrderBy(o => o.OfferedAt).ThenBy(o => o.OfferId, StringComparer.Ordinal),
        ]);

    public Task<ImmutableArray<AlertTold>> Assignments() =>
        Task.FromResult<ImmutableArray<AlertTold>>(
        [
            .. _told.Values.Where(t => t.Offers.Any(o => o.Assignment is not null) && t.RaisedAt > clock.GetUtcNow() - KeepEnded).OrderBy(t => t.RaisedAt),
        ]);

    public Task PutDevice(Device device) => Commit(Book.With(device));

    public Task RemoveDevice(string deviceId) => Commit(Book.Without(deviceId));

    public Task<ImmutableArray<Device>> Devices() => Task.FromResult(Book.Devices);

    private DeviceBook Book => devices.State.Value ?? new DeviceBook();

    private async Task Commit(DeviceBook next)
    {
        var before = devices.State.Value;
        devices.State.Value = next;
        try
        {
            await devices.WriteStateAsync();
        }
        catch
        {
            devices.State.Value = before;
            DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>Alerts long over; only a few at a time, so that one call stays short.</summary>
    private string[] Forget()
    {
        var old = clock.GetUtcNow() - KeepEnded - KeepEnded;
        var gone = _told.Values.Where(t => t.RaisedAt < old && !t.Offers.Any(o => o.State is OfferState.Open || o.Assignment is { Active: true }))
            .Take(8).Select(t => t.AlertId).ToArray();
        foreach (var id in gone) _told.Remove(id);
        return gone;
    }

    /// <summary>Two digits, the same for the same offer, and unique among the person's open offers so that "OUI 42" names one of them.</summary>
    private string CodeFor(string alertId, ToldOffer offer, AlertTold? known)
    {
        if (known?.Offers.FirstOrDefault(o => o.No == offer.No) is { ReplyCode.Length: > 0 } same) return same.ReplyCode;
        var taken = _told.Values.SelectMany(t => t.Offers).Where(o => o.State is OfferState.Open).Select(o => o.ReplyCode).ToHashSet(StringComparer.Ordinal);
        var start = (Hash(alertId) + offer.No) % 90;
        for (var i = 0; i < 90; i++)
        {
            var code = (10 + ((start + i) % 90)).ToString(CultureInfo.InvariantCulture);
            if (!taken.Contains(code)) return code;
        }

        return (100 + start + offer.No).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>FNV-1a: the same in every process, unlike string hash codes.</summary>
    private static int Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text) hash = (hash ^ c) * 16777619u;
        return (int)(hash & 0x7fffff);
    }
}
