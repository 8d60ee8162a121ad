using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Responders;
using Dispatch.Web.Responders;
using Orleans;

namespace Dispatch.Web.Gateways;

/// <summary>What a network says became of a text. Doubled, late and reordered reports change nothing that is known already.</summary>
internal sealed class TextReports(SmsReferences references, ReceiptDesk receipts, DeadNumbers dead, IGrainFactory grains, TimeProvider clock)
{
    public async Task Take(string gateway, TextReport report)
    {
        // Not ours, or too old: the gateway need not say it again.
        if (await references.Find(gateway, report) is not ({ } reference, { Recipient: { } recipient } row)) return;
        switch (report.Fate)
        {
            case TextFate.Delivered:
                if (OfferId.TryParse(row.OfferId, out var offer))
                {
                    await receipts.Record(offer.Alert, new Receipt(offer.No, recipient, ChannelKind.Sms, ReceiptState.Delivered, clock.GetUtcNow(), row.Round));
                }

                await references.Delivered(reference, row);
                break;
            case TextFate.Dead or TextFate.Undelivered:
                if (await references.Failed(reference, row) is { Delivered: false } failed) await Failed(recipient, failed, report.Fate);
                break;
            default:
                throw new System.Diagnostics.UnreachableException($"fate {report.Fate}");
        }
    }

    private async Task Failed(string recipient, TextRow text, TextFate fate)
    {
        var hers = await grains.GetGrain<IResponderGrain>(recipient).Devices();
        if (fate is TextFate.Dead) await dead.Retire(recipient, text.Device!, text.DeviceAt);
        if (!OfferId.TryParse(text.OfferId, out var offer) || await references.MayArrive(text, hers)) return;
        await grains.GetGrain<IAlertGrain>(offer.Alert).Lost(new LostChannel(offer.No, recipient, ChannelKind.Sms, "undelivered", text.Round));
    }
}
