using System.Collections.Immutable;
using Dispatch.Channels.Devices;
using Dispatch.Domain.Channels;
using FirebaseAdmin.Messaging;
using Microsoft.Extensions.Logging;

namespace Dispatch.Channels.Fcm;

/// <summary>
/// Native push to her phones through Firebase Cloud Messaging. Each phone is a send and an outcome of its own; the notice is tried again only for those that it
/// has not reached. Handed to Google does not mean arrived: only the app's receipt says that.
/// </summary>
public sealed class FcmChannel(FcmAccount account, IDeviceAddresses devices, TimeProvider clock, ILogger<FcmChannel> log) : IChannel, ITestsDevices
{
    /// <summary>Less than an attempt may take in all, so that a phone that stalls does not hide what became of the others.</summary>
    public static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(2.5);

    private readonly DeviceLedger _ledger = new(clock);

    public ChannelKind Kind => ChannelKind.Fcm;

    public Task<DeliveryResult> Send(Notice notice, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(notice);
        if (!PushData.Carries(notice.Kind)) return Task.FromResult<DeliveryResult>(new DeliveryResult.Never("onlyOnPages"));
        // Away from the caller's scheduler: signing and writing messages would hold up everything else of that alert.
        return Task.Run(() => ToDevices(notice, deadline), CancellationToken.None);
    }

    public async Task<DeliveryResult> Test(string responder, ReachableDevice device, string testId, CancellationToken deadline) =>
        (await Attempt(responder, [device], d => FcmMessage.OfTest(testId, Token(d)), deadline)).Single();

    private async Task<DeliveryResult> ToDevices(Notice notice, CancellationToken deadline)
    {
        var hers = await devices.Of(notice.Recipient, Kind, deadline);
        return await _ledger.Send(notice.Id, hers, Token, due => Attempt(notice.Recipient, due, d => FcmMessage.Of(notice, Token(d)), deadline));
    }

    /// <summary>One call, one HTTP request per phone. The library turns every failure into that phone's own answer, the deadline's too.</summary>
    private async Task<ImmutableArray<DeliveryResult>> Attempt(string responder, ImmutableArray<ReachableDevice> due, Func<ReachableDevice, Message> message, CancellationToken deadline)
    {
        using var within = new CancellationTokenSource(SendWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(within.Token, deadline);
        var batch = await account.Messaging.SendEachAsync(due.Select(message), either.Token);
        return [.. due.Zip(batch.Responses, (device, response) => Noted(responder, device, FcmOutcome.Of(response, clock.GetUtcNow(), either.IsCancellationRequested)))];
    }

    private DeliveryResult Noted(string responder, ReachableDevice device, FcmOutcome outcome)
    {
        if (outcome.Dead) devices.Dead(responder, device.Device);
        if (outcome.Why is { } why) log.LogWarning("A push was not taken: {Why}", why);
        return outcome.Result;
    }

    private static string Token(ReachableDevice device) => device.Address.Token ?? throw new InvalidOperationException("A device of this kind has a token.");
}
