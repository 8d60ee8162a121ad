using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.Rosters;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Hotline;
using Dispatch.Grains.Protocols;
using Dispatch.Grains.Responders;
using Dispatch.Grains.ServiceAreas;
using Orleans;

namespace Dispatch.Stories.Tests;

/// <summary>
/// A small town with the real grains and phones that only record. What its people do is the same on either engine; each engine says what runs
/// the grains, how time passes while somebody waits, and how a host dies.
/// </summary>
public sealed partial class Town : IAsyncDisposable
{
    public const string DutyOfficer = "officer";
    public const string Backup = "backup";

    private const string Tenant = "TT";
    private const string Area = "TT/town";
    private const string Line = "town-line";

    /// <summary>Longer than anything takes that a story waits for, the death of a host included; only a broken promise waits for all of it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan AMoment = TimeSpan.FromMilliseconds(50);

    private int _pressed;

    private Town()
    {
    }

    public static async Task<Town> Start(Rules waits)
    {
        var town = new Town();
        await town.StartHosts();
        Assert.Null(await town.Ask(grains => grains.GetGrain<IProtocolGrain>(Tenant).Publish(waits)));
        await town.Ask(grains => grains.GetGrain<IServiceAreaGrain>(Area).Configure(new AreaSetup
        {
            Tenant = Tenant, Line = Line, Staffing = new LineStaffing("00:00-24:00", "lead"), NightRoster = ["night"], DutyOfficer = DutyOfficer, Backup = Backup,
            DrillPassedAt = DateTimeOffset.UnixEpoch,
        }));
        Assert.Empty(await town.Ask(grains => grains.GetGrain<IServiceAreaGrain>(Area).SwitchOn()));
        return town;
    }

    public async Task OnDuty(params string[] nurses)
    {
        foreach (var nurse in nurses) await OnDuty(nurse, Need.Health, new OrganisationFacts("clinic", OrganisationKind.Health));
    }

    public Task OnDuty(string who, Need need, OrganisationFacts organisation) => Ask(grains => grains.GetGrain<IResponderGrain>(who).OnDuty(Person(who, need, organisation), [Area]));

    /// <summary>On call by the roster at every hour, without a word of theirs.</summary>
    public async Task Rostered(params string[] nurses)
    {
        foreach (var nurse in nurses) await Ask(grains => grains.GetGrain<IResponderGrain>(nurse).Enrol(Person(nurse, Need.Health, new OrganisationFacts("clinic", OrganisationKind.Health)), Area));
        ImmutableArray<WeeklyShift> shifts = [.. nurses.Select(nurse => new WeeklyShift(nurse, [.. Enum.GetValues<DayOfWeek>()], TimeOnly.MinValue, TimeOnly.MinValue))];
        Assert.Null((await Ask(grains => grains.GetGrain<IServiceAreaGrain>(Area).SetRoster(0, 0, shifts))).Refused);
    }

    /// <summary>She takes herself off, whatever the roster says.</summary>
    public Task OffDuty(string who) => Ask(grains => grains.GetGrain<IResponderGrain>(who).OffDuty([Area], Now.AddHours(1)));

    /// <summary>The hours of the next day in which nobody could be asked for this need.</summary>
    public async Task<ImmutableArray<Gap>> Gaps(Need need) =>
        [.. (await Ask(grains => grains.GetGrain<IServiceAreaGrain>(Area).Gaps(Now, Now.AddDays(1))))!.Value.Where(gap => gap.Need == need)];

    private static Candidate Person(string who, Need need, OrganisationFacts organisation) => new()
    {
        Responder = who,
        Tenant = Tenant,
        Organisation = organisation,
        Needs = [need],
        Modes = [Mode.CallsHer, Mode.ReceivesHer],
        VettedUntil = DateTimeOffset.MaxValue,
    };

    /// <summary>She presses the button; gives the alert's id.</summary>
    public async Task<string> Press(params Need[] needs)
    {
        var press = APress() with { Needs = [.. needs] };
        Assert.Null(Assert.Single(await Raise(press)).Refused);
        return press.Id;
    }

    /// <summary>What her phone sends when she presses, with a key of its own.</summary>
    public RaiseAlert APress()
    {
        var id = $"alert-{++_pressed}";
        return new RaiseAlert { Id = id, Tenant = Tenant, Organisation = "controller", Area = Area, Line = Line, KeyMac = "key-" + id, BodyMac = "body-" + id, WrappedKey = "wrapped" };
    }

    /// <summary>All at the same time.</summary>
    public Task<RaiseResult[]> Raise(params RaiseAlert[] presses) => Ask(grains => Task.WhenAll(presses.Select(press => grains.GetGrain<IAlertGrain>(press.Id).Raise(press))));

    public Task Cancel(string alert, PinVerdict pin) => Ask(grains => grains.GetGrain<IAlertGrain>(alert).Cancel(pin));

