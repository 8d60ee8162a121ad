using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Grains.Alerts;
using Dispatch.Web.Responders;

namespace Dispatch.Web.Gateways;

/// <summary>What a network says became of a text. Doubled, late and reordered reports change nothing that is known already.</summary>
internal sealed class TextReports(SmsReferences references, ReceiptDesk receipts, DeadNumbers dead, TimeProvider clock)
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
            case TextFate.Dead when !row.Delivered:
                await dead.Retire(recipient, row.Device!, row.DeviceAt);
                break;
            case TextFate.Dead:
                break;
            default:
                throw new System.Diagnostics.UnreachableException($"fate {report.Fate}");
        }
    }
}
