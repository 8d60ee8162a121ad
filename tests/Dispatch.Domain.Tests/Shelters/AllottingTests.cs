using System.Collections.Immutable;
using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Shelters.GivenHouse;

namespace Dispatch.Domain.Tests.Shelters;

public sealed class AllottingTests
{
    private static readonly Guests Four = Family(new Child(9), new Child(5), new Child(1));

    [Theory]
    [InlineData(9, 9, 9, 0, "3 bed, 1 cot")]
    [InlineData(9, 0, 9, 0, "4 bed")]
    [InlineData(2, 1, 1, 0, "2 bed, 1 cot, 1 accessibleBed")]
    [InlineData(2, 1, 0, 0, null)]
    [InlineData(9, 9, 9, 1, "1 familyRoom")]
    public void A_family_of_four_sleeps_in(int beds, int cots, int accessible, int rooms, string? expected) => AssertGets(expected, Four, beds, cots, accessible, rooms);

    [Fact]
    public void A_family_larger_than_a_room_gets_two_or_beds() => AssertBoth("2 familyRoom", "5 bed", Family([.. Enumerable.Repeat(new Child(9), 4)]));

    [Fact]
    public void A_woman_alone_takes_a_bed_and_a_family_room_only_when_no_bed_is_left()
    {
        AssertGets("1 bed", Alone, beds: 1, rooms: 1);
        AssertGets("1 accessibleBed", Alone, accessible: 1, rooms: 1);
        AssertGets("1 familyRoom", Alone, rooms: 1);
        AssertGets(null, Alone, cots: 5);
    }

    [Fact]
    public void Who_uses_a_wheelchair_gets_an_accessible_bed_and_no_other()
    {
        var guests = new Guests(1, Wheelchair: true);

        AssertGets("1 accessibleBed", guests, beds: 9, accessible: 1, rooms: 9);
        AssertGets(null, guests, beds: 9, rooms: 9);
        AssertGets("1 familyRoom, 1 accessibleBed", Family(new Child(4), new Child(6)) with { Wheelchair = true }, beds: 9, accessible: 1, rooms: 1);
        AssertGets("2 bed, 1 accessibleBed", Family(new Child(4), new Child(6)) with { Wheelchair = true }, beds: 9, accessible: 1);
        AssertGets(null, Family(new Child(4), new Child(6)) with { Wheelchair = true }, beds: 1, accessible: 1);
    }

    private static void AssertBoth(string rooms, string beds, Guests guests)
    {
        AssertGets(rooms, guests, beds: 9, rooms: 2);
        AssertGets(beds, guests, beds: 9, rooms: 1);
    }

    private static void AssertGets(string? expected, Guests guests, int beds = 0, int cots = 0, int accessible = 0, int rooms = 0)
    {
        int Free(BedKind kind) => kind switch { BedKind.Bed => beds, BedKind.Cot => cots, BedKind.AccessibleBed => accessible, _ => rooms };
        ImmutableArray<BedCount>? got = Allotting.For(guests, Any, Free);
        Assert.Equal(expected, got is { } some ? string.Join(", ", some.Select(b => $"{b.Count} {EnumWords.Of(b.Kind)}")) : null);
    }
}
