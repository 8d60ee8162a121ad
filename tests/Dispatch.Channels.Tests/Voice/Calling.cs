using System.Collections.Concurrent;
using System.Collections.Immutable;
using Dispatch.Channels.Devices;
using Dispatch.Channels.Gateways;
using Dispatch.Channels.Tests.Sms;
using Dispatch.Channels.Voice;
using Dispatch.Channels.Voice.Bridge;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Numbers;
using Dispatch.Domain.Responders;
using Dispatch.Domain.Sealing;
using Dispatch.LocalEngine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatch.Channels.Tests.Voice;

/// <summary>The channel as the host makes it, one person's numbers, a book of calls in memory, and two gateways for Mali on loopback, asked in this order.</summary>
internal sealed class Calling : IAsyncDisposable, IDeviceAddresses, ICallBook, ILogger
{
    public const string Person = "b5f0c1";
    public const string Number = "+22370123456";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private const string AlertId = "0d6c7f0e-5a2b-4c39-9f1d-aa01b2c3d4e5";
    private static readonly DateTimeOffset Night = new(2026, 3, 1, 22, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider _services;
    private readonly List<string> _numbers = [];
    private readonly Dictionary<string, CallRecord> _records = [];
    private (string Key, DateTimeOffset Until, bool Yields) _line;

    private Calling(Loopback first, Loopback second)
    {
        (First, Second) = (first, second);
        var services = new ServiceCollection();
        GatewayHttp.AddClient(services);
        _services = services.BuildServiceProvider();
        var http = new GatewayHttp(_services.GetRequiredService<IHttpClientFactory>(), Clock);
        BridgeGateway[] bridges = [new(Bridge("first", first), http), new(Bridge("second", second), http)];
        ImmutableArray<GuardedGateway<VoiceCall>> guarded = [.. bridges.Select(b => new GuardedGateway<VoiceCall>(b, Clock, this))];
        Routes = new GatewayRoutes<VoiceCall>(new Dictionary<string, ImmutableArray<GuardedGateway<VoiceCall>>> { ["223"] = guarded, ["226"] = [guarded[1]] }, Clock);
        Channel = new VoiceChannel(Routes, new VoiceGateways(bridges), this, this, Clock, NullLogger<VoiceChannel>.Instance);
    }

    public Loopback First { get; }
    public Loopback Second { get; }
    public ManualClock Clock { get; } = new(Night);
    public GatewayRoutes<VoiceCall> Routes { get; }
    public VoiceChannel Channel { get; }
    public List<string> Retired { get; } = [];
    public List<CallSubject> Subjects { get; } = [];
    public ConcurrentQueue<(LogLevel Level, string Line)> Logged { get; } = new();

    /// <summary>Taken by a bridge that also ends calls.</summary>
    public static Func<Microsoft.AspNetCore.Http.HttpContext, Task> Taken { get; } = http => Loopback.Says(http.Request.Method == "DELETE" ? 204 : 201, "")(http);

    public static async Task<Calling> With(params string[] numbers)
    {
        var calling = new Calling(await Loopback.Start(), await Loopback.Start());
        calling._numbers.AddRange(numbers is [] ? [Number] : numbers);
        calling.First.Answers = calling.Second.Answers = Taken;
        return calling;
    }

    /// <summary>An offer with everything in it that must not leave.</summary>
    public static Notice Offer(bool exercise = false, int no = 3, int round = 0) => new($"{AlertId}.{no}.{round}:Voice", NoticeKind.Offer, Person, AlertId, 7, $"{AlertId}.{no}", new OfferSummary(
        $"{AlertId}.{no}", Need.Police, Mode.ComesToHer, [Mode.ComesToHer, Mode.Escorts], "42", Night, Night.AddSeconds(1), Night.AddMinutes(2), 7, exercise));

    public static Notice Changed(OfferState state, AssignmentState? assignment = null, long version = 8, int round = 0) => new(
        $"{AlertId}.3.{round}:{version}", state is OfferState.Accepted ? NoticeKind.AlertChanged : NoticeKind.OfferWithdrawn, Person, AlertId, version, $"{AlertId}.3", Told: new ToldOffer
        {
            No = 3, Round = round, Need = Need.Police, Modes = [Mode.ComesToHer], State = state, At = Night, ReplyCode = "42",
            Assignment = assignment is { } at ? new Assignment { Mode = Mode.ComesToHer, AcceptedAt = Night, ProgressAt = Night, State = at } : null,
        });

    public static Notice Untaken() => new(AlertId + ":underDuress:dutyOfficer", NoticeKind.Untaken, Person, AlertId, 9, Line: "one");

    public Task<DeliveryResult> Send(Notice notice) => Channel.Send(notice, CancellationToken.None).WaitAsync(Patience);

    /// <summary>What the last call became, as a gateway's report would say.</summary>
    public void Last(Func<CallAttempt, CallAttempt> becomes)
    {
        var key = Subjects[^1].Key;
        Note(key, _records[key].Attempts.Length - 1, becomes);
    }

    /// <summary>Everything that was asked to ring at either gateway.</summary>
    public IReadOnlyList<Asked> Rung => [.. First.All.Concat(Second.All).Where(a => a.Method == "POST")];

    public IReadOnlyList<Asked> HungUp => [.. First.All.Concat(Second.All).Where(a => a.Method == "DELETE")];

    public Task<ImmutableArray<ReachableDevice>> Of(string responder, ChannelKind kind, CancellationToken deadline)
    {
        Assert.Equal((Person, ChannelKind.Voice), (responder, kind));
        return Task.FromResult<ImmutableArray<ReachableDevice>>([.. _numbers.Select(n => new ReachableDevice(new Device("phone-" + n, ChannelKind.Voice, new Sealed<DeviceAddress>("box"), Night), new DeviceAddress(Number: n, Language: "en")))]);
    }

    public void Dead(string responder, Device device) => Retired.Add(device.Id);

    public Task<CallRecord?> Find(string key, string recipient) => Task.FromResult(_records.GetValueOrDefault(key));

    public Task<BegunCall?> Begin(CallSubject subject, PhoneNumber number, Device device)
    {
        var other = _line.Key != subject.Key && _line.Until > Clock.GetUtcNow() ? _line.Key : null;
        if (other is not null && !(subject.Urgent && _line.Yields)) return Task.FromResult<BegunCall?>(null);
        var yields = other is not null && _records[other].Attempts is [.., { Gateway: { } at } last] && last.Rings(Clock.GetUtcNow()) ? new YieldedCall(other, 0, at, new RingingCall(last.Reference, null)) : null;
        Subjects.Add(subject);
        var record = _records.GetValueOrDefault(subject.Key) ?? new CallRecord { Recipient = subject.Recipient, Words = subject.Words, Language = subject.Language, OfferId = subject.OfferId, Round = subject.Round };
        var call = new BegunCall(subject.Key, subject.Recipient, record.NextNo, $"{subject.Key.GetHashCode(StringComparison.Ordinal):x8}.{record.NextNo}", yields);
        var attempt = new CallAttempt { Reference = call.Reference, Device = device.Id, DeviceAt = device.At, Number = "mac", At = Clock.GetUtcNow(), Until = Clock.GetUtcNow() + CallTimes.RingsAtMost };
        _records[subject.Key] = record.With(call.No, attempt);
        _line = (subject.Key, attempt.Until, !subject.Urgent);
        return Task.FromResult<BegunCall?>(call);
    }

    public Task Placed(BegunCall call, string gateway, string? externalId) => Note(call.Key, call.No, a => a with { Placed = true, Gateway = gateway, ExternalId = externalId });

    public Task NotPlaced(BegunCall call) => Note(call.Key, call.No, a => a with { Until = Clock.GetUtcNow() });

    public Task Over(BegunCall call, string why) => Note(call.Key, call.No, a => a.Ended(why));

    public Task Over(YieldedCall call) => Note(call.Id, call.No, a => a.Ended("yielded"));

    public CallRecord? Record(string key) => _records.GetValueOrDefault(key);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Logged.Enqueue((logLevel, formatter(state, exception)));

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        await _services.DisposeAsync();
    }

    private Task Note(string key, int no, Func<CallAttempt, CallAttempt> change)
    {
        var record = _records[key];
        var after = change(record.Attempts[no]);
        _records[key] = record.With(no, after);
        if (_line.Key == key) _line = _line with { Until = after.UnderWay(Clock.GetUtcNow()) ? after.Until : default };
        return Task.CompletedTask;
    }

    private static BridgeSettings Bridge(string name, Loopback at) => new(name, new Uri(at.Address, "/calls"), "a-long-enough-secret", new Uri($"https://dispatch.example.org/gateways/voice/{name}/a-long-enough-secret"));
}
