using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;

namespace Dispatch.Simulation.Plans;

/// <summary>
/// Writes the plan of a seed. Each seed switches on its own part of everything that people do and that goes wrong: what hides in a crowd of
/// faults shows where few are at work.
/// </summary>
internal sealed partial class PlanMaker
{
    private static readonly string[] Takers = ["hotline1", "hotline2", "supervisor1"];

    private Random _random;
    private readonly List<Act> _acts = [];
    private readonly int _seed;
    private double _seconds;
    private ImmutableArray<Person> _people = [];

    private PlanMaker(int seed) => (_seed, _random) = (seed, new Random(seed));

    public static Plan Of(int seed, double? minutes = null, int? alerts = null) => new PlanMaker(seed).Make(minutes, alerts);

    private Plan Make(double? minutes, int? alerts)
    {
        _seconds = 60 * (minutes ?? Between(15, 60));
        _people = [.. Enumerable.Range(1, _random.Next(4, 13)).Select(Someone)];
        var count = alerts ?? _random.Next(10, 36);
        var calm = Chance(0.1);
        var police = Chance(0.5);
        var adds = Chance(0.7);
        var duress = Chance(0.5);
        for (var alert = 1; alert <= count; alert++) Life(alert, police, adds, duress);
        if (Chance(0.7)) Duties();
        if (!calm) Troubles();
        var plan = new Plan
        {
            Seed = _seed,
            Seconds = _seconds,
            Shuffled = Chance(0.8),
            RoundTrip = Chance(0.2),
            Push = Chance(0.5),
            Sms = Chance(0.6),
            HealthQuorum = Chance(0.2) ? 2 : 1,
            Habits = calm ? new Habits() : Habits(),
            People = _people,
        };
        Beside();
        plan = plan with { Homes = Beds() };
        // To the millisecond, so that a plan that was printed and read again is the same plan.
        return plan with { Acts = [.. _acts.Where(a => a.At < _seconds).Select(a => a with { At = Math.Round(a.At, 3) }).OrderBy(a => a.At)] };
    }

    private Person Someone(int number)
    {
        var house = _random.NextDouble() switch { < 0.55 => House.Clinic, < 0.75 => House.WomensGroup, < 0.85 => House.PoliceClinic, _ => House.Police };
        ImmutableArray<Need> needs = house is House.Police
            ? [Need.Police, .. Chance(0.3) ? new[] { Need.Transport } : []]
            : [Need.Health, .. Chance(0.4) ? new[] { Need.Psychosocial } : [], .. Chance(0.3) ? new[] { Need.Transport } : []];
        return new Person($"p{number}", needs, house, Woman: Chance(0.7), North: Chance(0.2), OnDuty: Chance(0.8));
    }

    /// <summary>One alert and what people do about it. Whoever is not asked does nothing.</summary>
    private void Life(int alert, bool police, bool adds, bool duress)
    {
        var at = 3 + (_random.NextDouble() * (_seconds - 30));
        // Some come together: a bus, a market day, a script.
        if (Chance(0.15) && _acts.OfType<Press>().LastOrDefault() is { } last) at = last.At;
        var consent = police && Chance(0.4);
        ImmutableArray<Need> needs = Chance(0.5) ? [] : [Need.Health, .. Chance(0.4) ? new[] { Need.Psychosocial } : [], .. consent || Chance(0.2) ? new[] { Need.Police } : []];
        _acts.Add(new Press(
            at,
            alert,
            needs,
            consent,
            Chance(0.15) ? [Mode.Escorts] : [],
            WomenOnly: Chance(0.1),
            Verification: Chance(0.3) ? Verification.Voice : Verification.None,
            Exclude: Chance(0.1) ? Anybody().Name : null,
            LateBySeconds: Chance(0.05) ? _random.Next(60, 50_000) : 0));
        if (Chance(0.2)) _acts.Add(new PressAgain(at + Between(0, 300), alert));
        foreach (var person in _people) Answer(alert, at, person);
        if (adds) Additions(alert, at, police);
        if (Chance(0.15)) _acts.Add(new Cancel(at + Soon(), alert, duress ? Any(PinVerdict.Right, PinVerdict.Wrong, PinVerdict.Duress, PinVerdict.NotSet) : Any(PinVerdict.Right, PinVerdict.NotSet)));
        Line(alert, at);
    }

    private void Answer(int alert, double raised, Person person)
    {
        var at = raised + Soon();
        var luck = _random.NextDouble();
        if (luck < 0.3) return;
        if (luck < 0.5)
        {
            _acts.Add(new Decline(at, alert, person.Name, Any(DeclineReason.Busy, DeclineReason.TooFar, DeclineReason.Conflict, DeclineReason.Unsafe)));
            if (Chance(0.15)) _acts.Add(new Accept(at + Between(0, 60), alert, person.Name));
            return;
        }

        _acts.Add(new Accept(at, alert, person.Name, Chance(0.5) ? _random.Next(1, 60) : null));
        if (Chance(0.1)) _acts.Add(new Accept(at, alert, person.Name));
        // Some accept and fall silent.
        if (Chance(0.2)) return;
        at += Between(1, 200);
        _acts.Add(new Report(at, alert, person.Name, Chance(0.1) ? Progress.Conflict : Progress.NoConflict));
        if (Chance(0.1)) _acts.Add(new Report(at += Between(1, 100), alert, person.Name, Progress.Released));
        if (Chance(0.6)) _acts.Add(new Report(at += Between(1, 400), alert, person.Name, Progress.EnRoute, Chance(0.5) ? _random.Next(1, 40) : null));
        if (Chance(0.5)) _acts.Add(new Report(at += Between(1, 600), alert, person.Name, Progress.Arrived));
        if (Chance(0.8)) _acts.Add(new Report(at + Between(1, 600), alert, person.Name, Progress.Done));
    }

