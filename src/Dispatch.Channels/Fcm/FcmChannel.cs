using System.Collections.Immutable;
using Dispatch.Channels.Devices;
using Dispatch.Domain.Channels;
using Microsoft.Extensions.Logging;

namespace Dispatch.Channels.Fcm;

/// <summary>
/// Native push to her phones through Firebase Cloud Messaging. Each phone is a send and an outcome of its own; the notice is tried again only for those that it
/// has not reached. Handed to Google does not mean arrived: only the app's receipt says that.
/// </summary>
public sealed class FcmChannel(FcmAccount account, IDeviceAddresses devices, TimeProvider clock, ILogger<FcmChannel> log) : IChannel
{
    /// <summary>Less than an attempt may take in all, so that a phone that stalls does not hide what became of the others.</summary>
    public static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(2.5);

    private readonly FcmLedger _ledger = new();

    public ChannelKind Kind => ChannelKind.Fcm;

    public Task<DeliveryResult> Send(Notice notice, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(notice);
        if (!FcmMessage.Carries(notice.Kind)) return Task.FromResult<DeliveryResult>(new DeliveryResult.Never("onlyOnPages"));
        // Away from the caller's scheduler: signing and writing messages would hold up everything else of that alert.
        return Task.Run(() => ToDevices(notice, deadline), CancellationToken.None);
    }

    private async Task<DeliveryResult> ToDevices(Notice notice, CancellationToken deadline)
    {
        var hers = await devices.Of(notice.Recipient, Kind, deadline);
        var (before, now) = (_ledger.Of(notice.Id), clock.GetUtcNow());
        var due = hers.Where(d => before.GetValueOrDefault(Token(d)) is not { } tried || (tried.Owed && tried.NotBefore <= now)).ToImmutableArray();
        var after = due.IsEmpty ? before : before.SetItems(await Attempt(notice, due, deadline));
        return Conclude(notice.Id, after, [.. hers.Select(d => after[Token(d)])]);
    }

    /// <summary>One call, one HTTP request per phone. The library turns every failure into that phone's own answer, the deadline's too.</summary>
    private async Task<IEnumerable<KeyValuePair<string, Tried>>> Attempt(Notice notice, ImmutableArray<ReachableDevice> due, CancellationToken deadline)
    {
        using var within = new CancellationTokenSource(SendWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(within.Token, deadline);
        var batch = await account.Messaging.SendEachAsync(due.Select(d => FcmMessage.Of(notice, Token(d))), either.Token);
        return [.. due.Zip(batch.Responses, (device, response) => KeyValuePair.Create(Token(device), Noted(notice, device, FcmOutcome.Of(response, clock.GetUtcNow(), either.IsCancellationRequested))))];
    }

    private Tried Noted(Notice notice, ReachableDevice device, FcmOutcome outcome)
    {
        if (outcome.Dead) devices.Dead(notice.Recipient, device.Device);
        if (outcome.Why is { } why) log.LogWarning("A push was not taken: {Why}", why);
        return new Tried(outcome.Result, outcome.Result is DeliveryResult.Later later ? clock.GetUtcNow() + later.RetryAfter : default);
    }

    private DeliveryResult Conclude(string notice, ImmutableDictionary<string, Tried> all, ImmutableArray<Tried> hers)
    {
        var sent = hers.Select(t => t.Result).OfType<DeliveryResult.Sent>().FirstOrDefault();
        if (hers.Where(t => t.Owed).MinBy(t => t.NotBefore) is { Result: DeliveryResult.Later later } next)
        {
            _ledger.Keep(notice, all);
            var wait = next.NotBefore - clock.GetUtcNow();
            return later with { RetryAfter = wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Partly = sent is not null };
        }

        _ledger.Close(notice);
        return sent ?? hers.FirstOrDefault()?.Result ?? new DeliveryResult.Never("noDevice");
    }

    private static string Token(ReachableDevice device) => device.Address.Token ?? throw new InvalidOperationException("A device of this kind has a token.");
}
