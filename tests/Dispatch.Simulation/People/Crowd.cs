using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Hotline;
using Dispatch.Grains.Protocols;
using Dispatch.Grains.Responders;
using Dispatch.Grains.ServiceAreas;
using Dispatch.Grains.Shelters;
using Dispatch.Simulation.Plans;
using Dispatch.Simulation.Worlds;
using Dispatch.TestCity;
using Orleans;

namespace Dispatch.Simulation.People;

/// <summary>Does what the plan says, as people and their phones would: through the host's calls, without an answer when the process dies, again where a phone would.</summary>
internal sealed partial class Crowd(World world)
{
    /// <summary>How long a phone waits before it sends the same again.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, RaiseAlert> _pressed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _answered = new(StringComparer.Ordinal);

    public static string Id(int alert) => string.Create(CultureInfo.InvariantCulture, $"a{alert}");

    /// <summary>Sets the area up and puts the first people on duty, before anything goes wrong.</summary>
    public void Settle()
    {
        var rules = City.DefaultRules([.. Enum.GetValues<Need>().Select(n => new NeedRule(n, [Mode.CallsHer, Mode.ReceivesHer, Mode.Escorts], n is Need.Health ? world.Plan.HealthQuorum : 1))]);
        rules = rules with { HumanBases = [DisclosureBasis.LifeThreat], CheckInEverySeconds = 300 };
        Call("set up", g => SetUp(g, rules), (bool on) => world.Book.Require(on, "the areas are not switched on"));
        foreach (var home in world.Plan.Homes) Call($"set up {home.Name}", g => SetUp(g, home), (bool done) => world.Book.Require(done, $"{home.Name} is not set up"));
        foreach (var person in world.Plan.People.Where(p => p.OnDuty)) SetDuty(person, on: true);
    }

    public void Do(Act act)
    {
        world.Trace($"act {act.GetType().Name}");
        if (act is not Trouble) world.Tally.Count("act." + act.GetType().Name);
        switch (act)
        {
            case Press press: Press(press); break;
            case PressAgain again: Raise(Id(again.Alert), "again"); break;
            case Add add: Add(add); break;
            case Cancel cancel: CancelUntilAnswered(Id(cancel.Alert), cancel.Pin); break;
            case Accept accept: Accept(accept); break;
            case Decline decline: Decline(decline); break;
            case Report report: Report(report); break;
            case Duty duty when Known(duty.Who) is { } person: SetDuty(person, duty.On); break;
            case Duty: break;
            case Take take: Take(take); break;
            case Close close: Close(close); break;
            case HandBack handBack: HandBack(handBack); break;
            case CheckIn checkIn: CheckIn(checkIn); break;
            case Panic panic: PanicUntilAnswered(panic); break;
            case PhoneUnsafe marked: PhoneUnsafe(marked); break;
            case Disclose disclose: Disclose(disclose); break;
            case SecondLook look: SecondLook(look); break;
            case Decide decide: Decide(decide); break;
            case WriteNote note: WriteNote(note); break;
            case AskBed ask: AskBed(ask); break;
            case GiveUpBed giveUp: GiveUpBed(giveUp); break;
            case HomeSays says: HomeSays(says); break;
            case CountBeds count: CountBeds(count); break;
            case LateHold late: LateHold(late); break;
            case SetAddress set: SetAddress(set); break;
            case GiveAddressTo give: GiveAddress(give); break;
            case LookAtAddress look: Look(look); break;
            case TakeAddressBack back: TakeAddressBack(back); break;
            case NoCoverage gone: world.Network.Begin(gone); break;
            case Crash crash: Crash(crash); break;
            case CrashAtWrite crash: world.Faults.Arm(crash); break;
            case CrashAtSend crash: world.Network.Arm(crash); break;
            case ClockJumps jump: world.ClockJumps(TimeSpan.FromSeconds(jump.By)); break;
            case StoreBreaks trouble: world.Faults.Begin(trouble); break;
            case ChannelBreaks trouble: world.Network.Begin(trouble); break;
            default: throw new System.Diagnostics.UnreachableException(act.GetType().Name);
        }
    }

    /// <summary>A phone confirms a notice.</summary>
    public void Confirm(Notice notice, ChannelKind kind, ReceiptState state, DateTimeOffset at)
    {
        if (!OfferId.TryParse(notice.OfferId, out var offer)) return;
        var receipt = new Receipt(offer.No, notice.Recipient, kind, state, at);
        Call("receipt", g => Nothing(g.GetGrain<IAlertGrain>(notice.AlertId).Receipts([receipt])), _ => world.Book.Confirmed(notice.AlertId, receipt));
    }

