using System.Collections.Immutable;
using Dispatch.Channels.Devices;
using Dispatch.Domain.Channels;
using Microsoft.Extensions.Logging;

namespace Dispatch.Channels.WebPush;

/// <summary>
/// Push to her browsers, open or closed, through whatever service each of them uses. Each browser is a send and an outcome of its own; the notice is tried again only
/// for those that it has not reached. Handed over does not mean arrived: only the browser's receipt says that.
/// </summary>
public sealed class WebPushChannel(WebPushAccount account, IDeviceAddresses devices, TimeProvider clock, ILogger<WebPushChannel> log) : IChannel, ITestsDevices, IDisposable
{
    /// <summary>Less than an attempt may take in all, so that a service that stalls does not hide what became of the others.</summary>
    public static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(2.5);

    /// <summary>At once, from this host. Whoever waits behind them waits within her own deadline and is tried again.</summary>
    private const int MaxInFlight = 256;

    private readonly DeviceLedger _ledger = new(clock);
    private readonly SemaphoreSlim _places = new(MaxInFlight);

    public ChannelKind Kind => ChannelKind.WebPush;

    public Task<DeliveryResult> Send(Notice notice, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(notice);
        if (!PushData.Carries(notice.Kind)) return Task.FromResult<DeliveryResult>(new DeliveryResult.Never("onlyOnPages"));
        // Away from the caller's scheduler: encrypting would hold up everything else of that alert.
        return Task.Run(() => ToDevices(notice, deadline), CancellationToken.None);
    }

    public Task<DeliveryResult> Test(string responder, ReachableDevice device, string testId, CancellationToken deadline) =>
        Attempt(responder, device, WebPushMessage.OfTest(testId), deadline);

    public void Dispose() => _places.Dispose();

    private async Task<DeliveryResult> ToDevices(Notice notice, CancellationToken deadline)
    {
        var hers = await devices.Of(notice.Recipient, Kind, deadline);
        var message = WebPushMessage.Of(notice);
        return await _ledger.Send(notice.Id, hers, Endpoint, async due => [.. await Task.WhenAll(due.Select(device => Attempt(notice.Recipient, device, message, deadline)))]);
    }

    private async Task<DeliveryResult> Attempt(string responder, ReachableDevice device, WebPushMessage message, CancellationToken deadline)
    {
        using var within = new CancellationTokenSource(SendWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(within.Token, deadline);
        return Noted(responder, device, await Try(device, message, either.Token));
    }

    private async Task<WebPushOutcome> Try(ReachableDevice device, WebPushMessage message, CancellationToken cancel)
    {
        // Kept by an older program, or by one that may call other machines. Its page registers it anew; nobody said that it is dead.
        using var subscription = PushSubscription.Read(device.Address, account.Reach);
        if (subscription is null) return new WebPushOutcome(new DeliveryResult.Never("unusable"));
        var placed = false;
        try
        {
            await _places.WaitAsync(cancel);
            placed = true;
            using var answer = await account.Send(message, subscription, cancel);
            return WebPushOutcome.Of(answer, clock.GetUtcNow());
        }
#pragma warning disable CA1031 // Whatever the far side does, it becomes that browser's own outcome and no other's.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return WebPushOutcome.Of(failure, cancel.IsCancellationRequested);
        }
        finally
        {
            if (placed) _places.Release();
        }
    }

    private DeliveryResult Noted(string responder, ReachableDevice device, WebPushOutcome outcome)
    {
        if (outcome.Dead) devices.Dead(responder, device.Device);
        if (outcome.Alarm) log.LogError("A push service refuses what this host sends, and will for others: {Why}", outcome.Why);
        else if (outcome.Why is { } why) log.LogWarning("A push was not taken: {Why}", why);
        return outcome.Result;
    }

    private static string Endpoint(ReachableDevice device) => device.Address.Endpoint ?? throw new InvalidOperationException("A device of this kind has an endpoint.");
}
