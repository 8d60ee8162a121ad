using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.Responders;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Grains.Rows;
using Dispatch.Grains.ServiceAreas;
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

    private const string WorkloadRow = "workload";

    /// <summary>How often her list is searched for alerts long over: a day more or less does not matter to them, and she is told things every second.</summary>
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);
    private const int ForgetAtOnce = 8;

    private readonly SortedDictionary<string, AlertTold> _told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private DateTimeOffset _forgetAt;
    private Workload _work = new();

    private string Id => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var told in await rows.All<AlertTold>(Tables.Told, Id)) Know(told);
        if (await rows.Read<Workload>(Tables.Workload, Id, WorkloadRow) is { } work) _work = work.Value;
    }

    public async Task<AlertTold> Tell(AlertTold told)
    {
        ArgumentNullException.ThrowIfNull(told);
        if (_told.TryGetValue(told.AlertId, out var known) && known.Version >= told.Version) return known;
        var next = WithCodes(told, known);
        var over = LongOver(told.AlertId);
        // Only assignments are work; who is merely asked, or no longer asked, has as much to do as before.
        var work = Assigned(next) || Assigned(known) ? _work.After(_told.Values, [.. _told.Values.Where(t => t.AlertId != told.AlertId), next]) : _work;
        var now = clock.GetUtcNow();
        var ended = OwnWork.EndedIn(known, next, now).ToArray();
        var old = ended is [] ? [] : await rows.List<OwnWork>(Tables.OwnWork, Id, NewestFirst.Key(now - OwnWork.KeptFor), ForgetAtOnce);
        // The work first: where the write is cut off between the two, it counts the same assignment once when the alert says it again; the other way round it would be known and never count.
        await rows.Write(
        [
            .. ReferenceEquals(work, _work) ? [] : new[] { Row(work) },
            .. ended.Select(e => new RowChange(Tables.OwnWork, Id, e.Key, e.Work)),
            .. old.Select(e => new RowChange(Tables.OwnWork, Id, e.Key, null)),
            new RowChange(Tables.Told, Id, told.AlertId, next),
            .. over.Select(gone => new RowChange(Tables.Told, Id, gone, null)),
        ]);
        foreach (var gone in over) Forget(gone);
        Know(next);
        _work = work;
        return next;
    }

    public async Task OnDuty(Candidate person, ImmutableArray<string> areas)
    {
        ArgumentNullException.ThrowIfNull(person);
        var left = _work.Areas.Except(areas).ToArray();
        // First where she is to be found: an area that has her must hear of her work.
        await Serve([.. areas.Union(_work.Areas)]);
        var stays = Leave(left, null, rosterHolds: false);
        await Task.WhenAll([.. areas.Select(area => Area(area).OnDuty(person.With(_work))), stays]);
        await Serve([.. areas, .. await stays]);
    }

    public async Task OffDuty(ImmutableArray<string> areas, DateTimeOffset? until, bool rosterHolds) =>
        await Serve(await Leave([.. areas.Union(_work.Areas)], until, rosterHolds));

    public async Task Enrol(Candidate person, string area)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (!_work.Areas.Contains(area)) await Serve(_work.Areas.Add(area));
        await Area(area).Enrol(person.With(_work));
    }

    public Task<Workload> Work() => Task.FromResult(_work);

    public async Task<bool> Severe(string alertId)
    {
        if (!_told.TryGetValue(alertId, out var told) || told.Exercise || told.Offers.FirstOrDefault(o => o.Assignment is not null) is not { } offer) return false;
        var cause = Resting.Cause(new OfferId(alertId, offer.No).ToString(), RestReason.Severe, clock.GetUtcNow(), told.Rest ?? RestRule.Default);
        // Said twice it is the same severe thing, and the rest does not grow.
        if (!_work.Debriefs.Any(d => d.Id == cause.Offer && d.Reason is RestReason.Severe)) await Keep(_work.Severe(cause));
        return true;
    }

    public Task Debriefed(string id) => Keep(_work.Debriefed(id));

    public Task DeclareConflicts(ImmutableArray<string> organisations, ImmutableArray<string> areas)
    {
        var known = _work.Declared ?? new Declared();
        return known.ConflictOrganisations.SequenceEqual(organisations) && known.ConflictAreas.SequenceEqual(areas)
            ? Task.CompletedTask
            : Keep(_work.Saying(known with { ConflictOrganisations = organisations, ConflictAreas = areas }));
    }

    public Task DeclareTravel(string area, TravelBand? band) => Keep(_work.Saying((_work.Declared ?? new Declared()).With(area, band, clock.GetUtcNow())));

    public Task<ImmutableArray<OfferSummary>> Offers() =>
        Task.FromResult<ImmutableArray<OfferSummary>>(
        [
            .. _told.Values
                .SelectMany(t => t.Offers.Where(o => o.State is OfferState.Open).Select(o => Telling.Summary(t, o, clock.GetUtcNow())))
                .OrderBy(o => o.OfferedAt).ThenBy(o => o.OfferId, StringComparer.Ordinal),
        ]);

    public Task<CodedOffer?> ByCode(string code) =>
        Task.FromResult(_told.Values
            .SelectMany(t => t.Offers.Where(o => o.ReplyCode == code).Select(o => (t.AlertId, Offer: o)))
            .OrderByDescending(o => o.Offer.State is OfferState.Open).ThenByDescending(o => o.Offer.At).ThenBy(o => o.AlertId, StringComparer.Ordinal)
            .Select(o => new CodedOffer(o.AlertId, o.Offer.No, o.Offer.State))
            .FirstOrDefault());

    public Task<ImmutableArray<AlertTold>> Assignments() =>
        Task.FromResult<ImmutableArray<AlertTold>>(
        [
            .. _told.Values
                .Where(t => t.Offers.Any(o => o.Assignment is { } a && (a.Active || a.ProgressAt > clock.GetUtcNow() - KeepEnded)))
                .OrderBy(t => t.RaisedAt),
        ]);

    public Task PutDevice(Device device) => Commit(Book.With(device));

    public Task RemoveDevice(string deviceId) => Commit(Book.Without(deviceId));

    public Task RetireDevice(Device dead)
    {
        var (before, after) = (Book, Book.Retire(dead));
        return before.Devices.Length == after.Devices.Length ? Task.CompletedTask : Commit(after);
    }

    public Task<ImmutableArray<Device>> Devices() => Task.FromResult(Book.Devices);

    private static bool Assigned(AlertTold? told) => told is not null && told.Offers.Any(o => o.Assignment is not null);

    private IServiceAreaGrain Area(string id) => GrainFactory.GetGrain<IServiceAreaGrain>(id);

    /// <summary>Those of the areas that still have her, by their rosters.</summary>
    private async Task<ImmutableArray<string>> Leave(string[] areas, DateTimeOffset? until, bool rosterHolds)
    {
        var stays = await Task.WhenAll(areas.Select(area => Area(area).OffDuty(Id, until, rosterHolds)));
        return [.. areas.Where((_, i) => stays[i])];
    }

    private RowChange Row(Workload work) => new(Tables.Workload, Id, WorkloadRow, work);

    private Task Serve(ImmutableArray<string> areas) => areas.SequenceEqual(_work.Areas) ? Task.CompletedTask : Keep(_work with { Areas = areas });

    private async Task Keep(Workload next)
    {
        if (ReferenceEquals(next, _work)) return;
        await rows.Write([Row(next)]);
        _work = next;
    }

    private DeviceBook Book => devices.State.Value ?? new DeviceBook();

    private Task Commit(DeviceBook next) => devices.Replace(next, DeactivateOnIdle);

    private void Know(AlertTold told)
    {
        Forget(told.AlertId);
        _told[told.AlertId] = told;
        foreach (var code in OpenCodes(told)) _codes[code] = _codes.GetValueOrDefault(code) + 1;
    }

    private void Forget(string alert)
    {
        if (!_told.Remove(alert, out var told)) return;
        foreach (var code in OpenCodes(told))
        {
            if (--_codes[code] == 0) _codes.Remove(code);
        }
    }

    private static IEnumerable<string> OpenCodes(AlertTold told) => told.Offers.Where(o => o.State is OfferState.Open).Select(o => o.ReplyCode);

    /// <summary>Alerts long over; only a few at a time, so that one call stays short.</summary>
    private string[] LongOver(string butNot)
    {
        var now = clock.GetUtcNow();
        if (now < _forgetAt) return [];
        var old = now - KeepEnded - KeepEnded;
        string[] over = [.. _told.Values.Where(t => t.AlertId != butNot && t.RaisedAt < old && !t.Offers.Any(o => o.State is OfferState.Open || o.Assignment is { Active: true }))
            .Take(ForgetAtOnce).Select(t => t.AlertId)];
        if (over.Length < ForgetAtOnce) _forgetAt = now + ForgetEvery;
        return over;
    }

    /// <summary>Two digits, unique among the person's open offers so that "OUI 42" names one of them; an offer keeps its code while it is free.</summary>
    private AlertTold WithCodes(AlertTold told, AlertTold? known)
    {
        HashSet<string>? given = null;
        var offers = ImmutableArray.CreateBuilder<ToldOffer>(told.Offers.Length);
        foreach (var offer in told.Offers)
        {
            var before = known?.Offers.FirstOrDefault(o => o.No == offer.No);
            // A code that was free is nobody else's while its offer stays open, and nobody answers with that of one that is not.
            var kept = before is { ReplyCode.Length: > 0 } && (before.State is OfferState.Open || offer.State is not OfferState.Open) ? before.ReplyCode : null;
            var code = kept ?? FreeCode(told.AlertId, offer.No, given ??= [.. (known?.Offers ?? []).Concat(offers).Select(o => o.ReplyCode)]);
            given?.Add(code);
            offers.Add(offer with { ReplyCode = code });
        }

        return told with { Offers = offers.MoveToImmutable() };
    }

    /// <param name="given">The codes that offers of this alert have or had; those of her open offers of other alerts are taken, too.</param>
    private string FreeCode(string alertId, int offer, HashSet<string> given)
    {
        var start = (Hash(alertId) + offer) % 90;
        for (var i = 0; ; i++)
        {
            // Two digits while there are any, then three and more.
            var code = (i < 90 ? 10 + ((start + i) % 90) : 10 + i).ToString(CultureInfo.InvariantCulture);
            if (!given.Contains(code) && !_codes.ContainsKey(code)) return code;
        }
    }

    /// <summary>FNV-1a: the same in every process, unlike string hash codes.</summary>
    private static int Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text) hash = (hash ^ c) * 16777619u;
        return (int)(hash & 0x7fffff);
    }
}