    /// <summary>Sends every press once more, after everything: the answer must be the first one.</summary>
    public void PressEverythingAgain()
    {
        foreach (var id in _pressed.Keys) Raise(id, "last");
    }

    public void Call<T>(string what, Func<IGrainFactory, Task<T>> call, Action<T> answered, Action? unanswered = null)
    {
        if (!world.Up)
        {
            unanswered?.Invoke();
            return;
        }

        var process = world.Process;
        world.Post(() => _ = Run());

        async Task Run()
        {
            T answer;
            try
            {
                answer = await call(world.Grains);
            }
            catch (Exception failure)
            {
                if (world.Process != process || !world.Up) return;
                world.Trace($"{what}: {failure.GetType().Name}");
                world.Tally.Count("unanswered");
                unanswered?.Invoke();
                return;
            }

            if (world.Process != process || !world.Up) return;
            world.Trace($"{what}: {Words(answer)}");
            world.Book.Guard(() => answered(answer));
        }
    }

    private static string Words<T>(T answer) => answer switch
    {
        RaiseResult r => $"raised {r.Refused} {r.First} {r.View?.Version}",
        AnswerResult a => $"answered {a.Refused} v{a.Version}",
        ClaimResult c => $"claim {c.Refused} {c.Claim?.By}",
        HoldResult h => $"hold {h.Refused} {h.Hold?.Stage} {h.Hold?.Over} v{h.Version}",
        BedRequestResult b => $"beds {b.Refused} {b.Request?.State}",
        CountsResult c => $"counted {c.Refused} v{c.Board.Version}",
        ReleaseResult r => $"release {r.Refused} {r.Release?.Id}",
        AddressLook l => $"look {l.Refused}",
        QueueView q => $"queue {q.Items.Length} {q.Open.Length}",
        _ => "done",
    };

    private static async Task<bool> Nothing(Task task)
    {
        await task;
        return true;
    }

    private void Press(Press press)
    {
        var id = Id(press.Alert);
        if (_pressed.ContainsKey(id)) return;
        _pressed[id] = new RaiseAlert
        {
            Id = id,
            Tenant = City.Tenant,
            Organisation = "controller",
            Area = City.Area,
            Line = City.Line,
            KeyMac = "key-" + id,
            BodyMac = "body-" + id,
            WrappedKey = "wrapped",
            Needs = press.Needs,
            Modes = press.Modes,
            WomenOnly = press.WomenOnly,
            Verification = press.Verification,
            PoliceConsent = press.Consent ? ConsentNow() : null,
            Exclusions = press.Exclude is { } who ? new Exclusions { Responders = [who] } : new Exclusions(),
            ComposedAt = press.LateBySeconds > 0 ? world.Wall.GetUtcNow() - TimeSpan.FromSeconds(press.LateBySeconds) : null,
        };
        RaiseUntilAnswered(id);
    }

    private void RaiseUntilAnswered(string id)
    {
        if (_answered.Contains(id)) return;
        Raise(id, "press");
        world.After(Again, () => RaiseUntilAnswered(id));
    }

    private void Raise(string id, string what)
    {
        if (!_pressed.TryGetValue(id, out var command)) return;
        Call($"{what} {id}", g => g.GetGrain<IAlertGrain>(id).Raise(command), (RaiseResult result) =>
        {
            _answered.Add(id);
            world.Book.Raised(command, result);
        });
    }

    private void CancelUntilAnswered(string id, PinVerdict pin)
    {
        if (!_answered.Contains(id)) return;
        var done = false;
        void Try()
        {
            if (done) return;
            Call($"cancel {id}", g => Nothing(g.GetGrain<IAlertGrain>(id).Cancel(pin)), _ =>
            {
                done = true;
                world.Book.Cancelled(id);
            });
            world.After(Again, Try);
        }

        Try();
    }

    private void Add(Add act)
    {
        var id = Id(act.Alert);
        var addition = new AddToAlert { By = Domain.Alerts.Consent.Survivor, Authorised = true };
        addition = act.What switch
        {
            Addition.Need => addition with { Needs = [act.Need] },
            Addition.Consent => addition with { Consent = ConsentNow(), Needs = [Need.Police] },
            Addition.WithdrawConsent => addition with { WithdrawConsent = true },
            Addition.ExcludePerson => addition with { Exclusions = new Exclusions { Responders = [act.Who ?? ""] } },
            Addition.ExcludeWhoAccepted => addition with { NotWhoAccepted = act.Need },
            Addition.WomenOnly => addition with { WomenOnly = true },
            Addition.Reach => addition with { Reach = Reach.Call },
            Addition.UnderDuress => addition with { UnderDuress = true },
            _ => throw new System.Diagnostics.UnreachableException("addition"),
        };
        Call($"add {act.What} {id}", g => g.GetGrain<IAlertGrain>(id).Add(addition), (AnswerResult answer) => world.Book.Added(id, addition, answer));
    }

