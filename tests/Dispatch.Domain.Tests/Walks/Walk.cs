using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.Responders;
using Dispatch.Domain.ServiceAreas;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Walks;

/// <summary>One decision on the way, with what was before and after it.</summary>
internal sealed record Step(int No, string Command, Alert Before, Decision Decision, Alert After, DateTimeOffset Now, int Told, Step? Previous)
{
    /// <summary>Everybody there is, as she was then.</summary>
    public required ImmutableArray<Candidate> People { get; init; }

    /// <summary>Excluded at the press, or with a conflict declared before it and never taken back: the alert is nothing that they ever hear of.</summary>
    public required ImmutableHashSet<string> Never { get; init; }
}

/// <summary>One alert's life drawn from a seed: forty commands of everybody who can give one, in any order, valid or not.</summary>
internal sealed class Walk
{
    private const int Commands = 40;
    private static readonly double[] Pauses = [0, 0.5, 3, 10, 20, 31, 45, 61, 120, 301, 900, 3600];

    private readonly Random _random;
    private readonly List<Step> _steps = [];
    private readonly HashSet<string> _told = [];
    private readonly int _quorum;
    private readonly ImmutableHashSet<string> _never;
    private Alert _alert;

    public Walk(int seed, int commands = Commands)
    {
        _random = new Random(seed);
        _quorum = Chance(0.2) ? 2 : 1;
        OnCall = [.. Roster().Select(Vouched).Select(p => Chance(0.1) ? p with { Declared = Conflict() } : p)];
        Press = Pressing();
        Now = Night;
        _never = [.. OnCall.Where(p => Conflicts(p) || Press.Exclusions.Responders.Contains(p.Responder) || Press.Exclusions.Organisations.Contains(p.Organisation.Id)).Select(p => p.Responder)];
        _alert = Raising.Raise(null, Press, Now).Now();
        _steps.Add(At(new Step(0, "raise", _alert with { Version = 0 }, new Decision.Changed(_alert), _alert, Now, 0, null) { People = [], Never = [] }));
        for (var i = 1; i <= commands; i++) Next(i);
    }

    public IReadOnlyList<Step> Steps => _steps;
    public Alert Alert => _alert;
    public DateTimeOffset Now { get; private set; }
    public List<Candidate> OnCall { get; }
    public RaiseAlert Press { get; }
    public Dispatch.Domain.Protocols.Rules Protocol => Rules(_quorum);

    private void Next(int no)
    {
        switch (_random.Next(100))
        {
            case < 22: TimePasses(no); break;
            case < 25: Do(no, "open", a => Asking.Open(a, Protocol, Now)); break;
            case < 30: if (AnyOffer() is { } d) { _told.Add(d.Responder); Do(no, $"delivered {d.No}", a => Asking.Delivered(a, d.No, Now)); } break;
            case < 44: if (AnyOffer() is { } y) Do(no, $"{y.Responder} accepts {y.No}", a => Answering.Accept(a, y.No, y.Responder, Pick(y.Modes), Chance(0.5) ? null : _random.Next(1, 90), Now)); break;
            case < 53: if (AnyOffer() is { } n) { var why = Pick(Enum.GetValues<DeclineReason>()); Do(no, $"{n.Responder} declines {n.No} {why}", a => Answering.Decline(a, n.No, n.Responder, why, Now)); } break;
            case < 55: if (AnyAssigned() is { } w) Do(no, $"{w.Responder} checks in {w.No}", a => OnTheWay.CheckIn(a, w.No, w.Responder, Now)); break;
            case < 56: if (AnyAssigned() is { } p1) Do(no, $"{p1.Responder} calls for help {p1.No}", a => OnTheWay.Panic(a, p1.No, p1.Responder, Now)); break;
            case < 67: if (AnyAssigned() is { } r) { var p = Pick(Enum.GetValues<Progress>()); Do(no, $"{r.Responder} reports {r.No} {p}", a => Progressing.Report(a, r.No, r.Responder, p, Chance(0.5) ? null : _random.Next(1, 90), Now)); } break;
            case < 84: var (what, addition) = Addition(); Do(no, what, a => Adding.Add(a, addition, Now)); break;
            case < 86: var pin = Pick(Enum.GetValues<PinVerdict>()); if (Chance(0.5)) Do(no, $"cancel {pin}", a => Cancelling.Cancel(a, pin, Now)); break;
            case < 91: var claim = Claim(); Do(no, $"line {claim.State} {claim.ItemId} by {claim.By}", a => HandingOver.Apply(a, claim, Now)); break;
            case < 94: DutyChanges(no); break;
            case < 95: Declares(no); break;
            case < 96: Do(no, "raise again", a => Raising.Raise(a, Press, Now)); break;
            case < 98 when _alert.StandingOff: var choice = Pick(Enum.GetValues<DuressChoice>()); Do(no, $"supervisor decides {choice}", a => DecidingDuress.Decide(a, choice, "awa", "seen", Now)); break;
            default: Drain(); break;
        }
    }

