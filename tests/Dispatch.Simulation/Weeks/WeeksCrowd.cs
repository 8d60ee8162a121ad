using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Shelters;
using Dispatch.TestCity;

namespace Dispatch.Simulation.Weeks;

/// <summary>Those who ask houses for beds, and the people of the houses. Each says what comes to mind: in time, late, twice or wrongly.</summary>
internal sealed class WeeksCrowd(City city, WeeksBook book, Random random)
{
    private const int Remembered = 24;
    private readonly Dictionary<string, List<HoldBeds>> _asked = new(StringComparer.Ordinal);
    private int _no;

    /// <summary>One word to this house. It ends when the house has answered.</summary>
    public Func<Task> Say(string house)
    {
        var asked = Some(house);
        var (id, grain) = (asked.HoldId, city.Grains.GetGrain<IShelterGrain>(house));
        return random.Next(100) switch
        {
            < 24 => Hold(grain, house, Ask(house)),
            < 28 => Hold(grain, house, asked),
            < 36 => Release(grain, house, new ReleaseBeds(id, asked.AskedAt, random.Next(2) == 0 ? "staff" : null, random.Next(3) == 0)),
            < 38 => Unsent(grain, house, Ask(house)),
            < 42 => Tell(house, "renew", () => grain.Renew(id)),
            < 64 => Tell(house, "confirm", () => grain.Confirm(new AnswerHold(id, random.Next(4) > 0, "staff"))),
            < 68 => Tell(house, "expect", () => grain.Book(new ExpectArrival(id, city.Now.AddHours(random.Next(0, 9)), "staff"))),
            < 82 => Tell(house, "arrive", () => grain.Arrive(id, "staff")),
            < 91 => Tell(house, "leave", () => grain.Leave(id, "staff")),
            < 96 => Tell(house, "correct", () => grain.Correct(new CorrectHold(id, random.Next(2) == 0 ? HoldStage.Booked : HoldStage.Occupied, null, CorrectionReason.SaidTooEarly, "staff"))),
            < 98 => Count(grain, house),
            _ => async () => book.Board(house, await grain.Board()),
        };
    }

    /// <summary>Somebody presses, and somebody gives up, in the same moment; the house's own people, too.</summary>
    public Func<Task> Hot(string house) => random.Next(10) switch
    {
        < 7 => Hold(city.Grains.GetGrain<IShelterGrain>(house), house, Ask(house)),
        < 9 when Some(house) is var asked => Release(city.Grains.GetGrain<IShelterGrain>(house), house, new ReleaseBeds(asked.HoldId, asked.AskedAt)),
        _ => Say(house),
    };

    /// <summary>Whoever slept there without a hold goes as time goes by.</summary>
    public Func<Task> Count(IShelterGrain grain, string house) => async () =>
    {
        var board = await grain.Board();
        book.Board(house, board);
        ImmutableArray<BedFigures> figures = [.. board.Lines.Select(l => new BedFigures(l.Kind, l.Capacity + (random.Next(4) == 0 ? random.Next(-1, 2) : 0), Math.Max(0, l.Occupied + random.Next(-1, 2)), random.Next(3) == 0 ? random.Next(0, 2) : l.OutOfService))];
        book.Counted(house, await grain.ConfirmCounts(new ConfirmCounts(board.Version, figures, "staff")));
    };

    private Func<Task> Hold(IShelterGrain grain, string house, HoldBeds asked) => async () =>
    {
        var file = book.House(house);
        var overBefore = file.Ended.ContainsKey(asked.HoldId) && file.Ledger?.Find(asked.HoldId) is null;
        book.Held(house, asked, overBefore, await grain.Hold(asked));
    };

    private Func<Task> Release(IShelterGrain grain, string house, ReleaseBeds command) => async () => book.Released(house, command.HoldId, await grain.Release(command));

    /// <summary>Given up before it was asked.</summary>
    private Func<Task> Unsent(IShelterGrain grain, string house, HoldBeds asked) => Release(grain, house, new ReleaseBeds(asked.HoldId, asked.AskedAt));

    private Func<Task> Tell(string house, string word, Func<Task<HoldResult>> call) => async () => book.Said(house, word, await call());

    /// <summary>Mostly one of the last few, and the newest most of all.</summary>
    private HoldBeds Some(string house)
    {
        var all = _asked.TryGetValue(house, out var asked) ? asked : [];
        return all.Count == 0 ? Ask(house) : random.Next(5) == 0 ? all[random.Next(all.Count)] : all[^Math.Min(all.Count, 1 + (random.Next(7) * random.Next(7) / 7))];
    }

    private HoldBeds Ask(string house)
    {
        if (!_asked.TryGetValue(house, out var all)) _asked[house] = all = [];
        if (all.Count == Remembered) all.RemoveAt(0);
        Child[] children = [.. Enumerable.Range(0, Math.Max(0, random.Next(-2, 4))).Select(_ => new Child(random.Next(0, 18)))];
        all.Add(new HoldBeds(new HoldId("alert", ++_no, house).ToString(), city.Now.AddSeconds(-random.Next(0, 90)), new Guests(random.Next(1, 3), [.. children])));
        return all[^1];
    }
}
