using System.Reflection;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Given;
using static Dispatch.Domain.Tests.Shelters.GivenHouse;

namespace Dispatch.Domain.Tests.Shelters;

/// <summary>One driver, one booking, a limited time, every look noted.</summary>
public sealed class AddressTests
{
    private static readonly BedLedger Booked = House(beds: 2).Hold(1).Now().Answer(1, true, 10, At(3600)).Now();
    private static readonly AddressBook Known = AddressRules.Set(new AddressBook(), Box<ShelterAddress>("sealed"), "guardian", At(0)).Book;

    [Fact]
    public void The_named_driver_looks_while_it_lasts_and_every_look_is_noted()
    {
        var given = Give(Known).Book;
        Assert.Equal(Booked.Find(Id(1))!.Until, given.Find("r1")!.Until);

        var first = Look(given, 100);
        var second = Look(first.Book, 200);

        Assert.Equal((null, null, 2), (first.Refused, second.Refused, second.Book.Find("r1")!.Looks));
        Assert.Equal([BedEventKind.AddressSet, BedEventKind.AddressGiven, BedEventKind.AddressSeen, BedEventKind.AddressSeen], second.Book.Trail.Select(l => l.Kind));
        Assert.Equal(4, second.Book.Trail.Select(l => l.Id).Distinct().Count());
        Assert.Equal(("driver", Id(1)), (second.Book.Trail[^1].By, second.Book.Trail[^1].Hold));
    }

    [Fact]
    public void It_runs_out_to_the_tick()
    {
        var given = Give(Known, until: At(600)).Book;

        Assert.Null(AddressRules.Look(given, Booked, "r1", "driver", At(600).AddTicks(-1)).Refused);
        Assert.Equal(BedRefusal.NotReleased, Look(given, 600).Refused);
    }

    [Fact]
    public void It_is_another_drivers_or_nobodys()
    {
        var given = Give(Known).Book;

        var other = AddressRules.Look(given, Booked, "r1", "somebody", At(100));

        Assert.Equal(BedRefusal.NotReleased, other.Refused);
        Assert.Equal((BedEventKind.AddressRefused, "somebody"), (other.Book.Trail[^1].Kind, other.Book.Trail[^1].By));
        Assert.Equal(BedRefusal.NotReleased, AddressRules.Look(given, Booked, "r9", "driver", At(100)).Refused);
        Assert.Equal(0, other.Book.Find("r1")!.Looks);
    }

    [Fact]
    public void Withdrawn_nothing_more_is_given()
    {
        var withdrawn = AddressRules.Withdraw(Give(Known).Book, "r1", "guardian", At(50));

        Assert.Null(withdrawn.Refused);
        Assert.Equal(BedRefusal.NotReleased, Look(withdrawn.Book, 60).Refused);
        Assert.Same(withdrawn.Book, AddressRules.Withdraw(withdrawn.Book, "r1", "guardian", At(70)).Book);
        Assert.Equal(BedRefusal.NotFound, AddressRules.Withdraw(Known, "r1", "guardian", At(70)).Refused);
    }

    [Fact]
    public void With_the_booking_the_release_ends()
    {
        var given = Give(Known).Book;

        Assert.Equal(BedRefusal.NotBooked, AddressRules.Look(given, Booked.Arrive(1, 50).Now(), "r1", "driver", At(60)).Refused);
        Assert.Equal(BedRefusal.NotBooked, AddressRules.Look(given, Booked.Release(1, at: 50, by: "staff").Now(), "r1", "driver", At(60)).Refused);
    }

    [Fact]
    public void Only_a_booking_carries_a_release()
    {
        Assert.Equal(BedRefusal.NotBooked, AddressRules.Give(Known, House(beds: 1).Hold(1).Now(), Command(), At(20)).Refused);
        Assert.Equal(BedRefusal.NotBooked, AddressRules.Give(Known, House(beds: 1), Command(), At(20)).Refused);
        Assert.Equal(BedRefusal.NoAddress, AddressRules.Give(new AddressBook(), Booked, Command(), At(20)).Refused);
    }

    [Fact]
    public void One_driver_has_it_for_one_booking_and_the_next_one_after_a_withdrawal()
    {
        var given = Give(Known).Book;
        var other = Command() with { ReleaseId = "r2", Driver = "other" };

        Assert.Equal(BedRefusal.AlreadyGiven, AddressRules.Give(given, Booked, other, At(30)).Refused);
        Assert.Null(AddressRules.Give(AddressRules.Withdraw(given, "r1", "guardian", At(40)).Book, Booked, other, At(50)).Refused);
    }

