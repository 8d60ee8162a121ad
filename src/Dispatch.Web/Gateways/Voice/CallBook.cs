using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Channels.Voice;
using Dispatch.Domain.Numbers;
using Dispatch.Domain.Responders;
using Dispatch.Grains.Rows;
using Dispatch.Web.Sealing;

namespace Dispatch.Web.Gateways.Voice;

/// <summary>
/// One row for all calls to one person about one thing, and one for her line, by which she is rung by one call at a time. On any host and after a crash they say who is meant
/// by what a gateway asks.
/// </summary>
internal sealed class CallBook(IRows rows, Macs macs, TimeProvider clock) : ICallBook
{
    /// <summary>Gateways report within minutes.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    private const string CallKey = "call";
    private const string LineKey = "line";
    private const string AliasKey = "alias";
    private const int LongestReference = 64;

    /// <summary>More at once than ever write one row.</summary>
    private const int MaxTries = 10;

    public async Task<CallRecord?> Find(string key, string recipient) => (await Read(Partition(key, recipient)))?.Value;

    /// <summary>Which call a gateway means; null where it is none of ours, or too old.</summary>
    public async Task<FoundCall?> Find(string gateway, CallEvent said)
    {
        var reference = said.Reference ?? (await rows.Read<CallPointer>(Tables.CallPointers, Alias(gateway, said.ExternalId ?? ""), AliasKey))?.Value.Call;
        if (reference is not { Length: <= LongestReference } || reference.LastIndexOf('.') is not (> 0 and var dot)) return null;
        if (!int.TryParse(reference.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var no)) return null;
        return await Read(reference[..dot]) is { Value: var record } && record.Attempt(no) is { } attempt ? new FoundCall(reference[..dot], no, record, attempt) : null;
    }

    public async Task<BegunCall?> Begin(CallSubject subject, PhoneNumber number, Device device)
    {
        var (partition, now) = (Partition(subject.Key, subject.Recipient), clock.GetUtcNow());
        var (row, line) = (await Read(partition), await Line(subject.Recipient));
        var other = line is { Value: var held } && held.Call != partition && held.Holds(now) ? held : null;
        if (other is not null && !(subject.Urgent && other.Yields)) return null;
        var yields = other is null ? null : await Ringing(other.Call, now);
        var record = row?.Value ?? new CallRecord { Recipient = subject.Recipient, Words = subject.Words, Language = subject.Language, OfferId = subject.OfferId, Round = subject.Round };
        var attempt = new CallAttempt
        {
            Reference = string.Create(CultureInfo.InvariantCulture, $"{partition}.{record.NextNo}"),
            Device = device.Id, DeviceAt = device.At, Number = macs.Number(number), At = now, Until = now + CallTimes.RingsAtMost,
        };
        var written = await rows.Write(
        [
            Pointer(subject.Recipient, LineKey, new CallPointer(partition, attempt.Until, Yields: !subject.Urgent), line?.ETag ?? RowChange.MustNotExist),
            Row(partition, record.With(record.NextNo, attempt), row?.ETag ?? RowChange.MustNotExist),
        ]);
        // Another host was quicker, with this call or another.
        return written.All(done => done) ? new BegunCall(subject.Key, subject.Recipient, record.NextNo, attempt.Reference, yields) : null;
    }

    /// <summary>What a gateway was told to ring, where it can still be told to stop.</summary>
    private async Task<YieldedCall?> Ringing(string partition, DateTimeOffset now) =>
        await Read(partition) is { Value.Attempts: [.., { Gateway: { } gateway } last] all } && last.Rings(now) ? new YieldedCall(partition, all.Length - 1, gateway, new RingingCall(last.Reference, last.ExternalId)) : null;

    public async Task Placed(BegunCall call, string gateway, string? externalId)
    {
        if (externalId is not null) await rows.Write([Pointer(Alias(gateway, externalId), AliasKey, new CallPointer(call.Reference, clock.GetUtcNow() + CallTimes.OverAfter), null)]);
        await Note(call, a => a with { Placed = true, Gateway = gateway, ExternalId = externalId });
    }

    public Task NotPlaced(BegunCall call) => Note(call, a => a.Placed ? a : a with { Until = clock.GetUtcNow() });

    public Task Over(BegunCall call, string why) => Note(call, a => a.Ended(why));

    public Task Over(YieldedCall call) => Note(call.Id, call.No, a => a.Ended("yielded"));

    /// <summary>Writes what is new of one attempt, and frees or holds her line by it.</summary>
    public async Task Note(string partition, int no, Func<CallAttempt, CallAttempt> change, string? answered = null)
    {
        for (var i = 0; i < MaxTries; i++)
        {
            if (await Read(partition) is not { } row || row.Value.Attempt(no) is not { } before) return;
            var after = change(before);
            var next = (after == before ? row.Value : row.Value.With(no, after)) with { Answered = row.Value.Answered ?? answered };
            if (next == row.Value) return;
            if (!(await rows.Write([Row(partition, next, row.ETag)]))[0]) continue;
            await Hold(row.Value.Recipient, partition, after);
            return;
        }

        throw new InvalidOperationException("A call's row changed too often to be written.");
    }

    private Task Note(BegunCall call, Func<CallAttempt, CallAttempt> change) => Note(Partition(call.Key, call.Recipient), call.No, change);

    /// <summary>Whoever talks is not rung; whoever has hung up may be at once. It is a courtesy: where it fails she hears a busy tone, or waits a moment longer.</summary>
    private async Task Hold(string recipient, string partition, CallAttempt attempt)
    {
        if (await Line(recipient) is not { Value: var held } line || held.Call != partition) return;
        var until = attempt.UnderWay(clock.GetUtcNow()) ? attempt.Until : default;
        if (until != held.Until) await rows.Write([Pointer(recipient, LineKey, held with { Until = until }, line.ETag)]);
    }

    private Task<StoredRow<CallRecord>?> Read(string partition) => rows.Read<CallRecord>(Tables.Calls, partition, CallKey);

    private Task<StoredRow<CallPointer>?> Line(string recipient) => rows.Read<CallPointer>(Tables.CallPointers, recipient, LineKey);

    private RowChange Row(string partition, CallRecord record, string ifMatch) => new(Tables.Calls, partition, CallKey, record, clock.GetUtcNow() + KeptFor, ifMatch);

    private RowChange Pointer(string partition, string key, CallPointer pointer, string? ifMatch) => new(Tables.CallPointers, partition, key, pointer, clock.GetUtcNow() + KeptFor, ifMatch);

    private string Partition(string key, string recipient) => macs.Text($"call\0{key}\0{recipient}");

    private static string Alias(string gateway, string externalId) => $"{gateway}:{externalId}";
}

/// <param name="Id">Of all calls to her about it.</param>
/// <param name="No">Which of them.</param>
internal sealed record FoundCall(string Id, int No, CallRecord Record, CallAttempt Attempt);

/// <summary>Which call has a person's line, or is known to a gateway under its own id.</summary>
/// <param name="Yields">It is not urgent: one that is takes the line from it.</param>
internal sealed record CallPointer(string Call, DateTimeOffset Until, bool Yields = false)
{
    public const int CurrentSchema = 1;
    public int SchemaVersion { get; init; } = CurrentSchema;

    /// <summary>Longer than any call is held was written by a clock that is wrong.</summary>
    public bool Holds(DateTimeOffset now) => Until > now && Until <= now + CallTimes.TalksAtMost;
}
