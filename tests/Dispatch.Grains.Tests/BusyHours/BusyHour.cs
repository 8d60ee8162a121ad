using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Hotline;
using Dispatch.Grains.Hotline;
using Dispatch.Grains.Tests.Contacts;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.BusyHours;

/// <summary>Who does what in this hour, by a seed.</summary>
internal sealed class BusyHour
{
    private const double AnswerWithin = 30;
    private const double CallBackWithin = 180;
    private const int MostSteps = 4 * 3600 / BusyHourTests.StepSeconds;

    private readonly City _city;
    private readonly Random _random;
    private readonly Person[] _takers = [.. Enumerable.Range(0, 5).Select(n => new Person($"taker-{n}"))];
    private readonly Person _supervisor = new("supervisor");
    private readonly DateTimeOffset[] _turns;

    public BusyHour(City city, Random random, int women)
    {
        (_city, _random, Line) = (city, random, new BusyLine(city));
        var start = city.Now;
        All = [.. Enumerable.Range(0, women).Select(n => new Woman(
            new Telephone(city, $"{n:D3}"), $"alert-of-{n:D3}", (Way)(random.Next(12) switch { < 5 => 0, 5 => 1, < 8 => 2, 8 => 3, 9 or 10 => 4, _ => 5 }),
            start.AddSeconds(n % 2 == 0 ? 0 : random.Next(360) * BusyHourTests.StepSeconds), TimeSpan.FromSeconds(random.Next(3, 40) * BusyHourTests.StepSeconds)))];
        // The first dies for good, the second dies and comes back, the third goes home; each when she has something.
        _turns = [start.AddSeconds(random.Next(200, 900)), start.AddSeconds(random.Next(900, 1800)), start.AddSeconds(random.Next(1800, 3000))];
    }

    public Woman[] All { get; }
    public BusyLine Line { get; }
    public int GivenBack { get; private set; }
    public int TakenOver { get; private set; }
    public int FoundAgain { get; private set; }

    public void Run()
    {
        for (var step = 0; step < MostSteps; step++)
        {
            foreach (var woman in All) Happens(woman);
            foreach (var person in _takers.Append(_supervisor)) Works(person);
            Line.Check("a step");
            if (All.All(w => w is { Began: true, OnTheLine: false }) && Line.Things.Count == 0) break;
            _city.Advance(BusyHourTests.StepSeconds);
            Line.Check("some seconds");
        }

        _city.Advance(60);
        Line.Check("the end");
    }

    private void Happens(Woman woman)
    {
        var now = _city.Now;
        if (!woman.Began && woman.At <= now) Begins(woman);
        // While she waits, so that she stands there for two reasons.
        else if (woman is { Way: Way.RingsAndWrites, Began: true, Wrote: false } && now >= woman.At.AddSeconds(20)) Writes(woman);
        else if (woman is { OnTheLine: true, HangsUpAt: { } until } && now >= until) HangsUp(woman);
    }

    private void Begins(Woman woman)
    {
        woman.Began = true;
        switch (woman.Way)
        {
            case Way.Misses:
                woman.Hers.Says(ContactEventKind.CallMissed, "call-1");
                Line.Rings(woman.Hers.Id, RingReason.CallBackOwed, CallBackWithin);
                break;
            case Way.Writes:
                Writes(woman);
                break;
            case Way.Menu:
                woman.Hers.Says(ContactEventKind.HelpAsked, null, Telephone.Help(woman.Alert));
                Line.Rings(woman.Alert, RingReason.NewAlert, 0, _city.Now.AddSeconds(60));
                break;
            default:
                woman.Hers.Rings();
                (woman.OnTheLine, woman.HangsUpAt) = (true, _city.Now + woman.Patience);
                Line.Rings(woman.Hers.Id, RingReason.CallRinging, AnswerWithin);
                if (woman.Way is not Way.PressesNine) break;
                woman.Hers.PressesNine(woman.Alert);
                Line.Rings(woman.Alert, RingReason.NewAlert, 0, _city.Now.AddSeconds(60));
                break;
        }

        Line.Check($"{woman.Hers.Id} {woman.Way}");
    }

