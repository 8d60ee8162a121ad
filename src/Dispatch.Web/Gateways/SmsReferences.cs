using Dispatch.Channels.Sms;
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

    private const string Key = "text";

    public async Task<string> Issue(SmsSubject subject)
    {
        var reference = macs.Text($"{subject.Key}\0{subject.Recipient}\0{subject.Device.Id}\0{subject.Device.At.UtcTicks}");
        var row = new TextRow { Recipient = subject.Recipient, Device = subject.Device.Id, DeviceAt = subject.Device.At, OfferId = subject.OfferId, Round = subject.Round };
        await Task.WhenAny(Keep(reference, row, RowChange.MustNotExist), Task.Delay(KeepWithin, clock));
        return reference;
    }

    public void Accepted(string gateway, string externalId, string reference) => _ = Keep(Alias(gateway, externalId), new TextRow { Reference = reference }, null);

    public async Task<(string Reference, TextRow Row)?> Find(string gateway, TextReport report)
    {
        var reference = report.Reference ?? (await rows.Read<TextRow>(Tables.Texts, Alias(gateway, report.ExternalId ?? ""), Key))?.Value.Reference;
        return reference is not null && await rows.Read<TextRow>(Tables.Texts, reference, Key) is { Value: var row } ? (reference, row) : null;
    }

    /// <summary>From here on nothing that is reported of it retires its number: what says so was overtaken on its way.</summary>
    public Task Delivered(string reference, TextRow row) =>
        row.Delivered ? Task.CompletedTask : rows.Write([new RowChange(Tables.Texts, reference, Key, row with { Delivered = true }, Until)]);

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
    public string? Recipient { get; init; }
    public string? Device { get; init; }
    public DateTimeOffset DeviceAt { get; init; }
    public string? OfferId { get; init; }
    public int Round { get; init; }
    public bool Delivered { get; init; }
}