    /// <summary>She agrees that police are told.</summary>
    public async Task SheAgrees(string alert)
    {
        var consent = new Consent(DisclosureBasis.Consent, Consent.Survivor, DateTimeOffset.UnixEpoch, "web", "police-1", "fr");
        var addition = new AddToAlert { By = Consent.Survivor, Authorised = true, Consent = consent };
        Assert.Null((await Ask(grains => grains.GetGrain<IAlertGrain>(alert).Add(addition))).Refused);
    }

    /// <summary>All at the same time.</summary>
    public async Task<AnswerResult[]> Accept(string alert, params string[] people)
    {
        var offers = (await State(alert)).Offers;
        return await Ask(grains => Task.WhenAll(people.Select(who => grains.GetGrain<IAlertGrain>(alert).Accept(new AcceptOffer(OfferOf(who, offers), who, Mode.ReceivesHer, 12)))));
    }

    public async Task<AnswerResult> Decline(string alert, string who)
    {
        var offers = (await State(alert)).Offers;
        return await Ask(grains => grains.GetGrain<IAlertGrain>(alert).Decline(new DeclineOffer(OfferOf(who, offers), who, DeclineReason.Busy)));
    }

    /// <summary>Their phones confirm that they have the offer.</summary>
    public async Task Confirm(string alert, params string[] people)
    {
        var offers = (await State(alert)).Offers;
        await Ask(grains => grains.GetGrain<IAlertGrain>(alert).Receipts(
            [.. people.Select(who => new Receipt(OfferOf(who, offers), who, ChannelKind.Live, ReceiptState.Delivered, Now))]));
    }

    /// <summary>A human at the line takes an item, and the host nudges its alert.</summary>
    public async Task<ClaimResult> Take(string item, string by)
    {
        var taken = await Ask(grains => grains.GetGrain<IHotlineGrain>(Line).Take(item, by));
        await Ask(grains => grains.GetGrain<IAlertGrain>(Ringing.AlertOf(item)!).Wake());
        return taken;
    }

    public async Task<Alert> State(string alert) => (await Ask(grains => grains.GetGrain<IAlertGrain>(alert).HotlineView()))!.Alert;

    public async Task<SurvivorView> SheReads(string alert) => (await Ask(grains => grains.GetGrain<IAlertGrain>(alert).SurvivorView()))!;

    public Task<QueueView> Queue() => Ask(grains => grains.GetGrain<IHotlineGrain>(Line).Queue());

    public Task<ImmutableArray<OfferSummary>> Offers(string who) => Ask(grains => grains.GetGrain<IResponderGrain>(who).Offers());

    /// <summary>What her own page shows of what she accepted; null before it does.</summary>
    public async Task<AssignmentState?> Assignment(string who) =>
        (await Ask(grains => grains.GetGrain<IResponderGrain>(who).Assignments())).SelectMany(told => told.Offers).SingleOrDefault(offer => offer.Assignment is not null)?.Assignment!.State;

    /// <summary>How many seconds after the raise the alert's history says so for the first time.</summary>
    public async Task<double> SecondsUntil(string alert, Func<HistoryEvent, bool> said)
    {
        var view = (await Ask(grains => grains.GetGrain<IAlertGrain>(alert).HotlineView()))!;
        return (view.History.First(said).At - view.Alert.RaisedAt).TotalSeconds;
    }

    public bool WasAsked(string who) => Heard.Any(notice => notice.Recipient == who && notice.Kind is NoticeKind.Offer);

    public Task IsAsked(string who) => Hears(who, NoticeKind.Offer);

    public Task IsStoodDown(string who) => Hears(who, NoticeKind.OfferWithdrawn);

    public Task IsCalled(string who) => Hears(who, NoticeKind.Untaken);

    /// <summary>Waits until the answer is so; fails the story when it never is.</summary>
    public async Task Until<T>(Func<Task<T>> ask, Func<T, bool> isSo, [CallerArgumentExpression(nameof(isSo))] string what = "")
    {
        var until = Now + Patience;
        while (!isSo(await ask()))
        {
            Assert.True(Now < until, $"Not within {Patience.TotalSeconds} s: {what}. Heard: {string.Join("; ", Heard.Select(notice => $"{notice.Kind} by {notice.Recipient}"))}");
            await Pass(AMoment);
        }
    }

    private Task Hears(string who, NoticeKind kind) =>
        Until(() => Task.FromResult(Heard), heard => heard.Any(notice => notice.Recipient == who && notice.Kind == kind), $"{who} hears {kind}");

    private Task Ask(Func<IGrainFactory, Task> call) => Ask(async grains =>
    {
        await call(grains);
        return true;
    });

    private static int OfferOf(string who, ImmutableArray<Offer> offers) => offers.Last(offer => offer.Responder == who).No;
}
