using Dispatch.Channels.Sms;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Responders;
using Dispatch.Grains.Rows;
using Dispatch.Web.Sealing;

namespace Dispatch.Web.Gateways;

/// <summary>One row for each text that left, until nobody reports on it any more.</summary>
internal sealed class SmsReferences(IRows rows, Macs macs, TimeProvider clock, ILogger<SmsReferences> log) : ISmsReferences
{
    /// <summary>Networks try for a day or two.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(3);

    /// <summary>A text waits no longer for its row. Without it the text still goes out, and its report finds nothing.</summary>
    private static readonly TimeSpan KeepWithin = TimeSpan.FromMilliseconds(250);

    /// <summary>In all less than gateways wait for an answer.</summary>
    private static readonly TimeSpan[] LookAgainAfter = [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)];

    private const string Key = "text";

    public async Task<string> Issue(SmsSubject subject)
    {
        var reference = ReferenceOf(subject.Key, subject.Recipient, subject.Device.Id, subject.Device.At);
        var row = new TextRow { Key = subject.Key, Recipient = subject.Recipient, Device = subject.Device.Id, DeviceAt = subject.Device.At, OfferId = subject.OfferId, Round = subject.Round };
        await Task.WhenAny(Keep(reference, row, RowChange.MustNotExist), Task.Delay(KeepWithin, clock));
        return reference;
    }

    public void Accepted(string gateway, string externalId, string reference) => _ = Keep(Alias(gateway, externalId), new TextRow { Reference = reference }, null);

    /// <summary>A network can be quicker than our own store, which is told of a text beside its sending: what is not there yet is looked for again before it counts as none of ours.</summary>
    public async Task<(string Reference, TextRow Row)?> Find(string gateway, TextReport report)
    {
        foreach (var wait in LookAgainAfter)
        {
            if (await Known(gateway, report) is { } known) return known;
            await Task.Delay(wait, clock);
        }

        return await Known(gateway, report);
    }

    private async Task<(string Reference, TextRow Row)?> Known(string gateway, TextReport report)
    {
        var reference = report.Reference ?? (await rows.Read<TextRow>(Tables.Texts, Alias(gateway, report.ExternalId ?? ""), Key))?.Value.Reference;
        return reference is not null && await rows.Read<TextRow>(Tables.Texts, reference, Key) is { Value: var row } ? (reference, row) : null;
    }

    /// <summary>What is known of a text to this device of hers; null where nothing is, or no more.</summary>
    public async Task<TextRow?> Find(string key, string recipient, string device, DateTimeOffset registeredAt) =>
        (await rows.Read<TextRow>(Tables.Texts, ReferenceOf(key, recipient, device, registeredAt), Key))?.Value;

    /// <summary>From here on nothing that is reported of it retires its number: what says so was overtaken on its way.</summary>
    public Task Delivered(string reference, TextRow row) =>
        row.Delivered ? Task.CompletedTask : rows.Write([new RowChange(Tables.Texts, reference, Key, row with { Delivered = true, DeliveredAt = clock.GetUtcNow() }, Until)]);

    /// <summary>This text will not arrive. Gives the row as it is then known; what was delivered stays so.</summary>
    public async Task<TextRow> Failed(string reference, TextRow row)
    {
        if (row.Delivered || row.Failed) return row;
        var failed = row with { Failed = true };
        await rows.Write([new RowChange(Tables.Texts, reference, Key, failed, Until)]);
        return failed;
    }

    /// <summary>Whether the same went to another of these numbers of hers, and may still arrive there.</summary>
    public async Task<bool> MayArrive(TextRow text, IEnumerable<Device> devices)
    {
        if (text is not { Key: { } key, Recipient: { } recipient }) return false;
        foreach (var device in devices.Where(d => d.Kind is ChannelKind.Sms))
        {
            if (await rows.Read<TextRow>(Tables.Texts, ReferenceOf(key, recipient, device.Id, device.At), Key) is { Value.Failed: false }) return true;
        }

        return false;
    }

    private string ReferenceOf(string key, string recipient, string device, DateTimeOffset registeredAt) => macs.Text($"{key}\0{recipient}\0{device}\0{registeredAt.UtcTicks}");

    private DateTimeOffset Until => clock.GetUtcNow() + KeptFor;

    private static string Alias(string gateway, string externalId) => $"{gateway}:{externalId}";

    private async Task Keep(string partition, TextRow row, string? ifMatch)
    {
        try
        {
            await rows.Write([new RowChange(Tables.Texts, partition, Key, row, Until, ifMatch)]);
        }
#pragma warning disable CA1031 // A report that finds nothing costs a fact; a text that does not leave costs more.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("A text's reference could not be kept: {Failure}", failure.GetType().Name);
        }
    }
}

/// <summary>Whom a text went to, and for which offer; or, under a gateway's own id, only our reference.</summary>
internal sealed record TextRow
{
    public const int CurrentSchema = 1;

    public int SchemaVersion { get; init; } = CurrentSchema;
    public string? Reference { get; init; }

    /// <summary>What was sent, as in <see cref="SmsSubject"/>.</summary>
    public string? Key { get; init; }
    public string? Recipient { get; init; }
    public string? Device { get; init; }
    public DateTimeOffset DeviceAt { get; init; }
    public string? OfferId { get; init; }
    public int Round { get; init; }
    public bool Delivered { get; init; }

    /// <summary>When its report came.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }
    public bool Failed { get; init; }
}
