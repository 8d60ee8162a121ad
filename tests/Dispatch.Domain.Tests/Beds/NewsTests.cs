using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Beds.GivenSearch;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Beds;

/// <summary>Whoever drives her hears of the bed as it becomes hers, changes and is lost, and never which house it is.</summary>
public sealed class NewsTests
{
    [Fact]
    public void The_driver_is_told_when_it_is_booked_changed_and_lost()
    {
        var alert = Driven(Searching(Press(Need.Shelter, Need.Transport)).Asked(House("rose")).Held());
        Assert.Null(Slice(alert).Bed);
        alert = Quiet(alert);

        var booked = alert.Booked();
        Assert.Equal(new BedNews(BedNewsState.Booked, At(60)), Slice(booked).Bed);
        Assert.True(Told(booked));

        var expected = BedAnswers.Pulled(Quiet(booked), 0, Hold(HoldStage.Booked) with { ExpectedAt = At(7200) }, At(90)).Now();
        Assert.Equal(At(7200), Slice(expected).Bed!.ExpectedAt);
        Assert.True(Told(expected));

        var lost = BedReleasing.Release(Quiet(expected), 0, "fatou", notCome: false, At(100)).Now();
        Assert.Equal(new BedNews(BedNewsState.Lost), Slice(lost).Bed);
        Assert.True(Told(lost));

        var arrived = BedAnswers.Pulled(Quiet(booked), 0, Hold(HoldStage.Occupied), At(900)).Now();
        Assert.Equal(BedNewsState.Arrived, Slice(arrived).Bed!.State);
        Assert.True(Told(arrived));
    }

    /// <summary>Who has nothing but texts must hear of it too, once for each bed; what was lost before and found again is not lost.</summary>
    [Fact]
    public void Her_own_actor_is_told_how_many_beds_are_gone_as_long_as_there_is_none()
    {
        var booked = Driven(Searching(Press(Need.Shelter, Need.Transport)).Asked(House("rose")).Held()).Booked();
        Assert.Null(Lost(booked));

        var lost = BedReleasing.Release(booked, 0, "fatou", notCome: false, At(100)).Now();
        Assert.Equal(1, Lost(lost));
        Assert.Null(Telling.To(lost with { Offers = [lost.Offers[0] with { Need = Need.Health, Assignment = lost.Offers[0].Assignment! with { Mode = Mode.CallsHer } }] }, "driver").Offers[0].BedsLost);

        HouseCandidate[] houses = [House("lily")];
        var again = BedSearching.Step(lost, Known(houses), At(110)).Now().Held(1).Booked(1, at: 120);
        Assert.Null(Lost(again));
        Assert.Equal(2, Lost(BedReleasing.Release(again, 1, "fatou", notCome: false, At(130)).Now()));

        static int? Lost(Alert alert) => Telling.To(alert, "driver").Offers[0].BedsLost;
    }

    [Fact]
    public void Nothing_new_is_told_to_nobody()
    {
        var booked = Quiet(Driven(Searching(Press(Need.Shelter, Need.Transport)).Asked(House("rose")).Held()).Booked());
        var asked = AskingPlaces.Say(booked, new PlaceAnswer("inn", PlaceSays.Asked, "fatou"), [new OverflowPlace("inn", OverflowKind.HostFamily, "XX", Homes, ["XX/demo"], new HouseRules(), TravelHours.Always, 0)], At(80)).Now();
        Assert.False(Told(asked));
    }

    [Fact]
    public void She_left_a_bed_and_nobody_lost_one()
    {
        var there = Driven(Searching(Press(Need.Shelter, Need.Transport)).Asked(House("rose")).Held()).Booked();
        there = BedAnswers.Pulled(there, 0, Hold(HoldStage.Occupied), At(900)).Now();
        Assert.Equal(BedNewsState.Arrived, BedAnswers.Pulled(there, 0, Hold(null, GoneHow.Left), At(9000)).Now().Beds!.News!.State);
    }

    /// <summary>Before she has said that she knows nobody there, and to who has nothing to do with the way.</summary>
    [Fact]
    public void It_is_told_on_the_way_and_to_nobody_else()
    {
        var accepted = Quiet(Driven(Searching(Press(Need.Shelter, Need.Transport)).Asked(House("rose")).Held(), conflict: false)).Booked();
        Assert.Null(Slice(accepted).Bed);
        Assert.True(Told(accepted));
        Assert.True(BedNewsTelling.Told(Need.Advocate, Mode.Escorts));
        Assert.True(BedNewsTelling.Told(Need.Transport, Mode.MeetsAt));
        Assert.False(BedNewsTelling.Told(Need.Health, Mode.CallsHer));
    }

    [Fact]
    public void A_nurse_who_rings_her_hears_nothing_of_the_bed()
    {
        var alert = Asking.EnterStep(Searching(Press(Need.Shelter, Need.Health)).Asked(House("rose")).Held(), Need.Health, [Person("nurse", Need.Health)], At(2)).Now();
        alert = Answering.Accept(alert, 0, "nurse", Mode.CallsHer, 20, At(3)).Now();
        var booked = Quiet(Progressing.Report(alert, 0, "nurse", Progress.NoConflict, null, At(4)).Now()).Booked();

        Assert.Null(Slices.For(booked, 0, "nurse")!.Bed);
        Assert.DoesNotContain(booked.Outbox, p => p.ResponderId == "nurse");
    }

    private static Alert Driven(Alert alert, bool conflict = true)
    {
        alert = Asking.EnterStep(alert, Need.Transport, [Person("driver", Need.Transport)], At(2)).Now();
        alert = Answering.Accept(alert, 0, "driver", Mode.CallsHer, 20, At(3)).Now();
        return conflict ? Progressing.Report(alert, 0, "driver", Progress.NoConflict, null, At(4)).Now() : alert;
    }

    private static Alert Quiet(Alert alert) => alert with { Outbox = [] };

    private static bool Told(Alert alert) => alert.Outbox.Any(p => p.To == Pending.Responder("driver"));

    private static AssignmentSlice Slice(Alert alert) => Slices.For(alert, 0, "driver")!;
}
