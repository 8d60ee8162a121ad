using System.Diagnostics;
using Dispatch.Channels.Devices;
using Dispatch.Channels.Gateways;
using Dispatch.Channels.Words;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Numbers;
using Microsoft.Extensions.Logging;

namespace Dispatch.Channels.Sms;

/// <summary>
/// Texts to her numbers. Each number is a send and an outcome of its own; a notice is tried again only for those that it has not reached. Taken by a gateway does not
/// mean arrived: only the network's report says that.
/// </summary>
public sealed class SmsChannel(GatewayRoutes<SmsMessage> routes, IDeviceAddresses devices, ISmsReferences references, TimeProvider clock, ILogger<SmsChannel> log) : IChannel, ITestsDevices
{
    private const int MaxTexts = 5_000;

    // Also what went through: the same words may be asked for again under another notice, and a phone shows every text.
    private readonly DeviceLedger _ledger = new(clock, MaxTexts, keepsThrough: true);

    public ChannelKind Kind => ChannelKind.Sms;

    public Task<DeliveryResult> Send(Notice notice, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(notice);
        if (SmsWord.Of(notice) is not { } word) return Task.FromResult<DeliveryResult>(new DeliveryResult.Never("onlyOnPages"));
        // Away from the caller's scheduler: a thousand requests would hold up everything else of that alert.
        return Task.Run(() => ToNumbers(notice, word, deadline), CancellationToken.None);
    }

    public Task<DeliveryResult> Test(string responder, ReachableDevice device, string testId, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(device);
        return ToNumber(responder, SmsWord.Test(testId), null, device, deadline);
    }

    private async Task<DeliveryResult> ToNumbers(Notice notice, SmsWord word, CancellationToken deadline)
    {
        var hers = await devices.Of(notice.Recipient, Kind, deadline);
        return await _ledger.Send(word.Once, hers, Key, async due => [.. await Task.WhenAll(due.Select(device => ToNumber(notice.Recipient, word, notice.OfferId, device, deadline)))]);
    }

    private async Task<DeliveryResult> ToNumber(string recipient, SmsWord word, string? offerId, ReachableDevice device, CancellationToken deadline)
    {
        if (!PhoneNumber.TryParse(device.Address.Number, out var number)) return new DeliveryResult.Never("invalidNumber");
        var reference = await references.Issue(new SmsSubject(word.Once, recipient, device.Device, word.Round is null ? null : offerId, word.Round ?? 0));
        var text = Wordings.Approved.Of(device.Address.Language, word.Text, word.Code);
        var routed = await routes.Send(new SmsMessage(number, text, reference, word.Urgent), deadline);
        switch (routed.Outcome)
        {
            case GatewayOutcome.Accepted accepted:
                if (accepted.ExternalId is { } id && id != reference) references.Accepted(routed.Gateway!, id, reference);
                return new DeliveryResult.Sent(accepted.ExternalId);
            case GatewayOutcome.Later later:
                return new DeliveryResult.Later(later.RetryAfter, later.Why);
            case GatewayOutcome.WrongNumber wrong:
                devices.Dead(recipient, device.Device);
                return new DeliveryResult.Never(wrong.Why);
            case GatewayOutcome.Refused refused:
                log.LogError("No gateway takes texts for the country {Country}: {Why}", number.Country, refused.Why);
                return new DeliveryResult.Never(refused.Why);
            default:
                throw new UnreachableException("sms outcome");
        }
    }

    /// <summary>A number that was registered anew is another one.</summary>
    private static string Key(ReachableDevice device) => $"{device.Device.Id}@{device.Device.At.UtcTicks}";
}
