using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Shelters;

/// <summary>What somebody does to a house at a moment. It does not depend on what was done before, so that any step can be left out.</summary>
/// <param name="Do">The change, or null where only time passes.</param>
internal sealed record LedgerStep(DateTimeOffset At, string What, object? Command, Func<BedLedger, BedChange>? Do);

internal sealed record CountBeds(ImmutableArray<BedFigures> Figures, int Behind)
{
    public override string ToString() => $"count {string.Join(' ', Figures)}, from {Behind} versions ago";
}

internal sealed record RenewHold(string HoldId);

internal sealed record ComeOrGo(string What, string HoldId);

/// <summary>A random life of one house: the same for the same seed.</summary>
internal sealed class LedgerHistory(int seed)
{
    private const int Length = 80;

    /// <summary>Times that matter to the rules, met exactly and missed by a tick.</summary>
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.Zero, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), Holding.Lasts, Holding.Lasts - TimeSpan.FromTicks(1), Holding.Lasts + Holding.Lasts,
        TimeSpan.FromHours(3), TimeSpan.FromHours(9), Forgetting.After,
    ];

    private readonly Random _random = new(seed);
    private readonly List<(string Id, DateTimeOffset AskedAt, Guests Guests)> _ids = [];
    private DateTimeOffset _now = Night;

    public static HouseRules Rules { get; } = new(ChildrenAlone: true, BoysUpTo: 14, Wheelchair: true);

    public ImmutableArray<LedgerStep> Steps()
    {
        var steps = ImmutableArray.CreateBuilder<LedgerStep>();
        steps.Add(Count());
        for (var i = 0; i < Length; i++)
        {
            if (_random.Next(2) == 0) _now += Pauses[Math.Min(_random.Next(Pauses.Length), _random.Next(Pauses.Length))];
            else if (_random.Next(60) == 0) _now -= TimeSpan.FromMinutes(_random.Next(1, 120));
            steps.Add(Next());
        }

        return steps.ToImmutable();
    }

    private LedgerStep Next() => _random.Next(100) switch
    {
        < 32 => Hold(),
        < 45 => Release(),
        < 49 => Step(new RenewHold(Some().Id), (l, c, now) => Holding.Renew(l, c.HoldId, now)),
        < 62 => Confirm(),
        < 66 => Expect(),
        < 76 => Simple("arrives", (l, id, now) => Staying.Arrive(l, id, "staff", now)),
        < 84 => Simple("leaves", (l, id, now) => Staying.Leave(l, id, "staff", now)),
        < 91 => Correct(),
        < 97 => Count(),
        < 99 => Simple("is met elsewhere", (l, id, now) => Booking.Meet(l, id, Box<Place>("there"), "staff", now)),
        _ => new(_now, "time passes", null, null),
    };

    private LedgerStep Hold()
    {
        if (_ids.Count == 0 || _random.Next(10) < 7) Ask(_random.Next(0, 90));
        var (id, asked, guests) = Some();
        // Sometimes their house has said yes on the telephone.
        return Step(new HoldBeds(id, asked, guests, _random.Next(3) == 0 ? "taker" : null), (l, c, now) => Holding.Hold(l, Rules, c, now));
    }

    private LedgerStep Release()
    {
        // Now and then of a hold that nobody has sent yet.
        if (_random.Next(4) == 0) Ask(secondsAgo: 0);
        var (id, asked, _) = Some();
        return Step(new ReleaseBeds(id, asked, _random.Next(2) == 0 ? "staff" : null, _random.Next(3) == 0), Holding.Release);
    }

    private LedgerStep Confirm() => Step(new AnswerHold(Some().Id, _random.Next(4) > 0, "staff", _random.Next(2) == 0 ? _now.AddHours(_random.Next(0, 9)) : null), (l, c, now) => Booking.Confirm(l, TravelHours.Always, c, now));

    private LedgerStep Expect() => Step(new ExpectArrival(Some().Id, _now.AddHours(_random.Next(0, 9)), "staff"), (l, c, now) => Booking.Expect(l, TravelHours.Always, c, now));

    private LedgerStep Correct() => Step(
        new CorrectHold(Some().Id, _random.Next(2) == 0 ? HoldStage.Booked : HoldStage.Occupied, _random.Next(2) == 0 ? null : [new BedCount((BedKind)_random.Next(1, 5), _random.Next(1, 4))], CorrectionReason.CountedWrong, "staff"),
        (l, c, now) => Correcting.Correct(l, TravelHours.Always, c, now));

    private LedgerStep Count()
    {
        ImmutableArray<BedFigures> figures = [.. Enum.GetValues<BedKind>().Where(_ => _random.Next(8) > 0).Select(kind => new BedFigures(kind, _random.Next(2, 9), _random.Next(0, 3), _random.Next(0, 2))).DefaultIfEmpty(new BedFigures(BedKind.Bed, 6, 0, 0))];
        var behind = _random.Next(4) == 0 ? _random.Next(-1, 4) : 0;
        return Step(new CountBeds(figures, behind), (l, c, now) => Counting.Confirm(l, new ConfirmCounts(l.Version - c.Behind, c.Figures, "staff"), now));
    }

    private LedgerStep Simple(string what, Func<BedLedger, string, DateTimeOffset, BedChange> rule) => Step(new ComeOrGo(what, Some().Id), (l, c, now) => rule(l, c.HoldId, now));

    private LedgerStep Step<T>(T command, Func<BedLedger, T, DateTimeOffset, BedChange> rule)
    {
        var now = _now;
        return new(now, $"{command}", command, l => rule(l, command, now));
    }

    /// <summary>Mostly one of the last few.</summary>
    private (string Id, DateTimeOffset AskedAt, Guests Guests) Some()
    {
        if (_ids.Count == 0) Ask(secondsAgo: 0);
        return _random.Next(5) == 0 ? _ids[_random.Next(_ids.Count)] : _ids[^Math.Min(_ids.Count, _random.Next(1, 7))];
    }

    /// <summary>An asker names one time with one id.</summary>
    private void Ask(int secondsAgo) => _ids.Add((new HoldId("a", _ids.Count, "h").ToString(), _now.AddSeconds(-secondsAgo), Party()));

    private Guests Party() => new(
        _random.Next(8) == 0 ? 0 : _random.Next(1, 3),
        [.. Enumerable.Range(0, _random.Next(0, 4)).Select(_ => new Child(_random.Next(0, 18), _random.Next(3) == 0 ? null : _random.Next(2) == 0))],
        Wheelchair: _random.Next(6) == 0,
        Nights: _random.Next(2) == 0 ? _random.Next(1, 20) : null);
}
