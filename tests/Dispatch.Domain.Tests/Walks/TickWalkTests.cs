using Dispatch.Domain.Alerts;
using Dispatch.Domain.ServiceAreas;

namespace Dispatch.Domain.Tests.Walks;

/// <summary>Nothing depends on one timer: late, early, missed and doubled ticks all come to the same end.</summary>
public sealed class TickWalkTests
{
    private const int Lives = 600;
    private static readonly TimeSpan Horizon = TimeSpan.FromHours(6);

    [Fact]
    public void A_tick_repeated_at_the_same_moment_changes_nothing()
    {
        for (var seed = 0; seed < Lives; seed++)
        {
            var night = After(seed, new Walk(seed, 15));
            night.DoWhatIsDue(1);
            var settled = night.Alert;
            night.DoWhatIsDue(3);
            Assert.True(ReferenceEquals(settled, night.Alert), $"seed {seed}");
        }
    }

    [Fact]
    public void Doubled_ticks_and_steps_come_to_the_same_end() => Converges((night, _) => night.Exactly(times: 2));

    [Fact]
    public void Early_ticks_come_to_the_same_end() => Converges((night, random) => night.EveryFewSeconds(random));

    [Fact]
    public void Late_ticks_come_to_the_same_end() => Converges((night, random) => night.AtRandom(random, upToSeconds: 400));

    [Fact]
    public void Hours_without_any_tick_come_to_the_same_end() => Converges((night, _) => night.NotAtAllFor(TimeSpan.FromHours(3)));

    [Fact]
    public void Doubled_ticks_and_steps_decide_at_the_same_times()
    {
        for (var seed = 0; seed < Lives; seed++)
        {
            Night once = After(seed, new Walk(seed, 15)), twice = After(seed, new Walk(seed, 15));
            once.Exactly(times: 1);
            twice.Exactly(times: 2);
            Assert.True(Times(once.Alert) == Times(twice.Alert), $"seed {seed}\n once: {Times(once.Alert)}\n twice: {Times(twice.Alert)}");
        }
    }

    private static void Converges(Action<Night, Random> schedule)
    {
        for (var seed = 0; seed < Lives; seed++)
        {
            Night exact = After(seed, new Walk(seed, 15)), other = After(seed, new Walk(seed, 15));
            exact.Exactly(times: 1);
            schedule(other, new Random(seed));
            exact.Settle();
            other.Settle();
            Assert.True(Essence(exact.Alert) == Essence(other.Alert), $"seed {seed}\n exact: {Essence(exact.Alert)}\n other: {Essence(other.Alert)}");
        }
    }

    /// <summary>Nobody's vetting runs out in it: who is asked late is asked of other people, and should be.</summary>
    private static Night After(int seed, Walk walk) =>
        new(walk.Alert, walk.Now, walk.Protocol, [.. walk.OnCall.Select(p => p.Vetted(walk.Now) ? p with { VettedUntil = Given.Night.AddYears(1), ConductUntil = null } : p)], seed);

    /// <summary>What was decided, without when: who was asked in which step, who is silent, what rings and who was told.</summary>
    private static string Essence(Alert a) => string.Join("; ",
        [
            $"{a.Stage} duress {a.StandingOff} ring {a.Ring?.ItemId} {a.Ring?.Begun} {a.Ring?.DutyOfficerToldAt is not null} {a.Ring?.BackupToldAt is not null} taken {a.Taken?.ItemId}",
            .. a.Needs.Select(n => $"{n.Need} {n.Stage} {string.Join(',', n.Steps.Select(s => $"{s.Step}:{s.Asked}"))}"),
            .. a.Offers.OrderBy(o => o.Need).ThenBy(o => o.Responder).Select(o => $"{o.Responder} {o.Need} {o.Step} {o.State} {o.Withdrawn} {o.Declined} {o.Round} {o.Assignment?.State} {o.Assignment?.Silent}"),
        ]);

    private static string Times(Alert a) => string.Join("; ",
        [
            $"{a.Ring} {a.LastNow:O}", .. a.Needs.SelectMany(n => n.Steps.Select(s => $"{n.Need} {s}")),
            .. a.Offers.OrderBy(o => o.Need).ThenBy(o => o.Responder).Select(o => $"{o.Responder} {o.Need} {o.At:O} {o.Assignment}"),
        ]);

    private sealed class Night(Alert alert, DateTimeOffset now, Dispatch.Domain.Protocols.Rules rules, IReadOnlyCollection<Candidate> people, int seed)
    {
        private readonly DateTimeOffset _end = (now > alert.LastNow ? now : alert.LastNow) + Horizon;
        private readonly IReadOnlyCollection<Candidate> _onCall = [.. people.Where(p => p.OnDutyUntil is null)];
        private DateTimeOffset _now = now > alert.LastNow ? now : alert.LastNow;

        public Alert Alert { get; private set; } = alert;

        public void Exactly(int times)
        {
            DoWhatIsDue(times);
            while (Silence.NextDue(Alert) is { } due && due <= _end) To(due, times);
        }

        public void EveryFewSeconds(Random random)
        {
            DoWhatIsDue(1);
            while (_now < _end)
            {
                var early = _now.AddSeconds(random.Next(1, 240));
                To(Silence.NextDue(Alert) is { } due && due < early ? due : early, 1);
            }
        }

        public void AtRandom(Random random, int upToSeconds)
        {
            while (_now < _end) To(_now.AddMilliseconds(random.Next(1, upToSeconds * 1000)), 1);
        }

        public void NotAtAllFor(TimeSpan gap)
        {
            To(_now + gap, 1);
            Exactly(1);
        }

        /// <summary>Long after everything: what is still due is done.</summary>
        public void Settle()
        {
            for (var day = 1; Silence.NextDue(Alert) is { } due && day < 200; day++) To(due > _end ? due : _end, 1);
            Assert.True(Silence.NextDue(Alert) is null, $"seed {seed}: never settles");
        }

        public void DoWhatIsDue(int times)
        {
            for (var i = 0; i < 500; i++)
            {
                var before = Alert;
                for (var t = 0; t < times; t++) Alert = Asking.Open(Alert, rules, _now).Or(Alert);
                foreach (var need in Asking.Due(Alert, _now)) for (var t = 0; t < times; t++) Alert = Asking.EnterStep(Alert, need, _onCall, _now).Or(Alert);
                Alert = Silence.Tick(Alert, _now).Or(Alert);
                if (ReferenceEquals(before, Alert)) return;
            }

            Assert.Fail($"seed {seed}: still something due after 500 rounds");
        }

        private void To(DateTimeOffset at, int times)
        {
            _now = at > _now ? at : _now;
            DoWhatIsDue(times);
        }
    }
}