    private void TimePasses(int no)
    {
        Now = Chance(0.02) ? Now.AddSeconds(-_random.Next(1, 30)) : Now.AddSeconds(Pick(Pauses));
        var run = OnCall.Where(p => !p.Vetted(Now)).ToDictionary(p => p.Responder, _ => WithdrawnFor.NotVetted);
        Do(no, "the area is asked who may not be asked any more", a => LeavingDuty.Apply(a, run, Now));
        DoWhatIsDue(no, times: 1);
    }

    private void DoWhatIsDue(int no, int times)
    {
        for (var i = 0; i < 200; i++)
        {
            var before = _alert;
            if (_alert.Rules is null) Do(no, "open", a => Asking.Open(a, Protocol, Now));
            foreach (var need in Asking.Due(_alert, Now)) for (var t = 0; t < times; t++) Do(no, $"step of {need}", a => Asking.EnterStep(a, need, OnCall, Now));
            Do(no, "tick", a => Silence.Tick(a, Now));
            if (ReferenceEquals(before, _alert)) return;
        }

        Assert.Fail("still something due after 200 rounds");
    }

    private void DutyChanges(int no)
    {
        var i = _random.Next(OnCall.Count);
        var leaves = OnCall[i].OnDutyUntil is null;
        OnCall[i] = OnCall[i] with { OnDutyUntil = leaves ? Now : null };
        if (leaves) Do(no, $"{OnCall[i].Responder} leaves duty", a => LeavingDuty.Apply(a, new Dictionary<string, WithdrawnFor> { [OnCall[i].Responder] = WithdrawnFor.OffDuty }, Now));
    }

    /// <summary>In the middle of an alert, or takes back what she said in the middle of it.</summary>
    private void Declares(int no)
    {
        var i = _random.Next(OnCall.Count);
        if (_never.Contains(OnCall[i].Responder)) return;
        OnCall[i] = OnCall[i] with { Declared = OnCall[i].Declared is null ? Conflict() : null };
        if (Conflicts(OnCall[i])) Do(no, $"{OnCall[i].Responder} declares a conflict", a => LeavingDuty.Apply(a, new Dictionary<string, WithdrawnFor> { [OnCall[i].Responder] = WithdrawnFor.Conflict }, Now));
    }

    private Step At(Step step) => step with { People = [.. OnCall], Never = _never };

    private bool Conflicts(Candidate person) => person.Declared is { } said && (said.ConflictAreas.Contains(Press.Area) || said.ConflictOrganisations.Intersect(Press.RelayOrganisations).Any());

    private Declared Conflict() => Pick<Declared>([new() { ConflictAreas = ["XX/demo"] }, new() { ConflictOrganisations = ["mac-1"] }, new() { ConflictAreas = ["XX/elsewhere"], ConflictOrganisations = ["mac-2"] }]);

    private Candidate Vouched(Candidate person) => person with
    {
        VettedUntil = Chance(0.05) ? Night.AddSeconds(_random.Next(-60, 1200)) : person.VettedUntil,
        ConductUntil = Chance(0.05) ? Night.AddSeconds(_random.Next(-60, 1200)) : null,
    };