    private void Additions(int alert, double raised, bool police)
    {
        for (var i = _random.Next(0, 3); i > 0; i--)
        {
            var what = Any(Addition.Need, Addition.ExcludePerson, Addition.ExcludeWhoAccepted, Addition.WomenOnly, Addition.Reach, Addition.UnderDuress);
            _acts.Add(new Add(raised + Soon(), alert, what, Any(Need.Health, Need.Psychosocial, Need.Transport, Need.Police), what is Addition.ExcludePerson ? Anybody().Name : null));
        }

        if (!police || !Chance(0.5)) return;
        var at = raised + Soon();
        _acts.Add(new Add(at, alert, Addition.Consent));
        if (Chance(0.6)) _acts.Add(new Add(at + Soon(), alert, Addition.WithdrawConsent));
    }

    private void Line(int alert, double raised)
    {
        if (Chance(0.35)) return;
        var at = raised + Between(20, 300);
        var by = Any(Takers);
        _acts.Add(new Take(at, alert, by));
        if (Chance(0.3)) _acts.Add(new Take(at, alert, Any(Takers)));
        if (Chance(0.7)) _acts.Add(new Close(at + Between(30, 1200), alert, by, Any(EndedHow.Resolved, EndedHow.Referred, EndedHow.FalseAlarm)));
        if (Chance(0.5)) _acts.Add(new Take(at + Between(300, 900), alert, Any(Takers)));
    }

    private void Duties()
    {
        foreach (var person in _people)
        {
            var on = person.OnDuty;
            for (var at = Between(5, _seconds); at < _seconds; at += Between(20, _seconds)) _acts.Add(new Duty(at, person.Name, on = !on));
        }
    }

    private void Troubles()
    {
        Often(0.5, 900, at => new Crash(at, Down(), Chance(0.2) ? Any(-7200.0, -600, -90, 45, 900, 90_000) : 0));
        Often(0.5, 900, at => new CrashAtWrite(at, _random.Next(1, 30), Chance(0.5), Down()));
        Often(0.4, 900, at => new CrashAtSend(at, _random.Next(1, 6), Down()));
        Often(0.2, 1500, at => new ClockJumps(at, Any(6.0, 70, 600, 3700)));
        Often(0.4, 600, at => new StoreBreaks(at, StoreTrouble.Fails, Between(1, 60), Any(0.02, 0.1, 0.5)));
        Often(0.25, 1200, at => new StoreBreaks(at, StoreTrouble.Full, Between(1, 180)));
        Often(0.35, 600, at => new StoreBreaks(at, StoreTrouble.Denies, Between(1, 60), Any(0.02, 0.1, 0.5)));
        Often(0.3, 900, at => new StoreBreaks(at, StoreTrouble.Unreadable, Between(1, 60), Any(0.02, 0.2)));
        Often(0.3, 900, at => new StoreBreaks(at, StoreTrouble.Stalls, Between(0.5, 40)));
        Often(0.2, 900, at => new StoreBreaks(at, StoreTrouble.Slow, Between(5, 60), Any(0.01, 0.1, 0.6)));
        Often(0.4, 600, at => new ChannelBreaks(at, Any(ChannelKind.Live, ChannelKind.WebPush, ChannelKind.Sms), Any(Enum.GetValues<ChannelTrouble>()), Between(5, 240)));
        Often(0.4, 300, at => new NoCoverage(at, Anybody().Name, Between(5, 600)));
    }

    private void Often(double inSeeds, double every, Func<double, Act> trouble)
    {
        if (!Chance(inSeeds)) return;
        for (var at = Between(3, every); at < _seconds; at += Between(1, 2 * every)) _acts.Add(trouble(at));
    }

    private Habits Habits()
    {
        double Sometimes(double most) => Chance(0.35) ? Math.Round(_random.NextDouble() * most, 3) : 0;
        return new Habits
        {
            Lost = Sometimes(0.5),
            Late = Sometimes(0.5),
            Doubled = Sometimes(0.5),
            Refused = Sometimes(0.6),
            Denied = Sometimes(0.3),
            Never = Sometimes(0.3),
            Thrown = Sometimes(0.3),
            Hung = Sometimes(0.3),
            Mute = Sometimes(0.8),
            Lying = Sometimes(1),
            Muddled = Sometimes(0.5),
        };
    }

    /// <summary>Most within a minute or two, some much later.</summary>
    private double Soon() => Chance(0.7) ? Between(1, 60) : Chance(0.7) ? Between(60, 240) : Between(240, 1200);

    private double Down() => Chance(0.6) ? Between(0.2, 5) : Between(5, 90);

    private Person Anybody() => _people[_random.Next(_people.Length)];

    private bool Chance(double share) => _random.NextDouble() < share;

    private double Between(double from, double to) => Math.Round(from + (_random.NextDouble() * (to - from)), 3);

    private T Any<T>(params ReadOnlySpan<T> of) => of[_random.Next(of.Length)];
}
