using Dispatch.Domain.Shelters;
using Dispatch.Storage;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Shelters;

/// <summary>One whole stay, crashed at every single write, just before and just after it became durable. Whoever got no answer repeats.</summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_stay_crashed_at_any_write_ends_as_if_nothing_had_happened(bool afterTheWrite)
    {
        var writes = Play(int.MaxValue, afterTheWrite);
        Assert.InRange(writes, 8, 100);
        for (var crashAt = 1; crashAt <= writes; crashAt++) Play(crashAt, afterTheWrite);
    }

    private static int Play(int crashAt, bool after)
    {
        using var city = City.Start();
        var house = House.With(city, beds: 1);
        city.Host(() => house.Grain.SetAddress(new("sealed-address"), "guardian"));
        var asked = city.Now;
        var (writes, crashed) = (0, false);
        Watch();

        Do(() => house.Hold(1, asked));
        Do(() => house.Answer(1));
        Do(() => city.Host(() => house.Grain.GiveAddress(new GiveAddress("rel-1", house.Id(1), "driver", "guardian", AddressReason.Danger))));
        Do(() => city.Host(() => house.Grain.LookAtAddress("rel-1", "driver")));
        Do(() => house.Arrive(1));
        Do(() => house.Leave(1));
        Do(() => city.Advance(TimeSpan.FromMinutes(3)));

        Assert.True(crashed == (crashAt <= writes), $"write {crashAt} was never reached");
        Assert.Equal(new BoardLine(BedKind.Bed, 1, 1, 0, 0, 0, 0), house.Beds);
        Assert.Equal(GoneHow.Left, Assert.Single(house.Board.Gone).Over);
        var lines = house.History.Select(line => line.Kind).ToArray();
        Assert.Equal([BedEventKind.Counted, BedEventKind.Held, BedEventKind.Confirmed, BedEventKind.Arrived, BedEventKind.Left], lines.Where(kind => kind < BedEventKind.AddressSet));
        // A look that was noted and not answered is looked at again: one line more, never one less.
        Assert.Equal([BedEventKind.AddressSet, BedEventKind.AddressGiven, BedEventKind.AddressSeen], lines.Where(kind => kind >= BedEventKind.AddressSet).Distinct());
        Assert.InRange(lines.Count(kind => kind is BedEventKind.AddressSeen), 1, 2);
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
            act();
        }
    }
}