    private void Accept(Accept act)
    {
        if (OfferFor(act.Alert, act.Who) is not { } no) return;
        var id = Id(act.Alert);
        Call($"accept {id}.{no} {act.Who}", g => g.GetGrain<IAlertGrain>(id).Accept(new AcceptOffer(no, act.Who, null, act.Eta)), (AnswerResult answer) => world.Book.Answered(id, no, answer, accepted: true));
    }

    private void Decline(Decline act)
    {
        if (OfferFor(act.Alert, act.Who) is not { } no) return;
        var id = Id(act.Alert);
        Call($"decline {id}.{no} {act.Who}", g => g.GetGrain<IAlertGrain>(id).Decline(new DeclineOffer(no, act.Who, act.Reason)), (AnswerResult answer) => world.Book.Answered(id, no, answer));
    }

    private void Report(Report act)
    {
        var id = Id(act.Alert);
        if (world.Book.Durable(id)?.Offers.LastOrDefault(o => o.Responder == act.Who && o.Assignment is not null) is not { } offer) return;
        Call($"report {act.Progress} {id}.{offer.No} {act.Who}", g => g.GetGrain<IAlertGrain>(id).Report(new ReportProgress(offer.No, act.Who, act.Progress, act.Eta)), (AnswerResult answer) =>
        {
            world.Tally.Count("progress." + act.Progress);
            world.Book.Answered(id, offer.No, answer);
        });
    }

    private void Crash(Crash crash)
    {
        if (!world.Up) return;
        world.Tally.Count("fault.crash.betweenTurns");
        world.Crash(TimeSpan.FromSeconds(crash.Down), TimeSpan.FromSeconds(crash.Clock));
    }

    private int? OfferFor(int alert, string who)
    {
        var offers = world.Book.Durable(Id(alert))?.Offers ?? [];
        return (offers.LastOrDefault(o => o.Responder == who && o.State is OfferState.Open) ?? offers.LastOrDefault(o => o.Responder == who))?.No;
    }

    private async Task<bool> SetUp(IGrainFactory grains, Rules rules)
    {
        await grains.GetGrain<IProtocolGrain>(City.Tenant).Publish(rules);
        var (centre, north) = (grains.GetGrain<IServiceAreaGrain>(City.Area), grains.GetGrain<IServiceAreaGrain>(City.Neighbour));
        await centre.Configure(City.Setup with { Neighbours = [City.Neighbour], Houses = world.Plan.Homes.IsEmpty ? null : [.. world.Plan.Homes.Select(h => new AreaHouse(h.Name))] });
        await north.Configure(City.Setup);
        return (await centre.SwitchOn()).IsEmpty && (await north.SwitchOn()).IsEmpty;
    }

    private Person? Known(string who) => world.Plan.People.FirstOrDefault(p => p.Name == who);

    private void SetDuty(Person person, bool on)
    {
        var area = person.North ? City.Neighbour : City.Area;
        var since = world.Wall.GetUtcNow();
        var ask = world.Book.DutyAsked(person.Name);
        Call(
            $"duty {person.Name} {on}",
            g => Nothing(on ? g.GetGrain<IResponderGrain>(person.Name).OnDuty(OnCall(person, since), [area]) : g.GetGrain<IResponderGrain>(person.Name).OffDuty([area])),
            _ => world.Book.DutyIs(person.Name, on, ask));
    }

    private static Candidate OnCall(Person person, DateTimeOffset since) => new()
    {
        Responder = person.Name,
        Tenant = City.Tenant,
        Organisation = Organisation(person.House),
        Needs = person.Needs,
        Modes = [Mode.CallsHer, Mode.ReceivesHer, Mode.Escorts],
        Woman = person.Woman,
        VettedUntil = since.AddYears(1),
        OnDutySince = since,
    };

    private static OrganisationFacts Organisation(House house) => house switch
    {
        House.Clinic => City.Clinic,
        House.WomensGroup => new OrganisationFacts("womens-group", OrganisationKind.WomensGroup),
        House.PoliceClinic => new OrganisationFacts("police-clinic", OrganisationKind.Health, PoliceRun: true),
        House.Police => City.Police,
        _ => throw new System.Diagnostics.UnreachableException("house"),
    };

    private Consent ConsentNow() => new(DisclosureBasis.Consent, Domain.Alerts.Consent.Survivor, world.Wall.GetUtcNow(), "web", "1", "fr");
}