    private void Writes(Woman woman)
    {
        woman.Wrote = true;
        woman.Hers.Says(ContactEventKind.TextArrived);
        Line.Rings(woman.Hers.Id, RingReason.TextWaiting, AnswerWithin);
        Line.Check($"{woman.Hers.Id} writes");
    }

    private void HangsUp(Woman woman)
    {
        woman.Hers.HangsUp();
        woman.OnTheLine = false;
        // Nobody spoke with her: somebody owes her a call, whoever has the one that she gave up.
        if (Line.Untaken(woman.Hers.Id, RingReason.CallRinging) is { } rang) Line.Things.Remove(rang);
        if (!woman.Spoken) Line.Rings(woman.Hers.Id, RingReason.CallBackOwed, CallBackWithin);
        Line.Check($"{woman.Hers.Id} hangs up");
    }

    private void Works(Person person)
    {
        if (!person.There && !(person.BackAt <= _city.Now)) return;
        var view = Reads(person);
        if (!person.There) ComesBack(person, view);
        foreach (var (thing, until) in person.Hands.Where(h => h.Until <= _city.Now && !IsRung(h.Thing)).ToArray()) Ends(person, thing);
        if (person == _supervisor) foreach (var left in view.Items.Where(i => i.LeftAt is not null && i.TakenBy == _takers[0].Name)) TakesOver(left);
        if (person.Hands.Count < 2 && Reads(person).Items.FirstOrDefault(i => i.Calls && i.RingsAt <= _city.Now && (i.TakenBy is null || _random.Next(30) == 0)) is { } next) Takes(person, next);
        if (person.Hands.Count == 0 || Array.IndexOf(_takers, person) is not (>= 0 and < 3 and var turn) || _turns[turn] > _city.Now) return;
        _turns[turn] = DateTimeOffset.MaxValue;
        if (turn == 2) GoesHome(person);
        else (person.There, person.BackAt) = (false, turn == 0 ? null : _city.Now.AddSeconds(_random.Next(2, 15) * BusyHourTests.StepSeconds));
    }

    private QueueView Reads(Person person)
    {
        person.ReadAt = _city.Now;
        return _city.Host(() => _city.Grains.GetGrain<IHotlineGrain>(City.Line).Queue(new Reader(person.Name, City.Clinic)));
    }

    /// <summary>She signs in again: what nobody took meanwhile is hers, and calls nobody else.</summary>
    private void ComesBack(Person person, QueueView view)
    {
        (person.There, person.BackAt) = (true, null);
        var hers = view.Items.Where(i => i.TakenBy == person.Name).ToArray();
        Assert.Equal(person.Hands.Select(h => h.Thing.ItemId).Order(StringComparer.Ordinal), hers.Select(i => i.ItemId).Order(StringComparer.Ordinal));
        Assert.All(hers, i => Assert.Null(i.LeftAt));
        FoundAgain += hers.Length;
        Line.Check($"{person.Name} is back");
    }

    private void Takes(Person person, QueueItem item)
    {
        var thing = Line.Things.Single(t => t.ItemId == item.ItemId);
        Assert.Null(Claimed(item, line => line.Take(item.ItemId, person.Name)).Refused);
        Assert.Equal(Refusal.TakenByOther, Claimed(item, line => line.Take(item.ItemId, "somebody")).Refused);
        Gets(person, thing);
        if (thing.Reason is RingReason.CallRinging) PutsThrough(All.Single(w => w.Hers.Id == thing.Owner));
        Line.Check($"{person.Name} takes {item.ItemId}");
    }

