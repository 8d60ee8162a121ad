using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Dispatch.Channels.Devices;
using Dispatch.Channels.WebPush;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Responders;
using Dispatch.Domain.Sealing;
using Dispatch.LocalEngine;
using Microsoft.Extensions.Logging;

namespace Dispatch.Channels.Tests.WebPush;

/// <summary>The channel as the host makes it, one person's browsers, and a push service on loopback.</summary>
internal sealed class Pushing : IAsyncDisposable, IDeviceAddresses, ILogger<WebPushChannel>
{
    public const string Person = "b5f0c1";
    public const string Contact = "mailto:line@example.org";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset Night = new(2026, 3, 1, 22, 0, 0, TimeSpan.Zero);
    private const string AlertId = "0d6c7f0e-5a2b-4c39-9f1d-aa01b2c3d4e5";

    private readonly Dictionary<string, DeviceAddress> _devices = [];
    private readonly WebPushAccount _account;

    private Pushing(PushService service, PushReach reach, HttpMessageHandler? transport)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        (Service, Key) = (service, new VapidKey(pair.ExportParameters(includePrivateParameters: true)));
        _account = new WebPushAccount(Key, Contact, reach, Clock, transport);
        Channel = new WebPushChannel(_account, this, Clock, this);
    }

    public PushService Service { get; }

    public VapidKey Key { get; }

    public ManualClock Clock { get; } = new(Night);

    public WebPushChannel Channel { get; }

    public Dictionary<string, TestBrowser> Browsers { get; } = [];

    /// <summary>The devices that the channel reported dead.</summary>
    public ConcurrentQueue<string> Retired { get; } = [];

    /// <summary>What would wake whoever looks after the host.</summary>
    public ConcurrentQueue<string> Alarms { get; } = [];

    public static async Task<Pushing> With(params string[] browsers) => Start(await PushService.Start(), browsers);

    public static Pushing Start(PushService service, string[] browsers, PushReach reach = PushReach.Loopback, HttpMessageHandler? transport = null)
    {
        var pushing = new Pushing(service, reach, transport);
        foreach (var name in browsers) pushing.Add(name, service.Of(name));
        return pushing;
    }

    public void Add(string name, Uri endpoint)
    {
        Browsers[name] = new TestBrowser(endpoint);
        _devices[name] = Browsers[name].Address;
    }

    public void Add(string name, DeviceAddress address) => _devices[name] = address;

    /// <summary>An offer with everything in it that must not leave.</summary>
    public static Notice Offer(int no = 3) => new(AlertId + $".{no}.0:WebPush", NoticeKind.Offer, Person, AlertId, 7, AlertId + $".{no}", new OfferSummary(
        AlertId + $".{no}", Need.Police, Mode.ComesToHer, [Mode.ComesToHer, Mode.Escorts], "42", Night, Night.AddSeconds(1), Night.AddMinutes(2), 7, Exercise: true));

    public static Notice Of(NoticeKind kind) => kind switch
    {
        NoticeKind.Offer => Offer(),
        NoticeKind.HoldWaiting => new Notice($"{AlertId}.0.house:{Person}:webPush", kind, Person, "", 0, Code: "352"),
        NoticeKind.Untaken => new Notice(AlertId + ":underDuress:dutyOfficer", kind, Person, AlertId, 9),
        _ => new Notice(AlertId + ".3.0:8", kind, Person, AlertId, 8, AlertId + ".3"),
    };

    public Task<DeliveryResult> Send(Notice notice) => Channel.Send(notice, CancellationToken.None).WaitAsync(Patience);

    public Task<DeliveryResult> Test(string name, string testId) => Channel.Test(Person, Reachable(name), testId, CancellationToken.None).WaitAsync(Patience);

    public Task<ImmutableArray<ReachableDevice>> Of(string responder, ChannelKind kind, CancellationToken deadline)
    {
        Assert.Equal((Person, ChannelKind.WebPush), (responder, kind));
        return Task.FromResult<ImmutableArray<ReachableDevice>>([.. _devices.Keys.Select(Reachable)]);
    }

    public void Dead(string responder, Device device)
    {
        Assert.Equal(Person, responder);
        Retired.Enqueue(device.Id);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        _account.Dispose();
        Key.Dispose();
        await Service.DisposeAsync();
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Assert.Null(exception);
        if (logLevel >= LogLevel.Error) Alarms.Enqueue(formatter(state, exception));
    }

    private ReachableDevice Reachable(string name) => new(new Device("device-" + name, ChannelKind.WebPush, new Sealed<DeviceAddress>("box"), Night), _devices[name]);
}
