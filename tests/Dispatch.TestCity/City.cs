using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Hosting;
using Dispatch.Grains.Hotline;
using Dispatch.Grains.Protocols;
using Dispatch.Grains.Responders;
using Dispatch.Grains.Rows;
using Dispatch.Grains.ServiceAreas;
using Dispatch.LocalEngine;
using Dispatch.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.TestCity;

/// <summary>
/// A small town for stories: the real grains on the real engine, one thread, a clock that only a story moves, phones that only record.
/// What was written survives <see cref="CrashAndRestart"/>; nothing else does.
/// </summary>
public sealed class City : IDisposable
{
    public const string Tenant = "XX";
    public const string Area = "XX/centre";
    public const string Neighbour = "XX/north";
    public const string Line = "line-1";
    public static readonly OrganisationFacts Clinic = new("clinic", OrganisationKind.Health);
    public static readonly OrganisationFacts Police = new("police", OrganisationKind.Police, PoliceRun: true);

    private readonly TurnQueue _turns;
    private ServiceProvider _services = null!;
    private ITimer? _sweep;
    private int _raised;

    private City(CityOptions options)
    {
        Options = options;
        Disk = options.Disk ?? new MemoryDisk();
        _turns = new TurnQueue(options.Seed is { } seed ? new Random(seed).Next : null);
        Clock = new ManualClock(options.Now ?? new DateTimeOffset(2026, 3, 8, 20, 0, 0, TimeSpan.Zero)) { Settle = _turns.RunUntilIdle };
        Phones = new Phones(Clock);
        Boot();
        Host(() => Grains.GetGrain<IProtocolGrain>(Tenant).Publish(options.Rules));
        Host(() => Grains.GetGrain<IServiceAreaGrain>(Area).Configure(Setup with { Neighbours = [Neighbour] }));
        Host(() => Grains.GetGrain<IServiceAreaGrain>(Neighbour).Configure(Setup));
        foreach (var area in new[] { Area, Neighbour }) SwitchOn(area);
    }

    /// <summary>An area with everything that it needs to be switched on.</summary>
    public static AreaSetup Setup { get; } = new()
    {
        Tenant = Tenant, Line = Line, Staffing = new LineStaffing("00:00-24:00", "lead"), NightRoster = ["night-1", "night-2"], DutyOfficer = "officer", Backup = "backup",
        DrillPassedAt = new DateTimeOffset(2026, 2, 1, 9, 0, 0, TimeSpan.Zero),
    };

    public CityOptions Options { get; }
    public ManualClock Clock { get; }
    /// <summary>What survives a crash.</summary>
    public MemoryDisk Disk { get; }

    /// <summary>The store of the process that runs now; faults are set on it.</summary>
    public MemoryStore Store { get; private set; } = null!;
    public Phones Phones { get; }
    public IGrainFactory Grains => _services.GetRequiredService<IGrainFactory>();
    public DateTimeOffset Now => Clock.GetUtcNow();

    public static City Start(CityOptions? options = null) => new(options ?? new CityOptions());

    /// <summary>The default rules, with short names for what stories change.</summary>
    public static Rules DefaultRules(params ReadOnlySpan<NeedRule> needs) => new()
    {
        Version = 1,
        DefaultNeeds = [Need.Health],
        Needs = needs.IsEmpty
            ? [.. Enum.GetValues<Need>().Select(n => new NeedRule(n, [Mode.CallsHer, Mode.ReceivesHer, Mode.ComesToHer]))]
            : [.. needs],
        Steps = Rules.DefaultSteps,
    };

    /// <summary>Puts somebody on duty.</summary>
    public Candidate OnDuty(string name, Need need = Need.Health, Func<Candidate, Candidate>? change = null, string area = Area)
    {
        var person = new Candidate
        {
            Responder = name,
            Tenant = Tenant,
            Organisation = Clinic,
            Needs = [need],
            Modes = [Mode.CallsHer, Mode.ReceivesHer],
            VettedUntil = Now.AddYears(1),
            OnDutySince = Now,
        };
        person = change?.Invoke(person) ?? person;
        Host(() => Grains.GetGrain<IResponderGrain>(name).OnDuty(person, [area]));
        return person;
    }

    public void SwitchOn(string area)
    {
        var missing = Host(() => Grains.GetGrain<IServiceAreaGrain>(area).SwitchOn());
        if (!missing.IsEmpty) throw new InvalidOperationException($"{area} cannot be switched on: {string.Join(", ", missing)}");
    }

    public void OffDuty(string name) => Host(() => Grains.GetGrain<IResponderGrain>(name).OffDuty([Area]));

    public RaiseAlert Press(Func<RaiseAlert, RaiseAlert>? change = null)
    {
        var id = $"alert-{++_raised}";
        var command = new RaiseAlert
        {
            Id = id,
            Tenant = Tenant,
            Organisation = "controller",
            Area = Area,
            Line = Line,
            KeyMac = "key-" + id,
            BodyMac = "body-" + id,
            WrappedKey = "wrapped",
        };
        return change?.Invoke(command) ?? command;
    }

