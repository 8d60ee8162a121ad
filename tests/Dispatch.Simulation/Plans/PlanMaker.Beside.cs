using Dispatch.Domain.Alerts;

namespace Dispatch.Simulation.Plans;

// What happens beside finding help: people on the way in danger, and what the line decides.
internal sealed partial class PlanMaker
{
    /// <summary>Throws dice of its own, so that it changes nothing else of a seed.</summary>
    private void Beside()
    {
        _random = new Random(~_seed);
        var (danger, line, disclosures) = (Chance(0.6), Chance(0.6), Chance(0.4));
        foreach (var press in _acts.OfType<Press>().ToArray())
        {
            if (danger) OnTheWay(press.Alert);
            if (line) AtTheLine(press.Alert, press.At);
            if (disclosures && Chance(0.3)) Disclosure(press.Alert, press.At + Soon());
            foreach (var cancel in _acts.OfType<Cancel>().Where(c => c.Alert == press.Alert).ToArray()) Forced(cancel);
        }
    }

    private void OnTheWay(int alert)
    {
        foreach (var accept in _acts.OfType<Accept>().Where(a => a.Alert == alert).DistinctBy(a => a.Who).ToArray())
        {
            for (var at = accept.At + Between(30, 600); Chance(0.5); at += Between(5, 400)) _acts.Add(new CheckIn(at, alert, accept.Who));
            if (Chance(0.15)) Danger(alert, accept.Who, accept.At + (Chance(0.3) ? Between(300, 1800) : Soon()));
        }
    }

    /// <summary>She presses, perhaps again and again; somebody takes it, gives it back or ends it, and she may press just then.</summary>
    private void Danger(int alert, string who, double at)
    {
        _acts.Add(new Panic(at, alert, who));
        if (Chance(0.3)) _acts.Add(new Panic(at + Between(1, 200), alert, who));
        if (Chance(0.4)) return;
        var by = Any(Takers);
        _acts.Add(new Take(at += Between(2, 200), alert, by));
        if (Chance(0.3)) _acts.Add(new HandBack(at += Between(2, 60), alert, by));
        else if (Chance(0.8)) _acts.Add(new Close(at += Between(2, 200), alert, by, EndedHow.Other));
        if (Chance(0.4)) _acts.Add(new Panic(at + Between(-1, 3), alert, who));
        if (Chance(0.3)) _acts.Add(new Take(at + Between(5, 120), alert, Any(Takers)));
    }

    private void AtTheLine(int alert, double raised)
    {
        var at = raised + Between(5, 600);
        var by = Any(Takers);
        if (Chance(0.3)) _acts.Add(new WriteNote(at, alert, by));
        if (Chance(0.15)) _acts.Add(new PhoneUnsafe(raised + Soon(), alert, by));
        if (!Chance(0.3)) return;
        _acts.Add(new Take(at, alert, by));
        _acts.Add(new HandBack(at += Between(1, 200), alert, by));
        if (Chance(0.5)) _acts.Add(new Take(at + Between(1, 300), alert, Any(Takers)));
    }

    private void Disclosure(int alert, double at)
    {
        _acts.Add(new Disclose(at, alert, Any(Takers)));
        if (Chance(0.5)) _acts.Add(new SecondLook(at + Soon(), alert, Any(Takers), Any(ReviewOutcome.Upheld, ReviewOutcome.Overturned)));
    }

    private void Forced(Cancel cancel)
    {
        if (!Chance(0.8)) return;
        var at = cancel.At + Soon();
        _acts.Add(new Decide(at, cancel.Alert, "supervisor1", Any(DuressChoice.GoOn, DuressChoice.GoOn, DuressChoice.StandDown)));
        if (Chance(0.2)) _acts.Add(new Decide(at + Between(1, 60), cancel.Alert, "supervisor1", Any(DuressChoice.GoOn, DuressChoice.StandDown)));
    }
}
