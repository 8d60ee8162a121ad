using System.Buffers.Text;
using Dispatch.Channels.Devices;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Responders;
using Dispatch.Grains.Responders;
using Dispatch.Grains.Rows;
using Dispatch.Web.Audit;
using Dispatch.Web.Gateways.Testing;
using Dispatch.Web.Hosting;
using Orleans;

namespace Dispatch.Web.Push.Testing;

/// <summary>
/// "Does my phone ring?" Sends a test to one device on its own channel and remembers when it went and when the phone said that it came. In two rows per device, so that
/// the phone may answer before the sender has heard that it was taken, and on another host. A number says nothing itself: there the network does (<see cref="NumberTests"/>).
/// </summary>
internal sealed class DeviceTester(IGrainFactory grains, IDeviceAddresses devices, IEnumerable<IChannel> channels, NumberTests numbers, IRows rows, IAudit audit, IIds ids, TimeProvider clock)
{
    /// <summary>A push costs the phone battery and its service patience.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(3);

    /// <summary>Two each of more devices than anybody has; those of devices that she removed go when there are more.</summary>
    private const int MaxKept = 32;
    private const int MaxRead = 4 * MaxKept;
    private const string SentEnd = ".sent";

    private readonly Dictionary<ChannelKind, ITestsDevices> _testers = channels.OfType<ITestsDevices>().ToDictionary(c => c.Kind);

    public async Task<DeviceTestStarted> Start(string account, string deviceId)
    {
        if ((await grains.GetGrain<IResponderGrain>(account).Devices()).FirstOrDefault(d => d.Id == deviceId) is not { } device) return new DeviceTestStarted.NoDevice();
        if (!_testers.TryGetValue(device.Kind, out var channel)) return new DeviceTestStarted.NoChannel();
        var (now, kept) = (clock.GetUtcNow(), await Kept(account));
        if (Wait(kept, now) is { } wait) return new DeviceTestStarted.TooSoon(wait);
        var number = NumberTests.Of(device);
        if (number is not null && await numbers.Claim(account) is { } longer) return new DeviceTestStarted.TooSoon(longer);
        var test = new DeviceTestRow(Base64Url.EncodeToString(ids.NewBytes(16)), now, Number: number);
        await audit.Write(account, "device.test", subject: deviceId, detail: device.Kind.ToString());
        // Two that were asked for at the same moment are one.
        if (!await Claim(account, deviceId, test, kept)) return new DeviceTestStarted.TooSoon(Between);
        if (WhyNot(await Send(channel, account, device, test.TestId)) is { } why) await rows.Write([new RowChange(Tables.Tenant, Partition(account), Sent(deviceId), test with { Why = why })]);
        return new DeviceTestStarted.Started(test.TestId);
    }

    /// <summary>False when no such test of hers is known. Saying it twice changes nothing.</summary>
    public async Task<bool> Received(string account, string testId)
    {
        if (await Find(account, testId) is not { } found) return false;
        if (found.Received is not null) return true;
        await rows.Write([new RowChange(Tables.Tenant, Partition(account), Answered(found.Device), new DeviceTestRow(testId, clock.GetUtcNow()))]);
        return true;
    }

    public async Task<DeviceTestBody?> Look(string account, string testId)
    {
        if (await Find(account, testId) is not var (_, sent, received)) return null;
        var fate = sent is { Why: null, Number: { } number } ? await numbers.Fate(account, testId, number) : null;
        if ((received?.At ?? fate?.ReachedAt) is { } at) return new DeviceTestBody(testId, DeviceTestState.Received, sent.At, at, Math.Max(0, (long)(at - sent.At).TotalMilliseconds), null);
        var why = sent.Why ?? fate?.Why;
        return new DeviceTestBody(testId, why is null ? DeviceTestState.Sent : DeviceTestState.Failed, sent.At, null, null, why);
    }

    /// <summary>How long until the next one, whichever of her devices the last one went to. A time that lies ahead was written by a clock that is wrong, and binds nobody.</summary>
    private static TimeSpan? Wait(IReadOnlyList<StoredRow<DeviceTestRow>> kept, DateTimeOffset now) =>
        kept.Where(row => row.Key.EndsWith(SentEnd, StringComparison.Ordinal) && row.Value.At <= now && row.Value.At > now - Between).Select(row => (TimeSpan?)(row.Value.At + Between - now)).Max();

    private async Task<bool> Claim(string account, string deviceId, DeviceTestRow test, IReadOnlyList<StoredRow<DeviceTestRow>> kept)
    {
        var key = Sent(deviceId);
        var old = kept.Count > MaxKept ? kept.Where(row => row.Key != key) : [];
        var written = await rows.Write(
        [
            new RowChange(Tables.Tenant, Partition(account), key, test, IfMatch: kept.FirstOrDefault(row => row.Key == key)?.ETag ?? RowChange.MustNotExist),
            .. old.Select(row => new RowChange(Tables.Tenant, row.Partition, row.Key, null)),
        ]);
        return written[0];
    }

    private async Task<DeliveryResult> Send(ITestsDevices channel, string account, Device device, string testId)
    {
        using var deadline = new CancellationTokenSource(SendWithin, clock);
        try
        {
            return (await devices.Of(account, device.Kind, deadline.Token)).FirstOrDefault(d => d.Device.Id == device.Id) is { } reachable
                ? await channel.Test(account, reachable, testId, deadline.Token).WaitAsync(deadline.Token)
                : new DeliveryResult.Never("noDevice");
        }
        catch (OperationCanceledException)
        {
            return new DeliveryResult.Later(TimeSpan.Zero, "timeout");
        }
    }

    private async Task<Found?> Find(string account, string testId)
    {
        var mine = (await Kept(account)).Where(row => row.Value.TestId == testId).ToDictionary(row => row.Key, row => row.Value);
        return mine.Keys.FirstOrDefault(key => key.EndsWith(SentEnd, StringComparison.Ordinal)) is { } key && key[..^SentEnd.Length] is var device
            ? new Found(device, mine[key], mine.GetValueOrDefault(Answered(device)))
            : null;
    }

    private Task<IReadOnlyList<StoredRow<DeviceTestRow>>> Kept(string account) => rows.List<DeviceTestRow>(Tables.Tenant, Partition(account), null, MaxRead);

    private static string? WhyNot(DeliveryResult result) => result switch
    {
        DeliveryResult.Never never => never.Why,
        DeliveryResult.Later later => later.Why,
        _ => null,
    };

    private static string Partition(string account) => "deviceTests/" + account;

    private static string Sent(string deviceId) => deviceId + SentEnd;

    private static string Answered(string deviceId) => deviceId + ".received";

    private sealed record Found(string Device, DeviceTestRow Sent, DeviceTestRow? Received);
}

/// <param name="At">When it was handed to the channel, or when the phone said that it came.</param>
/// <param name="Why">The channel's reason where it did not take it.</param>
/// <param name="Number">Set where it is a text or a call.</param>
internal sealed record DeviceTestRow(string TestId, DateTimeOffset At, string? Why = null, TestedNumber? Number = null)
{
    public const int CurrentSchema = 1;
    public int SchemaVersion { get; init; } = CurrentSchema;
}

internal abstract record DeviceTestStarted
{
    public sealed record Started(string TestId) : DeviceTestStarted;

    public sealed record NoDevice : DeviceTestStarted;

    /// <summary>This host has nothing that could test a device of that kind.</summary>
    public sealed record NoChannel : DeviceTestStarted;

    public sealed record TooSoon(TimeSpan Wait) : DeviceTestStarted;
}
