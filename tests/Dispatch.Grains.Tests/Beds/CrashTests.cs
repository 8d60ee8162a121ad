using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using Dispatch.Storage;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Beds;

/// <summary>One search with a no, a yes and an arrival, crashed at every single write, just before and just after it became durable.</summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_search_crashed_at_any_write_ends_as_if_nothing_had_happened(bool afterTheWrite)
    {
        var writes = Play(int.MaxValue, afterTheWrite);
        Assert.InRange(writes, 20, 200);
        for (var crashAt = 1; crashAt <= writes; crashAt++) Play(crashAt, afterTheWrite);
    }

    private static int Play(int crashAt, bool after)
    {
        using var city = Homes.With(("rose", 1), ("lily", 1));
        var (writes, crashed) = (0, false);
        Watch();
        var press = city.Press();

        Do(() => city.Raise(press));
        Do(() => city.Advance(20));
        Do(() => city.Answers("rose", press.Id, yes: false));
        Do(() => city.Advance(20));
        Do(() => city.Answers("lily", press.Id));
        Do(() => city.Advance(20));
        Do(() => city.Arrives("lily", press.Id));
        Do(() => city.Advance(TimeSpan.FromMinutes(2)));

        Assert.True(crashed == (crashAt <= writes), $"write {crashAt} was never reached");
        Assert.Equal(new BoardLine(BedKind.Bed, 1, 1, 0, 0, 0, 0), city.Beds("rose"));
        Assert.Equal(new BoardLine(BedKind.Bed, 1, 0, 0, 0, 1, 0), city.Beds("lily"));
        var alert = city.State(press.Id);
        Assert.Equal(EndedHow.Resolved, alert.Ending?.How);
        Assert.Equal([("rose", (BedOver?)BedOver.Declined), ("lily", null)], alert.Beds!.Requests.Select(r => (r.Shelter, r.Over)));
        Assert.Null(alert.Beds.Guests);
        Assert.True(alert.Over);
        Assert.Empty(city.Queue().Items);
        var history = city.Host(() => city.Alert(press.Id).HotlineView())!.History;
        Assert.Equal(
            [HistoryKind.BedRequested, HistoryKind.BedHeld, HistoryKind.BedOver, HistoryKind.BedRequested, HistoryKind.BedHeld, HistoryKind.BedBooked, HistoryKind.BedArrived],
            history.Where(e => e.Bed is not null).Select(e => e.Kind));
        return writes;

        void Watch()
        {
            if (after) city.Store.LostAnswer = Crash;
            else city.Store.Fault = Crash;
        }

        Exception? Crash(RowWrite write)
        {
            if (++writes != crashAt) return null;
            crashed = true;
            city.Crash();
            return new IOException($"power cut at write {writes} to {write.Id.Table}");
        }

        void Do(Action act)
        {
            var before = crashed;
            try
            {
                act();
            }
            catch (Exception) when (crashed && !before)
            {
            }

            if (crashed == before) return;
            city.Clock.Advance(TimeSpan.FromSeconds(1));
            city.Boot();
            // Longer than a request that was interrupted takes to be repeated.
            city.Advance(10);
            act();
        }
    }
}
