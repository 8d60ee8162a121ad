using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Organisations;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Alerts.Telling;

/// <summary>
/// Random lives of alerts in the whole city: what left for whom, on any way, is held against what was stored in that moment. Nobody whom she excluded, who knows the
/// people, or who belongs to a police-run house while no consent stands is ever told.
/// </summary>
public sealed class NobodyUnchosenTests
{
    private static readonly OrganisationFacts PoliceClinic = new("police-clinic", OrganisationKind.Health, PoliceRun: true);
    private static readonly OrganisationFacts Village = new("village", OrganisationKind.WomensGroup);
    private static readonly string[] People = ["amal", "bila", "cira", "dore", "station", "ward", "elder", "fanta"];

    [Theory]
    [InlineData(1)]
    [InlineData(101)]
    [InlineData(201)]
    public void Over_random_histories_nobody_is_told_whom_she_did_not_choose(int first)
    {
        var (told, police, refused) = (0, 0, 0);
        for (var seed = first; seed < first + 40; seed++)
        {
            using var ways = new Ways(rules => rules with { Steps = [new(0, 2), new(10, 2), new(25, 2), new(40, 10, Everybody: true)] }, seed);
            var life = new Life(ways, seed);
            life.Run();
            Assert.True(life.Faults.Count == 0, $"seed {seed}: {string.Join("; ", life.Faults)}");
            (told, police, refused) = (told + life.Told, police + life.ToldPolice, refused + life.MustNot);
        }

        // A life in which nothing happens holds no promise.
        Assert.True(told > 500 && police > 20 && refused > 100, $"{told} told, {police} of them police, {refused} times somebody must not");
    }

    private sealed class Life
    {
        private readonly Ways _ways;
        private readonly Random _random;
        private readonly string _alert;

        // What she said and people declared, kept beside the product and not asked of it.
        private readonly HashSet<string> _people = [];
        private readonly HashSet<string> _houses = [];
        private bool _consent;
        private int[] _seen = [0, 0, 0, 0];

        public Life(Ways ways, int seed)
        {
            (_ways, _random) = (ways, new Random(seed));
            foreach (var who in People)
            {
                City.OnDuty(who, who == "station" ? Need.Police : Need.Health, c => c with { Organisation = HouseOf(who), Needs = [.. c.Needs, Need.Transport] });
                if (Chance(0.3)) ways.HasOnlyANumber(who);
            }

            if (Chance(0.5)) _people.Add(Any(People));
            if (Chance(0.3)) _houses.Add(Village.Id);
            _consent = Chance(0.3);
            _alert = City.Raise(r => r with
            {
                Needs = [Need.Health, Need.Police, .. Chance(0.5) ? new[] { Need.Transport } : []],
                PoliceConsent = _consent ? Yes() : null,
                Exclusions = new Exclusions { Responders = [.. _people], Organisations = [.. _houses] },
            });
            Look("raise");
        }

        public List<string> Faults { get; } = [];
        public int Told { get; private set; }
        public int ToldPolice { get; private set; }
        public int MustNot { get; private set; }

        private City City => _ways.City;

        public void Run()
        {
            for (var i = 0; i < 30; i++) Look(Something());
        }

        private string Something()
        {
            var who = Any(People);
            var asked = City.State(_alert).Offers.Any(o => o.Responder == who);
            switch (_random.Next(12))
            {
                case 0 when !_consent:
                    _consent |= Add(a => a with { Consent = Yes() });
                    return "she agrees";
                case 1 when _consent:
                    _consent &= !Add(a => a with { WithdrawConsent = true });
                    return "she no longer agrees";
                case 2:
                    if (Add(a => a with { Exclusions = new Exclusions { Responders = [who] } })) _people.Add(who);
                    return $"{who} must not know";
                case 3 when Chance(0.3):
                    var house = Any(Village.Id, PoliceClinic.Id);
                    if (Add(a => a with { Exclusions = new Exclusions { Organisations = [house] } })) _houses.Add(house);
                    return $"{house} must not know";
                case 4 when asked:
                    if (City.Decline(who, _alert, DeclineReason.Conflict).Refused is null) _people.Add(who);
                    return $"{who} knows them";
                case 5 when asked:
                    City.Decline(who, _alert);
                    return $"{who} declines";
                case 6 when asked:
                    City.Accept(who, _alert);
                    return $"{who} accepts";
                case 7 when asked:
                    City.Report(who, _alert, Progress.Released);
                    return $"{who} hands back";
                case 8 when asked:
                    _ways.TextFails(who, _alert);
                    return $"no text reaches {who}";
                case 9:
                    City.CrashAndRestart(TimeSpan.FromSeconds(_random.Next(1, 20)));
                    return "the host dies";
                default:
                    City.Advance(Any(0.5, 3, 8, 20, 60));
                    return "time passes";
            }
        }

        /// <summary>Whatever forbids telling somebody was decided before anything left in the same moment.</summary>
        private void Look(string after)
        {
            MustNot += People.Count(Forbidden);
            IReadOnlyList<(DateTimeOffset At, Notice Notice)>[] ways = [City.Phones.Arrived, _ways.Push.Taken, _ways.Texts.Taken, _ways.Calls.Taken];
            foreach (var notice in ways.SelectMany((way, i) => way.Skip(_seen[i])).Select(t => t.Notice).Where(n => n.Kind is NoticeKind.Offer))
            {
                Told++;
                if (notice.Recipient is "station" or "ward") ToldPolice++;
                if (Forbidden(notice.Recipient)) Faults.Add($"{notice.Recipient} was told by {notice.Id} after: {after}");
            }

            _seen = [.. ways.Select(way => way.Count)];
        }

        private bool Forbidden(string who) => _people.Contains(who) || _houses.Contains(HouseOf(who).Id) || (who is "station" or "ward" && !_consent);

        private static OrganisationFacts HouseOf(string who) => who switch { "station" => City.Police, "ward" => PoliceClinic, "elder" or "fanta" => Village, _ => City.Clinic };

        private bool Add(Func<AddToAlert, AddToAlert> what) => City.Host(() => City.Alert(_alert).Add(what(new AddToAlert { By = Consent.Survivor, Authorised = true }))).Refused is null;

        private Consent Yes() => new(DisclosureBasis.Consent, Consent.Survivor, City.Now, "web", "police-1", "fr");

        private bool Chance(double p) => _random.NextDouble() < p;

        private T Any<T>(params T[] of) => of[_random.Next(of.Length)];
    }
}
