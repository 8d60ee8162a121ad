using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Hotline;
using Dispatch.Grains.Hotline;
using Dispatch.Grains.Rows;
using Dispatch.Grains.Tests.Contacts;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.BusyHours;

/// <summary>
/// Two hundred women within an hour, half of them at the same moment; five people answer. One's console dies for good, another's dies and comes back, a third goes home. After every act the
/// line is held against a model that knows only what was said and done: whose turn it is, whose clock says what, who has what, who is phoned, and that nothing is gone.
/// </summary>
public sealed class BusyHourTests
{
    internal const int StepSeconds = 10;
    private const int Women = 200;
    private const int Nurses = 6;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(19)]
    public void Two_hundred_women_and_five_takers_of_whom_one_dies_one_comes_back_and_one_goes_home(int seed)
    {
        using var city = City.Start(new CityOptions { Seed = seed });
        // They never answer: nobody's help makes an alert go away here but a call-taker's.
        for (var n = 0; n < Nurses; n++) city.OnDuty($"nurse-{n}");
        var hour = new BusyHour(city, new Random(seed), Women);
        hour.Run();

        Assert.All(hour.All, w => Assert.True(w.Closed > 0, $"{w.Hers.Id} ({w.Way}) has no outcome"));
        Assert.Empty(city.Queue().Items);
        Assert.Empty(city.Queue().Open);
        Assert.True(hour is { GivenBack: > 5, TakenOver: > 0, FoundAgain: > 0, Line.Left: > 0, Line.Phoned: > 50 }, $"{hour.GivenBack} given back, {hour.TakenOver} taken over, {hour.FoundAgain} found again, {hour.Line.Left} left, {hour.Line.Phoned} phoned");
        Figures(city, hour);
    }

    private static void Figures(City city, BusyHour hour)
    {
        var rows = city.Host(() => new LocalRows(city.Store).All<ContactFigure>(Tables.LineFigures, City.Line));
        Assert.Equal(rows.Count, rows.Select(f => f.ItemId).Distinct().Count());
        var served = rows.Where(f => f.Outcome is not null).Select(f => Ringing.AlertOf(f.ItemId)!).ToHashSet();
        Assert.All(hour.All.Where(w => w.Way is not Way.Menu), w => Assert.Contains(w.Hers.Id, served));

        var calls = hour.All.Where(w => w.Way is Way.Rings or Way.RingsAndWrites or Way.PressesNine).ToArray();
        var inTime = calls.Count(w => w.Spoken && w.TakenAt - w.At <= TimeSpan.FromSeconds(30));
        var figures = LineFigures.Of(rows, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(3));
        Assert.Equal((calls.Length, hour.Line.Missed), (figures.Calls, figures.MissedCalls));
        Assert.Equal((inTime, hour.Line.RungBackInTime), (figures.CallsInTime, figures.CalledBackInTime));
        Assert.Equal(hour.All.Count(w => w.Wrote), figures.Texts);
    }
}