    private void TakesOver(QueueItem item)
    {
        Assert.Null(Claimed(item, line => line.TakeOver(item.ItemId, _supervisor.Name)).Refused);
        Gets(_supervisor, Line.Things.Single(t => t.ItemId == item.ItemId));
        TakenOver++;
        Line.Check($"{item.ItemId} is taken over");
    }

    private void Gets(Person person, Thing thing)
    {
        Line.Taken(thing, person);
        person.Hands.Add((thing, _city.Now.AddSeconds(_random.Next(1, 9) * BusyHourTests.StepSeconds)));
    }

    /// <summary>Mostly somebody picks up at once, and they speak until she has what she needed. Else she gives up while it rings there.</summary>
    private void PutsThrough(Woman woman)
    {
        woman.TakenAt ??= _city.Now;
        if (!woman.OnTheLine || woman.Spoken) return;
        woman.Hers.Says(ContactEventKind.PutThrough, "call-1");
        woman.Spoken = _random.Next(8) > 0;
        if (woman.Spoken) woman.Hers.Says(ContactEventKind.Connected, "call-1");
        woman.HangsUpAt = _city.Now.AddSeconds(woman.Spoken ? 120 : 20);
    }

    /// <summary>The call is being put through to whoever has it.</summary>
    private bool IsRung(Thing thing) => thing.Reason is RingReason.CallRinging && All.Single(w => w.Hers.Id == thing.Owner) is { OnTheLine: true, Spoken: false };

    private void Ends(Person person, Thing thing)
    {
        if (_random.Next(12) == 0) GivesBack(person, thing);
        else
        {
            Assert.Null(Claimed(thing, line => line.Close(thing.ItemId!, person.Name, EndedHow.Resolved)).Refused);
            Drops(person, thing);
            All.Single(w => w.Hers.Id == thing.Owner || w.Alert == thing.Owner).Closed++;
        }

        Line.Check($"{person.Name} ends {thing.ItemId}");
    }

    /// <summary>By its first clock; a request's begins anew, for machines ask people again meanwhile. Who is no longer on the line is owed a call.</summary>
    private void GivesBack(Person person, Thing thing)
    {
        Assert.Null(Claimed(thing, line => line.HandBack(thing.ItemId!, person.Name)).Refused);
        Drops(person, thing);
        GivenBack++;
        if (thing.Reason is RingReason.NewAlert) Line.Rings(thing.Owner, RingReason.NewAlert, 0);
        else if (thing.Reason is RingReason.CallRinging && !All.Single(w => w.Hers.Id == thing.Owner).OnTheLine) Line.Rings(thing.Owner, RingReason.CallBackOwed, CallBackWithin, thing.Since, again: true);
        else Line.Rings(thing.Owner, thing.Reason, (thing.DueAt - thing.Since).TotalSeconds, thing.Since, again: true);
    }

    private void GoesHome(Person person)
    {
        foreach (var (thing, _) in person.Hands.ToArray()) GivesBack(person, thing);
        person.There = false;
        Line.Check($"{person.Name} goes home");
    }

    private void Drops(Person person, Thing thing)
    {
        Line.Things.Remove(thing);
        person.Hands.RemoveAll(h => h.Thing == thing);
    }

    private ClaimResult Claimed(QueueItem item, Func<IHotlineGrain, Task<ClaimResult>> claim) => Claimed(Line.Things.Single(t => t.ItemId == item.ItemId), claim);

    /// <summary>As the console does it: the line decides, and whose item it is looks at once.</summary>
    private ClaimResult Claimed(Thing thing, Func<IHotlineGrain, Task<ClaimResult>> claim)
    {
        var result = _city.Host(() => claim(_city.Grains.GetGrain<IHotlineGrain>(City.Line)));
        if (ContactId.Is(thing.Owner)) _city.Host(All.Single(w => w.Hers.Id == thing.Owner).Hers.Grain.Wake);
        else _city.Host(() => _city.Alert(thing.Owner).Wake());
        return result;
    }
}
