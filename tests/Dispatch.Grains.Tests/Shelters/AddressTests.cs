using System.Reflection;
using System.Text;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Shelters;
using Dispatch.Storage;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Shelters;

/// <summary>The address stays in the house; one driver gets it for one booking, and no look goes unnoted.</summary>
public sealed class AddressTests
{
    private static readonly Sealed<ShelterAddress> Secret = new("sealed-address");

    [Fact]
    public void The_driver_of_one_booking_sees_it_until_she_has_arrived()
    {
        using var city = City.Start();
        var house = Booked(city);
        Assert.Null(Give(city, house).Refused);

        var look = Look(city, house);
        Assert.Equal((null, Secret), (look.Refused, look.Address));
        Assert.Equal([BedEventKind.AddressSet, BedEventKind.AddressGiven, BedEventKind.AddressSeen], Lines(house));

        house.Arrive(1);
        look = Look(city, house);
        Assert.Equal((BedRefusal.NotBooked, null), (look.Refused, look.Address));
        Assert.Equal(BedEventKind.AddressRefused, Lines(house)[^1]);
    }

    [Fact]
    public void Whoever_is_not_the_driver_gets_nothing()
    {
        using var city = City.Start();
        var house = Booked(city);
        Give(city, house);

        Assert.Equal(new AddressLook(BedRefusal.NotReleased, null), Look(city, house, "somebody"));
        Assert.Equal(new AddressLook(BedRefusal.NotReleased, null), city.Host(() => house.Grain.LookAtAddress("no-such", "driver")));
    }

    [Fact]
    public void It_expires_and_is_withdrawn()
    {
        using var city = City.Start();
        var house = Booked(city);
        Give(city, house, city.Now.AddMinutes(30));
        city.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromTicks(1));
        Assert.NotNull(Look(city, house).Address);
        city.Advance(TimeSpan.FromTicks(1));
        Assert.Null(Look(city, house).Address);

        Assert.Null(city.Host(() => house.Grain.GiveAddress(Command(house) with { ReleaseId = "rel-2" })).Refused);
        Assert.NotNull(Look(city, house, release: "rel-2").Address);
        Assert.Equal("guardian", city.Host(() => house.Grain.WithdrawAddress("rel-2", "guardian")).Release!.EndedBy);
        Assert.Null(Look(city, house, release: "rel-2").Address);
        Assert.Equal([1, 1], city.Host(() => house.Grain.AddressReleases()).Select(r => r.Looks));
    }

    /// <summary>What cannot be recorded is not given out: neither when the decision's write fails, nor when its line's does.</summary>
    [Theory]
    [InlineData("grain-state")]
    [InlineData("bedHistory")]
    public void A_look_that_cannot_be_noted_is_not_given(string table)
    {
        using var city = City.Start();
        var house = Booked(city);
        Give(city, house);
        city.Store.Fault = write => write.Id.Table == table ? new StoreUnavailableException("full") : null;

        Assert.ThrowsAny<Exception>(() => Look(city, house));
        city.Store.Fault = null;

        Assert.NotNull(Look(city, house).Address);
        Assert.Equal(BedEventKind.AddressSeen, Lines(house)[^1]);
    }

    [Fact]
    public void The_release_survives_a_crash_and_so_does_every_look()
    {
        using var city = City.Start();
        var house = Booked(city);
        Give(city, house);
        Look(city, house);
        city.CrashAndRestart();

        Assert.Equal(Secret, Look(city, house).Address);
        Assert.Equal(2, Lines(house).Count(l => l is BedEventKind.AddressSeen));
    }

    [Fact]
    public void A_release_for_another_houses_booking_or_for_none_is_refused()
    {
        using var city = City.Start();
        var house = Booked(city);

        Assert.Equal(BedRefusal.NotFound, city.Host(() => house.Grain.GiveAddress(Command(house) with { HoldId = "alert-1.1.house-2" })).Refused);
        Assert.Equal(BedRefusal.NotBooked, city.Host(() => house.Grain.GiveAddress(Command(house) with { HoldId = house.Id(7) })).Refused);
    }

    [Fact]
    public void No_other_method_can_return_it()
    {
        var returning = typeof(IShelterGrain).GetMethods().Where(m => Mentions(m.ReturnType, [])).Select(m => m.Name);

        Assert.Equal([nameof(IShelterGrain.LookAtAddress)], returning);
    }

    /// <summary>Nothing of it in any row but the one state that keeps it.</summary>
    [Fact]
    public void It_is_in_one_row_of_the_store_and_in_no_other()
    {
        using var city = City.Start();
        var house = Booked(city);
        Give(city, house);
        Look(city, house);
        city.Advance(5);

        var rows = city.Disk.Rows.Where(r => Encoding.UTF8.GetString(r.Body.Span).Contains(Secret.Box, StringComparison.Ordinal));

        Assert.Equal("address", Assert.Single(rows).Id.Key);
    }

    private static bool Mentions(Type type, HashSet<Type> above)
    {
        if (type == typeof(ShelterAddress)) return true;
        if (!above.Add(type)) return false;
        return type.GetGenericArguments().Any(t => Mentions(t, above))
            || (type.Namespace?.StartsWith("Dispatch", StringComparison.Ordinal) is true && type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Any(p => Mentions(p.PropertyType, above)));
    }

    private static House Booked(City city)
    {
        var house = House.With(city, beds: 2);
        city.Host(() => house.Grain.SetAddress(Secret, "guardian"));
        house.Hold(1);
        house.Answer(1);
        return house;
    }

    private static GiveAddress Command(House house) => new("rel-1", house.Id(1), "driver", "guardian", AddressReason.NoMeetingPoint);

    private static ReleaseResult Give(City city, House house, DateTimeOffset? until = null) => city.Host(() => house.Grain.GiveAddress(Command(house) with { Until = until }));

    private static AddressLook Look(City city, House house, string driver = "driver", string release = "rel-1") => city.Host(() => house.Grain.LookAtAddress(release, driver));

    private static BedEventKind[] Lines(House house) => [.. house.History.Select(line => line.Kind).Where(kind => kind >= BedEventKind.AddressSet)];
}