    public RaiseResult Raise(RaiseAlert command) => Host(() => Grains.GetGrain<IAlertGrain>(command.Id).Raise(command));

    public string Raise(Func<RaiseAlert, RaiseAlert>? change = null)
    {
        var command = Press(change);
        var result = Raise(command);
        return result.Refused is { } why ? throw new InvalidOperationException($"The raise was refused: {why}") : command.Id;
    }

    public IAlertGrain Alert(string id) => Grains.GetGrain<IAlertGrain>(id);

    public Alert State(string id) => Host(() => Alert(id).HotlineView())!.Alert;

    public ImmutableArray<OfferSummary> Offers(string responder) => Host(() => Grains.GetGrain<IResponderGrain>(responder).Offers());

    public AnswerResult Accept(string responder, string alertId, int? eta = null, Mode? mode = null) =>
        Host(() => Alert(alertId).Accept(new AcceptOffer(OfferOf(responder, alertId), responder, mode, eta)));

    public AnswerResult Decline(string responder, string alertId, DeclineReason reason = DeclineReason.Busy) =>
        Host(() => Alert(alertId).Decline(new DeclineOffer(OfferOf(responder, alertId), responder, reason)));

    public AnswerResult Report(string responder, string alertId, Progress progress, int? eta = null) =>
        Host(() => Alert(alertId).Report(new ReportProgress(OfferOf(responder, alertId), responder, progress, eta)));

    public void Receipt(string responder, string alertId, ReceiptState state = ReceiptState.Delivered) =>
        Host(() => Alert(alertId).Receipts([new Receipt(OfferOf(responder, alertId), responder, ChannelKind.Live, state, Now)]));

    public QueueView Queue() => Host(() => Grains.GetGrain<IHotlineGrain>(Line).Queue());

    public ClaimResult Take(string itemId, string by)
    {
        var result = Host(() => Grains.GetGrain<IHotlineGrain>(Line).Take(itemId, by));
        Host(() => Alert(Ringing.AlertOf(itemId)!).Wake());
        return result;
    }

    public int OfferOf(string responder, string alertId) =>
        State(alertId).Offers.LastOrDefault(o => o.Responder == responder)?.No ?? throw new InvalidOperationException($"{responder} was never asked about {alertId}");

    public void Advance(TimeSpan by) => Clock.Advance(by);

    public void Advance(double seconds) => Clock.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Runs host code to its end, with everything it causes.</summary>
    public T Host<T>(Func<Task<T>> code)
    {
        var result = _turns.Run(code);
        // Timers that are due now belong to what the code caused.
        Clock.Advance(TimeSpan.Zero);
        return result;
    }

    public void Host(Func<Task> code) => Host(async () =>
    {
        await code();
        return true;
    });

    /// <summary>The process dies between two turns; whatever was not durable is gone. A new one starts on the same store.</summary>
    public void CrashAndRestart(TimeSpan? downFor = null)
    {
        Crash();
        Clock.Advance(downFor ?? TimeSpan.FromSeconds(1));
        Boot();
    }

    /// <summary>As a power cut would: nobody is told, nothing under way completes.</summary>
    public void Crash()
    {
        _sweep?.Dispose();
        _services.GetRequiredService<LocalSilo>().Kill();
        Store.Crash();
        _turns.Clear();
        // Not disposed on purpose: a process that dies runs no clean-up either.
    }

    /// <param name="faults">Sets up what goes wrong, before anything runs.</param>
    public void Boot(Action<MemoryStore>? faults = null)
    {
        Store = new MemoryStore(_turns, Disk);
        faults?.Invoke(Store);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<ITurnScheduler>(_turns);
        services.AddSingleton<ILocalStore>(Store);
        services.AddSingleton<IRows>(p => Options.Rows?.Invoke(new LocalRows(Store)) ?? new LocalRows(Store));
        services.AddSingleton<IChannel>(Phones);
        foreach (var channel in Options.MoreChannels) services.AddSingleton(channel);
        if (Options.CallsBack is { } callsBack) services.AddSingleton(callsBack);
        if (Options.HolderGoneAfter is { } gone) services.AddSingleton<ILineWaits>(new Waits(gone));
        services.AddSingleton(new HostInstance($"host-{Options.NextHost()}", Options.Alone));
        services.AddGrainServices();
        services.AddLocalEngine(
            options =>
            {
                DispatchEngine.Configure(options);
                options.RoundTripMessages = true;
            },
            typeof(IAlertGrain).Assembly);
        _services = services.BuildServiceProvider();
        var silo = _services.GetRequiredService<LocalSilo>();
        var sweep = _services.GetRequiredService<WatchSweep>();
        Host(() => silo.StartAsync(CancellationToken.None));
        if (!Options.Sweep) return;
        Host(sweep.Everything);
        _sweep = Clock.CreateTimer(_ => Later(sweep.Due), null, WatchSweep.Every, WatchSweep.Every);
    }

    public void Dispose()
    {
        _sweep?.Dispose();
        _services.Dispose();
    }

    /// <summary>Starts host code from a timer's callback, under the queue's context.</summary>
    private void Later(Func<Task> code) => ((ITurnScheduler)_turns).Post(() => _ = code());
}
