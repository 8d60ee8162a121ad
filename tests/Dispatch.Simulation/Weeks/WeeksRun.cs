using Dispatch.Domain.Organisations;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Shelters;
using Dispatch.Simulation.Promises;
using Dispatch.Simulation.Runs;
using Dispatch.Storage;
using Dispatch.TestCity;

namespace Dispatch.Simulation.Weeks;

/// <summary>Plays one plan on the calling thread: the real houses on the real engine, a disk that fails now and then, and a process that dies.</summary>
internal sealed class WeeksRun : IDisposable
{
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(65);

    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Many who ask one house in the same moment.</summary>
    private const string AllAtOnce = "";

    /// <summary>Enough for some of them, so that yes and no stand in one write.</summary>
    private const int HotBeds = 24;

    private readonly PriorityQueue<string, DateTimeOffset> _next = new();
    private readonly WeeksPlan _plan;
    private readonly Random _random;
    private readonly Tally _tally = new();
    private readonly City _city;
    private readonly WeeksBook _book;
    private readonly WeeksCrowd _crowd;
    private readonly string[] _houses;
    private int _untilTrouble = int.MaxValue;
    private bool _dead;

    /// <summary>The write that is being made is to fail when it is done; whether the process dies of it.</summary>
    private bool? _struckAfter;

    private WeeksRun(WeeksPlan plan)
    {
        _plan = plan;
        _random = new Random(plan.Seed);
        _city = City.Start(new CityOptions { Seed = plan.Seed, Sweep = false });
        _book = new WeeksBook(_city.Clock, _city.Now, _tally);
        _crowd = new WeeksCrowd(_city, _book, _random);
        _houses = [.. Enumerable.Range(0, plan.Houses).Select(n => $"house-{n}")];
        Watch(_city.Store);
    }

    public static Outcome Of(WeeksPlan plan)
    {
        using var run = new WeeksRun(plan);
        var start = run._city.Now;
        try
        {
            run.Play(start + TimeSpan.FromDays(7 * plan.Weeks));
        }
        catch (Exception failure)
        {
            run._book.Break(Promise.SimulatorSound, failure.ToString());
        }

        return new Outcome(run._book.Broken, run._tally, "", run._city.Now - start);
    }

    public void Dispose() => _city.Dispose();

    private void Play(DateTimeOffset end)
    {
        foreach (var house in _houses) SetUp(house);
        NextTrouble();
        foreach (var house in _houses) _next.Enqueue(house, _city.Now + About(Day));
        _next.Enqueue(AllAtOnce, _city.Now);
        while (_book.Broken is null && _next.TryDequeue(out var who, out var at) && at < end)
        {
            Until(at);
            Do(who == AllAtOnce ? [.. Enumerable.Range(0, _random.Next(2, 30)).Select(_ => _crowd.Hot(_houses[0]))] : [_crowd.Say(who)]);
            _next.Enqueue(who, at + (who == AllAtOnce ? About(Day * 20 / (_plan.ActsPerDay * _houses.Length)) : Pause()));
        }

        _untilTrouble = int.MaxValue;
        Until(end);
        Until(end + Settling);
        _book.Settled(_houses);
        Do([.. _houses.Select<string, Func<Task>>(house => async () => _book.Board(house, await _city.Grains.GetGrain<IShelterGrain>(house).Board()))]);
    }

    /// <summary>Mostly one word follows another within minutes; then nothing for hours.</summary>
    private TimeSpan Pause() => About(_random.Next(5) > 0 ? Soon : ((Day / _plan.ActsPerDay) - (Soon * 0.8)) * 5);

    private TimeSpan About(TimeSpan mean) => -Math.Log(1 - _random.NextDouble()) * mean;

    private void SetUp(string house)
    {
        var grain = _city.Grains.GetGrain<IShelterGrain>(house);
        var rules = new HouseRules(ChildrenAlone: true, BoysUpTo: 14);
        _city.Host(() => grain.Configure(new ShelterSetup { Tenant = City.Tenant, Organisation = new OrganisationFacts("home", OrganisationKind.Shelter), Areas = [City.Area], Rules = rules }));
        BedFigures[] figures = [new(BedKind.Bed, house == _houses[0] ? HotBeds : _random.Next(2, 12), 0, 0), new(BedKind.Cot, _random.Next(0, 4), 0, 0), new(BedKind.FamilyRoom, _random.Next(0, 3), 0, 0)];
        _city.Host(() => grain.ConfirmCounts(new ConfirmCounts(0, [.. figures], "staff")));
    }

    private void Until(DateTimeOffset time)
    {
        if (time > _city.Now) _city.Clock.AdvanceTo(time);
        Revive();
    }

    /// <summary>All in the same moment. Who gets no answer may ask again later, as of anything that she remembers.</summary>
    private void Do(Func<Task>[] words)
    {
        try
        {
            _city.Host(() => Task.WhenAll(words.Select(Answered)));
        }
        catch (InvalidOperationException) when (_dead)
        {
            _tally.Count("unanswered");
        }

        Revive();
    }

    private async Task Answered(Func<Task> word)
    {
        try
        {
            await word();
        }
        catch (Exception failure) when (failure is Orleans.Runtime.OrleansException or IOException or TimeoutException)
        {
            _tally.Count("failed");
        }
    }

    private void Revive()
    {
        if (!_dead) return;
        _city.Clock.Advance(TimeSpan.FromSeconds(_random.Next(1, 120)));
        _dead = false;
        _city.Boot(Watch);
        _book.Troubled();
    }

    private void Watch(Dispatch.LocalEngine.MemoryStore store)
    {
        store.Fault = write => Due(write) is (< 2) and var which ? Struck(which == 0, "before") : null;
        store.LostAnswer = write =>
        {
            _book.Stored(write);
            return _struckAfter is { } dies ? Struck(dies, "after") : null;
        };
    }

    /// <summary>0: the process dies before it, 1: it fails, 2: the process dies after it, 3: its answer is lost.</summary>
    private int Due(RowWrite write)
    {
        _struckAfter = null;
        if (_dead || !write.Id.Partition.StartsWith("shelter/", StringComparison.Ordinal) || --_untilTrouble > 0) return 4;
        var which = _random.Next(4);
        if (which >= 2) _struckAfter = which == 2;
        return which;
    }

    private IOException Struck(bool dies, string when)
    {
        _struckAfter = null;
        _tally.Count(dies ? $"fault.crash.{when}" : $"fault.write.{when}");
        NextTrouble();
        _book.Troubled();
        if (dies)
        {
            _dead = true;
            _city.Crash();
        }

        return new IOException("planned trouble");
    }

    private void NextTrouble() => _untilTrouble = _random.Next(1, _plan.Trouble);
}
