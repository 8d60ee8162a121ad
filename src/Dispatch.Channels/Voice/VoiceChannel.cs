using System.Collections.Immutable;
using System.Diagnostics;
using Dispatch.Channels.Devices;
using Dispatch.Channels.Gateways;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Numbers;
using Microsoft.Extensions.Logging;

namespace Dispatch.Channels.Voice;

/// <summary>
/// Calls to the numbers on which she allowed them, one at a time. A gateway that took a call has reached nobody: until somebody picks up the notice stays owed, so that the
/// alert itself, which asks again and looks before each time, makes the next attempt. Nothing is lost with a host, and the number of attempts is bounded.
/// </summary>
public sealed class VoiceChannel(GatewayRoutes<VoiceCall> routes, VoiceGateways gateways, IDeviceAddresses devices, ICallBook calls, TimeProvider clock, ILogger<VoiceChannel> log) : IChannel, ITestsDevices
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterAnotherCall = TimeSpan.FromSeconds(5);

    public ChannelKind Kind => ChannelKind.Voice;

    public Task<DeliveryResult> Send(Notice notice, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(notice);
        if (VoiceWord.Of(notice) is not { } word) return Task.FromResult<DeliveryResult>(new DeliveryResult.Never("onlyOnPages"));
        // Away from the caller's scheduler: a thousand requests would hold up everything else of that alert.
        return Task.Run(() => Send(notice, word, deadline), CancellationToken.None);
    }

    public async Task<DeliveryResult> Test(string responder, ReachableDevice device, string testId, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (!PhoneNumber.TryParse(device.Address.Number, out var number)) return new DeliveryResult.Never("invalidNumber");
        var word = VoiceWord.Test(testId);
        var subject = new CallSubject(word.Once, responder, word.Text!, device.Address.Language, Urgent: word.Urgent);
        if (await calls.Begin(subject, number, device.Device).WaitAsync(deadline) is not { } call) return new DeliveryResult.Later(AfterAnotherCall, "onThePhone");
        var rung = await Ring(call, number, word.Urgent, device, numbers: 1, deadline);
        return rung is DeliveryResult.Later { Partly: true } ? new DeliveryResult.Sent() : rung;
    }

    private async Task<DeliveryResult> Send(Notice notice, VoiceWord word, CancellationToken deadline)
    {
        DeliveryResult ended = word.Ends is { } about ? await HangUp(about, notice.Recipient, deadline) : new DeliveryResult.Sent();
        if (word.Text is not { } text || ended is DeliveryResult.Later) return ended;
        return await Ring(notice, word, text, deadline);
    }

    /// <summary>What rings for nothing is ended where the gateway can. Where it cannot, whoever picks up hears that it is over.</summary>
    private async Task<DeliveryResult> HangUp(string about, string recipient, CancellationToken deadline)
    {
        var record = await calls.Find(about, recipient).WaitAsync(deadline);
        if (record is not { Attempts: [.., { Gateway: { } name } last] } || !last.Rings(clock.GetUtcNow()) || gateways.Of(name) is not { } gateway) return new DeliveryResult.Never("doesNotRing");
        var call = new BegunCall(about, recipient, record.Attempts.Length - 1, last.Reference);
        switch (await gateway.HangUp(new RingingCall(call.Reference, last.ExternalId), deadline))
        {
            case GatewayOutcome.Accepted:
                await calls.Over(call, "takenBack");
                return new DeliveryResult.Sent();
            case GatewayOutcome.Later later:
                return new DeliveryResult.Later(later.RetryAfter, later.Why);
            default:
                return new DeliveryResult.Never("cannotHangUp");
        }
    }

    private async Task<DeliveryResult> Ring(Notice notice, VoiceWord word, string text, CancellationToken deadline)
    {
        var (record, now) = (await calls.Find(word.Once, notice.Recipient).WaitAsync(deadline), clock.GetUtcNow());
        if (record is { Heard: true }) return new DeliveryResult.Sent();
        if (record?.Attempts is [.., var last] && last.UnderWay(now)) return new DeliveryResult.Later(last.Until - now, "rings", Partly: last.Placed);
        if (record is { UsedUp: true }) return new DeliveryResult.Never("noAnswer");

        var numbers = Numbers(await devices.Of(notice.Recipient, Kind, deadline));
        if (numbers.IsEmpty) return new DeliveryResult.Never("noDevice");
        // Whoever has two phones is rung on the one after the other.
        var (device, number) = numbers[(record?.NextNo ?? 0) % numbers.Length];
        var subject = new CallSubject(word.Once, notice.Recipient, text, device.Address.Language, word.Asks ? notice.OfferId : null, word.Asks ? OfferNotice.RoundOf(notice) : 0, word.Urgent);
        if (await calls.Begin(subject, number, device.Device).WaitAsync(deadline) is not { } call) return new DeliveryResult.Later(AfterAnotherCall, "onThePhone");
        var ended = call.Yields is { } other ? MakeRoom(other, deadline) : Task.CompletedTask;
        var rung = await Ring(call, number, word.Urgent, device, numbers.Length, deadline);
        await ended;
        return rung;
    }

    /// <summary>Beside the urgent call, which does not wait for it: where the other cannot be ended she hears a second call, or the next attempt finds her free.</summary>
    private async Task MakeRoom(YieldedCall other, CancellationToken deadline)
    {
        if (gateways.Of(other.Gateway) is { } gateway && await gateway.HangUp(other.Call, deadline) is GatewayOutcome.Accepted) await calls.Over(other);
    }

    private async Task<DeliveryResult> Ring(BegunCall call, PhoneNumber number, bool urgent, ReachableDevice device, int numbers, CancellationToken deadline)
    {
        var routed = await routes.Send(new VoiceCall(number, call.Reference, urgent), deadline);
        switch (routed.Outcome)
        {
            case GatewayOutcome.Accepted accepted:
                await calls.Placed(call, routed.Gateway!, accepted.ExternalId);
                return new DeliveryResult.Later(CallTimes.RingsAtMost, "rings", Partly: true);
            case GatewayOutcome.Later later:
                await calls.NotPlaced(call);
                return new DeliveryResult.Later(later.RetryAfter, later.Why);
            case GatewayOutcome.WrongNumber wrong:
                await calls.Over(call, wrong.Why);
                devices.Dead(call.Recipient, device.Device);
                return numbers > 1 ? new DeliveryResult.Later(Soon, wrong.Why) : new DeliveryResult.Never(wrong.Why);
            case GatewayOutcome.Refused refused:
                await calls.NotPlaced(call);
                log.LogError("No gateway takes calls for the country {Country}: {Why}", number.Country, refused.Why);
                return new DeliveryResult.Never(refused.Why);
            default:
                throw new UnreachableException("call outcome");
        }
    }

    private static ImmutableArray<(ReachableDevice Device, PhoneNumber Number)> Numbers(ImmutableArray<ReachableDevice> hers) =>
    [
        .. hers.SelectMany(d => PhoneNumber.TryParse(d.Address.Number, out var number) ? new[] { (Device: d, Number: number) } : []).DistinctBy(d => d.Number),
    ];
}
