using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Given;
using static Dispatch.Domain.Tests.Shelters.GivenHouse;

namespace Dispatch.Domain.Tests.Shelters;

public sealed class StayingTests
{
    [Fact]
    public void She_comes_she_stays_she_leaves_and_her_bed_is_free()
    {
        var stays = House(beds: 1).Hold(1).Now().Answer(1, true, 60).Now().Arrive(1, 3600).Now();
        Assert.Equal((1, 0), (stays.Occupied(BedKind.Bed), stays.Free(BedKind.Bed)));
        Assert.Equal(At(3600), stays.Find(Id(1))!.ArrivedAt);

        var left = stays.Leave(1, 90_000).Now();

        Assert.Equal((0, 1), (left.Occupied(BedKind.Bed), left.Free(BedKind.Bed)));
        Assert.Equal(GoneHow.Left, left.FindGone(Id(1))!.How);
    }

    [Fact]
    public void Who_is_at_the_door_is_let_in_before_the_house_has_answered() => Assert.Null(House(beds: 1).Hold(1).Now().Arrive(1, 60).Refused);

    [Fact]
    public void Who_comes_after_her_hold_ran_out_is_let_in_while_the_bed_is_there()
    {
        var expired = Expiring.At(House(beds: 1).Hold(1).Now(), At(1800));

        Assert.Equal(1, expired.Arrive(1, 2000).Now().Occupied(BedKind.Bed));
        Assert.Equal(BedRefusal.NoBed, expired.Hold(2, asked: 1900).Now().Arrive(1, 2000).Refused);
    }

    [Fact]
    public void An_arrival_repeated_changes_nothing_also_after_she_has_left()
    {
        var stays = House(beds: 2).Hold(1).Now().Arrive(1, 60).Now();
        var left = stays.Leave(1, 100).Now();

        Assert.Same(stays, stays.Arrive(1, 70).Now());
        Assert.Equal(BedRefusal.HoldOver, left.Arrive(1, 110).Refused);
        Assert.Same(left, left.Leave(1, 110).Now());
    }

    [Fact]
    public void Nobody_arrives_on_a_hold_that_was_never_had_and_nobody_leaves_who_was_not_there()
    {
        var house = House(beds: 2).Release(1).Now().Hold(2).Now();

        Assert.Equal(BedRefusal.HoldOver, house.Arrive(1, 10).Refused);
        Assert.Equal(BedRefusal.NotFound, house.Arrive(3, 10).Refused);
        Assert.Equal(BedRefusal.NotThere, house.Leave(2, 10).Refused);
        Assert.Equal(BedRefusal.NotThere, house.Leave(1, 10).Refused);
        Assert.Equal(BedRefusal.NotFound, house.Leave(3, 10).Refused);
    }

    [Fact]
    public void Coming_and_going_are_said_by_somebody()
    {
        var held = House(beds: 1).Hold(1).Now();

        Assert.Equal(BedRefusal.PersonRequired, Staying.Arrive(held, Id(1), "", At(1)).Refused);
        Assert.Equal(BedRefusal.PersonRequired, Staying.Leave(held, Id(1), "", At(1)).Refused);
    }

    [Fact]
    public void Every_change_leaves_one_line_that_names_who_and_which_hold()
    {
        var trail = House(beds: 1).Hold(1).Now().Answer(1, true, 60).Now().Arrive(1, 3600).Now().Leave(1, 7200).Now().Trail;

        Assert.Equal([BedEventKind.Counted, BedEventKind.Held, BedEventKind.Confirmed, BedEventKind.Arrived, BedEventKind.Left], trail.Select(l => l.Kind));
        Assert.Equal(trail.Length, trail.Select(l => l.Id).Distinct().Count());
        Assert.All(trail.Skip(1), l => Assert.Equal(Id(1), l.Hold));
        Assert.Equal(["staff", null, "staff", "staff", "staff"], trail.Select(l => l.By));
    }
}