    [Fact]
    public void Given_again_it_is_the_same_release()
    {
        var given = Give(Known).Book;

        Assert.Same(given, Give(given, at: 500).Book);
        Assert.Equal(BedRefusal.IdTaken, AddressRules.Give(given, Booked, Command() with { Driver = "other" }, At(30)).Refused);
    }

    [Fact]
    public void It_lasts_no_longer_than_half_a_day_and_has_a_reason_and_a_person()
    {
        Assert.Equal(BedRefusal.Invalid, Give(Known, until: At(20 + (12 * 3600) + 1)).Refused);
        Assert.Equal(BedRefusal.Invalid, Give(Known, until: At(20)).Refused);
        Assert.Equal(BedRefusal.ReasonRequired, AddressRules.Give(Known, Booked, Command() with { Reason = 0 }, At(20)).Refused);
        Assert.Equal(BedRefusal.PersonRequired, AddressRules.Give(Known, Booked, Command() with { By = "" }, At(20)).Refused);
        Assert.Equal(BedRefusal.Invalid, AddressRules.Give(Known, Booked, Command() with { Driver = "" }, At(20)).Refused);
        Assert.Equal(BedRefusal.PersonRequired, AddressRules.Withdraw(Give(Known).Book, "r1", "", At(20)).Refused);
        Assert.Equal(BedRefusal.PersonRequired, AddressRules.Set(Known, Box<ShelterAddress>("other"), "", At(20)).Refused);
    }

    [Fact]
    public void Another_address_ends_every_release()
    {
        var moved = AddressRules.Set(Give(Known).Book, Box<ShelterAddress>("other"), "guardian", At(50)).Book;

        Assert.Equal(BedRefusal.NotReleased, Look(moved, 60).Refused);
        Assert.Same(moved, AddressRules.Set(moved, Box<ShelterAddress>("other"), "guardian", At(70)).Book);
    }

    [Fact]
    public void Looks_have_a_bound()
    {
        var book = Enumerable.Range(1, AddressRules.MaxLooks).Aggregate(Give(Known).Book, (b, i) => Look(b, 100 + i).Book);

        Assert.Equal(BedRefusal.TooMany, Look(book, 200).Refused);
    }

    [Fact]
    public void Releases_long_over_are_forgotten_and_the_list_has_a_bound()
    {
        var book = Known;
        for (var i = 0; i < AddressBook.MaxReleases; i++)
        {
            book = AddressRules.Give(book, Booked, Command() with { ReleaseId = $"r{i}" }, At(20)).Book;
            book = AddressRules.Withdraw(book, $"r{i}", "guardian", At(21)).Book;
        }

        Assert.Equal(BedRefusal.Full, AddressRules.Give(book, Booked, Command() with { ReleaseId = "more" }, At(30)).Refused);
        Assert.Equal("more", Assert.Single(AddressRules.Give(book, Booked, Command() with { ReleaseId = "more" }, At(22 + 86_400)).Book.Releases).Id);
    }

    /// <summary>Waited for until 01:00, and still on her way.</summary>
    [Fact]
    public void For_a_booking_that_is_overdue_it_is_given_for_some_hours_more() =>
        Assert.Equal(At(20_000) + Booking.Grace, Give(Known, at: 20_000).Book.Find("r1")!.Until);

    [Fact]
    public void For_a_booking_of_tomorrow_it_is_given_for_half_a_day()
    {
        var tomorrow = House(beds: 2).Hold(1).Now().Answer(1, true, 10, At(20 * 3600)).Now();
        Assert.Equal(At(20) + AddressRules.Longest, AddressRules.Give(Known, tomorrow, Command(), At(20)).Book.Find("r1")!.Until);
    }

    /// <summary>Nothing else that a house shows or keeps can hold it.</summary>
    [Fact]
    public void The_address_is_a_member_of_its_own_record_alone()
    {
        var holders = typeof(AddressBook).Assembly.GetTypes().SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).Where(p => p.PropertyType == typeof(Sealed<ShelterAddress>) || p.PropertyType == typeof(ShelterAddress)));

        Assert.Equal(typeof(AddressBook), Assert.Single(holders).DeclaringType);
    }

    private static GiveAddress Command(DateTimeOffset? until = null) => new("r1", Id(1), "driver", "guardian", AddressReason.Medical, until);

    private static AddressChange Give(AddressBook book, double at = 20, DateTimeOffset? until = null) => AddressRules.Give(book, Booked, Command(until), At(at));

    private static AddressChange Look(AddressBook book, double at) => AddressRules.Look(book, Booked, "r1", "driver", At(at));
}
