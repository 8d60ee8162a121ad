using System.Collections.Immutable;
using Dispatch.Channels.Devices;
using Dispatch.Channels.Fcm;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Responders;
using Dispatch.Domain.Sealing;
using Dispatch.LocalEngine;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatch.Channels.Tests.Fcm;

/// <summary>The channel as the host makes it, one person's phones, and Google on loopback.</summary>
internal sealed class Push : IAsyncDisposable, IDeviceAddresses
{
    public const string Person = "b5f0c1";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset Night = new(2026, 3, 1, 22, 0, 0, TimeSpan.Zero);
    private const string AlertId = "0d6c7f0e-5a2b-4c39-9f1d-aa01b2c3d4e5";

    private readonly List<string> _phones = [];
    private readonly SemaphoreSlim _answered = new(0);
    private readonly FcmAccount _account;

    private Push(FcmEndpoint google)
    {
        Google = google;
        _account = new FcmAccount(google.Key.Open(), FcmEndpoint.Project, () => new Detour(google.Address, () => _answered.Release()));
        Channel = new FcmChannel(_account, this, Clock, NullLogger<FcmChannel>.Instance);
    }

    public FcmEndpoint Google { get; }

    public ManualClock Clock { get; } = new(Night);

    public FcmChannel Channel { get; }

    /// <summary>The devices that the channel reported dead.</summary>
    public List<string> Retired { get; } = [];

    public static async Task<Push> With(params string[] phones)
    {
        var push = new Push(await FcmEndpoint.Start());
        push._phones.AddRange(phones);
        return push;
    }

    /// <summary>An offer with everything in it that must not leave.</summary>
    public static Notice Offer() => new(AlertId + ".3.0:Fcm", NoticeKind.Offer, Person, AlertId, 7, AlertId + ".3", new OfferSummary(
        AlertId + ".3", Need.Police, Mode.ComesToHer, [Mode.ComesToHer, Mode.Escorts], "42", Night, Night.AddSeconds(1), Night.AddMinutes(2), 7, Exercise: true));

    public static Notice Of(NoticeKind kind) => kind switch
    {
        NoticeKind.Offer => Offer(),
        NoticeKind.HoldWaiting => new Notice($"{AlertId}.0.house:{Person}:webPush", kind, Person, "", 0, Code: "352"),
        NoticeKind.Untaken => new Notice(AlertId + ":underDuress:dutyOfficer", kind, Person, AlertId, 9),
        _ => new Notice(AlertId + ".3.0:8", kind, Person, AlertId, 8, AlertId + ".3"),
    };

    /// <summary>Ends when the next answer is wholly here.</summary>
    public Task IsAnswered() => _answered.WaitAsync().WaitAsync(Patience);

    public Task<DeliveryResult> Send(Notice notice) => Channel.Send(notice, CancellationToken.None);

    public Task<DeliveryResult> Test(string token, string testId) =>
        Channel.Test(Person, new ReachableDevice(Device(token), new DeviceAddress(Token: token)), testId, CancellationToken.None);

    public Task<ImmutableArray<ReachableDevice>> Of(string responder, ChannelKind kind, CancellationToken deadline)
    {
        Assert.Equal((Person, ChannelKind.Fcm), (responder, kind));
        return Task.FromResult<ImmutableArray<ReachableDevice>>([.. _phones.Select(token => new ReachableDevice(Device(token), new DeviceAddress(Token: token)))]);
    }

    public void Dead(string responder, Device device)
    {
        Assert.Equal(Person, responder);
        Retired.Add(device.Id);
    }

    public async ValueTask DisposeAsync()
    {
        _answered.Dispose();
        _account.Dispose();
        await Google.DisposeAsync();
    }

    private Device Device(string token) => new("device-" + token, ChannelKind.Fcm, new Sealed<DeviceAddress>("box"), Clock.GetUtcNow());
}