    private void Drain()
    {
        foreach (var owed in _alert.Outbox.Where(_ => Chance(0.7)).ToArray()) _alert = Acknowledging.Told(_alert, owed.To, owed.Version);
        _alert = Acknowledging.Written(_alert, _alert.Trail.Select(e => e.Id).ToHashSet());
    }

    private void Do(int no, string what, Func<Alert, Decision> command)
    {
        var before = _alert;
        var decision = command(before);
        _alert = decision.Or(before);
        _steps.Add(At(new Step(no, $"{(Now - Night).TotalSeconds} s: {what} → {decision.Outcome()}", before, decision, _alert, Now, _told.Count, _steps[^1]) { People = [], Never = [] }));
    }

    private (string, AddToAlert) Addition()
    {
        var by = Chance(0.5) ? ByCallTaker() : ByPhone() with { Authorised = Chance(0.6) };
        var somebody = Pick(OnCall);
        return _random.Next(10) switch
        {
            9 => ("take a basis back", by with { TakesBack = _random.Next(3) }),
            0 or 1 => ("consent", by with { Consent = Yes((Now - Night).TotalSeconds) }),
            2 or 3 => ("withdraw consent", by with { WithdrawConsent = true }),
            4 => ($"exclude {somebody.Responder}", by with { Exclusions = new Exclusions { Responders = [somebody.Responder] } }),
            5 => ($"exclude {somebody.Organisation.Id}", by with { Exclusions = new Exclusions { Organisations = [somebody.Organisation.Id] } }),
            6 or 7 => ("need", by with { Needs = [Pick(Enum.GetValues<Need>())] }),
            _ => ("note", by with { Note = Box<string>("n"), Place = Chance(0.5) ? Box<Place>("p") : null }),
        };
    }

    private Claim Claim()
    {
        var item = Chance(0.7) ? _alert.Ring?.ItemId ?? _alert.Taken?.ItemId : _alert.Taken?.ItemId;
        return new Claim(item ?? "a1:unknown", Chance(0.2) ? Pick(Enum.GetValues<ClaimState>()) : ClaimState.Taken, Chance(0.7) ? "fatou" : "awa", Now, EndedHow.Resolved);
    }

    private RaiseAlert Pressing() => Given.Press([.. Enum.GetValues<Need>().Where(_ => Chance(0.3))]) with
    {
        PoliceConsent = Chance(0.4) ? Yes() : null,
        Modes = Chance(0.5) ? [Pick(AllModes), Pick(AllModes)] : [],
        Verification = Chance(0.5) ? Verification.None : Pick(Enum.GetValues<Verification>()),
        WomenOnly = Chance(0.1),
        AgeBand = Chance(0.2) ? Pick(Enum.GetValues<AgeBand>()) : null,
        ComposedAt = Chance(0.03) ? Night.AddHours(-1) : null,
        RelayOrganisations = Chance(0.4) ? ["mac-0", "mac-1"] : [],
        Exclusions = Chance(0.15) ? new Exclusions { Responders = [Pick(OnCall).Responder], Organisations = Chance(0.5) ? [Pick(OnCall).Organisation.Id] : [] } : new Exclusions(),
    };

    private static IEnumerable<Candidate> Roster()
    {
        Need[] all = Enum.GetValues<Need>();
        foreach (var organisation in new[] { Clinic, WomensGroup, PoliceStation, PoliceClinic, CentreWithOfficer, GarrisonHospital, Army })
        {
            yield return Person($"{organisation.Id}-1", all).From(organisation);
            yield return Person($"{organisation.Id}-2", Need.Health, Need.Psychosocial, Need.Police).From(organisation) with { Woman = organisation.Id.Length % 2 == 0, Children = false };
        }
    }

    private Offer? AnyOffer()
    {
        var open = _alert.Offers.Where(o => o.State is OfferState.Open).ToArray();
        return open.Length > 0 && Chance(0.8) ? Pick(open) : _alert.Offers.Length > 0 ? Pick(_alert.Offers) : null;
    }

    private Offer? AnyAssigned() => _alert.Offers.Where(o => o.Assignment is not null).ToArray() is { Length: > 0 } assigned ? Pick(assigned) : null;

    private bool Chance(double of) => _random.NextDouble() < of;

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
