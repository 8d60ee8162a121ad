using System.Collections.Concurrent;
using System.Collections.Immutable;
using Dispatch.Channels.Devices;
using Dispatch.Channels.Gateways;
using Dispatch.Channels.Sms.Kannel;
using Dispatch.Channels.Sms;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Responders;
using Dispatch.Domain.Sealing;
using Dispatch.LocalEngine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatch.Channels.Tests.Sms;

/// <summary>The channel as the host makes it, one person's numbers, and two gateways for Mali on loopback, asked in this order.</summary>
internal sealed class Texting : IAsyncDisposable, IDeviceAddresses, ISmsReferences, ILogger
{
    public const string Person = "b5f0c1";
    public const string Number = "+22370123456";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private const string AlertId = "0d6c7f0e-5a2b-4c39-9f1d-aa01b2c3d4e5";
    private static readonly DateTimeOffset Night = new(2026, 3, 1, 22, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider _services;
    private readonly List<string> _numbers = [];
    private int _references;

    private Texting(Loopback first, Loopback second)
    {
        (First, Second) = (first, second);
        var services = new ServiceCollection();
        GatewayHttp.AddClient(services);
        _services = services.BuildServiceProvider();
        Http = new GatewayHttp(_services.GetRequiredService<IHttpClientFactory>(), Clock);
        Gateways = [new GuardedGateway<SmsMessage>(Kannel("first", first), Clock, this), new GuardedGateway<SmsMessage>(Kannel("second", second), Clock, this)];
        Routes = new GatewayRoutes<SmsMessage>(new Dictionary<string, ImmutableArray<GuardedGateway<SmsMessage>>> { ["223"] = Gateways, ["226"] = [Gateways[1]] }, Clock);
        Channel = new SmsChannel(Routes, this, this, Clock, NullLogger<SmsChannel>.Instance);
    }

    public Loopback First { get; }
    public Loopback Second { get; }
    public ManualClock Clock { get; } = new(Night);
    public GatewayHttp Http { get; }
    public ImmutableArray<GuardedGateway<SmsMessage>> Gateways { get; }
    public GatewayRoutes<SmsMessage> Routes { get; }
    public SmsChannel Channel { get; }

    /// <summary>In which she registered her devices.</summary>
    public string Language { get; set; } = "fr";

    public List<string> Retired { get; } = [];
    public List<SmsSubject> Subjects { get; } = [];
    public ConcurrentQueue<(LogLevel Level, string Line)> Logged { get; } = new();

    public static async Task<Texting> With(params string[] numbers)
    {
        var texting = new Texting(await Loopback.Start(), await Loopback.Start());
        texting._numbers.AddRange(numbers is [] ? [Number] : numbers);
        texting.First.Answers = texting.Second.Answers = Taken;
        return texting;
    }

    public static Func<Microsoft.AspNetCore.Http.HttpContext, Task> Taken { get; } = Loopback.Says(202, "0: Accepted for delivery");

    /// <summary>An offer with everything in it that must not leave.</summary>
    public static Notice Offer(bool exercise = false, int no = 3, string code = "42") => new($"{AlertId}.{no}.0:Sms", NoticeKind.Offer, Person, AlertId, 7, $"{AlertId}.{no}", new OfferSummary(
        $"{AlertId}.{no}", Need.Police, Mode.ComesToHer, [Mode.ComesToHer, Mode.Escorts], code, Night, Night.AddSeconds(1), Night.AddMinutes(2), 7, exercise));

    public static Notice Changed(OfferState state, AssignmentState? assignment = null, long version = 8) => new(
        $"{AlertId}.3.0:{version}", state is OfferState.Accepted ? NoticeKind.AlertChanged : NoticeKind.OfferWithdrawn, Person, AlertId, version, $"{AlertId}.3", Told: new ToldOffer
        {
            No = 3, Round = 0, Need = Need.Police, Modes = [Mode.ComesToHer], State = state, At = Night, ReplyCode = "42",
            Assignment = assignment is { } at ? new Assignment { Mode = Mode.ComesToHer, AcceptedAt = Night, ProgressAt = Night, State = at } : null,
        });

    /// <summary>She drives somebody whose bed is gone.</summary>
    public static Notice BedLost(int lost = 1, long version = 8)
    {
        var notice = Changed(OfferState.Accepted, AssignmentState.EnRoute, version);
        return notice with { Told = notice.Told! with { BedsLost = lost } };
    }

    public static Notice Untaken() => new(AlertId + ":underDuress:dutyOfficer", NoticeKind.Untaken, Person, AlertId, 9, Line: "one");

    public static Notice Hold() => new($"{AlertId}.0.house:{Person}:sms", NoticeKind.HoldWaiting, Person, "", 0, Code: "352");

    public Task<DeliveryResult> Send(Notice notice) => Channel.Send(notice, CancellationToken.None).WaitAsync(Patience);

    public Task<ImmutableArray<ReachableDevice>> Of(string responder, ChannelKind kind, CancellationToken deadline)
    {
        Assert.Equal((Person, ChannelKind.Sms), (responder, kind));
        return Task.FromResult<ImmutableArray<ReachableDevice>>([.. _numbers.Select(n => new ReachableDevice(new Device("sim-" + n, ChannelKind.Sms, new Sealed<DeviceAddress>("box"), Night), new DeviceAddress(Number: n, Language: Language)))]);
    }

    public void Dead(string responder, Device device) => Retired.Add(device.Id);

    public Task<string> Issue(SmsSubject subject)
    {
        lock (Subjects) Subjects.Add(subject);
        return Task.FromResult($"ref{Interlocked.Increment(ref _references)}");
    }

    public void Accepted(string gateway, string externalId, string reference)
    {
    }

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

    private KannelGateway Kannel(string name, Loopback at) =>
        new(new KannelSettings(name, new Uri(at.Address, "/cgi-bin/sendsms"), "u", "p&w", null, new Uri("https://dispatch.example.org/gateways/sms/k/reports/a-long-enough-secret")), Http);
}
