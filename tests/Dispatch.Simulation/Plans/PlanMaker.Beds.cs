using System.Collections.Immutable;
using Dispatch.Domain.Alerts;

namespace Dispatch.Simulation.Plans;

// Houses with beds: who needs one, what their staff say and count, and who is told the way.
internal sealed partial class PlanMaker
{
    private static readonly string[] Staff = ["keeper1", "keeper2"];

    /// <summary>Throws dice of its own, so that it changes nothing of the seeds that have no houses.</summary>
    private ImmutableArray<Home> Beds()
    {
        _random = new Random(_seed ^ 0x0bed);
        if (Chance(0.4)) return [];
        ImmutableArray<Home> homes = [.. Enumerable.Range(1, _random.Next(1, 5)).Select(n => new Home($"home{n}", _random.Next(1, 6), _random.Next(0, 3), _random.Next(0, 3), Police: Chance(0.15)))];
        var addresses = Chance(0.6);
        foreach (var home in homes)
        {
            if (addresses) _acts.Add(new SetAddress(Between(2, 60), home.Name, Any(Staff)));
            for (var at = Between(10, 900); at < _seconds && Chance(0.9); at += Between(30, 1200)) Counts(home, at);
        }

        for (var i = 0; i < _acts.Count; i++)
        {
            if (_acts[i] is not Press press || !Chance(0.6)) continue;
            _acts[i] = press with { Needs = Chance(0.3) ? [Need.Shelter] : [.. press.Needs.IsEmpty ? [Need.Health] : press.Needs, Need.Shelter] };
        }

        foreach (var press in _acts.OfType<Press>().ToArray())
        {
            if (press.Needs.Contains(Need.Shelter) || Chance(0.15)) Night(press.Alert, press.At, homes, addresses);
        }

        return homes;
    }

    private void Night(int alert, double raised, ImmutableArray<Home> homes, bool addresses)
    {
        if (Chance(0.3)) _acts.Add(new AskBed(raised + Soon(), alert, Any(Takers), Chance(0.5) ? homes[_random.Next(homes.Length)].Name : null, _random.Next(1, 3), _random.Next(0, 4)));
        if (Chance(0.1)) _acts.Add(new GiveUpBed(raised + Soon() + Between(0, 900), alert, Any(Takers), Chance(0.3)));
        double? answered = null;
        for (var at = raised + Soon(); Chance(0.6); at += Between(10, 700))
        {
            answered ??= at;
            if (Chance(0.2)) _acts.Add(new HomeSays(at - Between(0, 5), alert, HomeWord.Renew, Any(Staff)));
            _acts.Add(new HomeSays(at, alert, Chance(0.6) ? HomeWord.Yes : HomeWord.No, Any(Staff), Chance(0.2) ? 2 : 1));
            if (Chance(0.1)) _acts.Add(new HomeSays(at, alert, Any(HomeWord.Yes, HomeWord.No), Any(Staff)));
        }

        // After the house's half an hour is over, or its whole hour.
        if (Chance(0.15)) _acts.Add(new HomeSays(raised + Between(1790, 3700), alert, HomeWord.Yes, Any(Staff)));
        Arrivals(alert, raised + Between(30, 1500));
        if (addresses && answered is { } yes && Chance(0.7)) Way(alert, yes + Between(1, 30));
        for (var at = raised + Between(60, 600); Chance(0.5); at += Between(5, 900)) _acts.Add(new LateHold(at, alert));
    }

    private void Arrivals(int alert, double at)
    {
        if (Chance(0.3)) return;
        if (Chance(0.3)) _acts.Add(new HomeSays(at - Between(1, 60), alert, HomeWord.Expect, Any(Staff)));
        if (Chance(0.2))
        {
            _acts.Add(new HomeSays(at, alert, Any(HomeWord.NotCome, HomeWord.Release), Any(Staff)));
            if (Chance(0.6)) return;
        }

        _acts.Add(new HomeSays(at, alert, HomeWord.Arrive, Any(Staff), Chance(0.2) ? 2 : 1));
        if (Chance(0.15)) _acts.Add(new HomeSays(at + Between(1, 100), alert, HomeWord.SaidTooEarly, Any(Staff)));
        if (!Chance(0.6)) return;
        _acts.Add(new HomeSays(at += Between(60, 900), alert, HomeWord.Leave, Any(Staff), Chance(0.2) ? 2 : 1));
        if (Chance(0.2)) _acts.Add(new HomeSays(at + Between(1, 300), alert, HomeWord.StillThere, Any(Staff)));
    }

    /// <summary>One driver is let in and looks, in time or late; somebody else tries, too.</summary>
    private void Way(int alert, double at)
    {
        var driver = Anybody().Name;
        _acts.Add(new GiveAddressTo(at, alert, driver, Any(Staff), Chance(0.6) ? Between(20, 600) : 0));
        if (Chance(0.2)) _acts.Add(new GiveAddressTo(at + Between(0, 100), alert, Anybody().Name, Any(Staff)));
        for (var look = at + Between(1, 60); Chance(0.7); look += Between(1, 400)) _acts.Add(new LookAtAddress(look, alert, Chance(0.85) ? driver : Anybody().Name));
        if (Chance(0.3)) _acts.Add(new TakeAddressBack(at + Between(5, 300), alert, Any(Staff)));
        if (Chance(0.5)) _acts.Add(new LookAtAddress(at + Between(600, 1500), alert, driver));
    }

    private void Counts(Home home, double at) => _acts.Add(new CountBeds(
        at, home.Name, Any(Staff), Chance(0.4) ? _random.Next(-2, 3) : 0, Chance(0.3) ? _random.Next(0, 3) : 0, Chance(0.3) ? _random.Next(-1, 3) : 0, Chance(0.3) ? Between(1, 120) : 0));
}
