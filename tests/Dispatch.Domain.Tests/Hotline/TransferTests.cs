using System.Text.Json;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Hotline;

/// <summary>From one person to the next: never with nobody, and never with two.</summary>
public sealed class TransferTests
{
    private const string Item = "a1:newAlert";

    private static readonly Table Cells = Table.Of("""
        the item is     | fatou offers it | awa offers it | awa refuses | awa takes    | djeneba takes | djeneba takes it over | fatou takes | fatou hands back
        nobody's        | notYours        | notYours      | notYours    | awa taken    | djeneba taken | djeneba taken         | fatou taken | notYours
        taken           | fatou offered   | notYours      | notYours    | takenByOther | takenByOther  | djeneba taken         | fatou taken | fatou handedBack
        offered         | fatou offered   | notYours      | fatou over  | awa taken    | takenByOther  | djeneba taken         | fatou taken | fatou handedBack
        refused         | fatou offered   | notYours      | fatou over  | takenByOther | takenByOther  | djeneba taken         | fatou taken | fatou handedBack
        out of time     | fatou offered   | notYours      | fatou over  | takenByOther | takenByOther  | djeneba taken         | fatou taken | fatou handedBack
        closed          | itemClosed      | itemClosed    | itemClosed  | itemClosed   | itemClosed    | itemClosed            | itemClosed  | itemClosed
        """);

    public static TheoryData<string, string, string> AllCells() => Cells.Cells();

    [Theory, MemberData(nameof(AllCells))]
    public void Each_act_on_an_item_in_each_state(string state, string act, string expected)
    {
        var taken = new Claim(Item, ClaimState.Taken, "fatou", Night);
        var offered = taken with { Offered = new Transfer(["awa"], At(state == "out of time" ? -60 : 0)) };
        Claim? current = state switch
        {
            "nobody's" => null,
            "taken" => taken,
            "offered" or "out of time" => offered,
            "refused" => offered with { Offered = offered.Offered! with { Refused = ["awa"] } },
            "closed" => taken with { State = ClaimState.Closed, Outcome = EndedHow.Resolved },
            _ => throw new System.Diagnostics.UnreachableException(state),
        };
        var by = act.Split(' ')[0];
        var (next, why) = act[by.Length..] switch
        {
            " offers it" => Transfers.Offer(current, by, ["awa"], Night),
            " refuses" => Transfers.Refuse(current, by),
            " takes" => Claims.Take(current, Item, by, Night),
            " takes it over" => Transfers.TakeOver(current, Item, by, Night),
            " hands back" => Claims.HandBack(current, by, Night),
            _ => throw new System.Diagnostics.UnreachableException(act),
        };
        Assert.Equal(expected, why is { } refused ? Word(refused) : $"{next!.By} {(next.Offered is not { } open ? Word(next.State) : open.Over(Night) ? "over" : "offered")}");
    }

    [Fact]
    public void Whoever_is_offered_it_has_sixty_seconds_and_not_a_moment_more()
    {
        var offered = Transfers.Offer(new Claim(Item, ClaimState.Taken, "fatou", Night), "fatou", ["awa", "djeneba"], Night).Next;
        Assert.Equal("djeneba", Claims.Take(offered, Item, "djeneba", At(59.999)).Next!.By);
        Assert.Equal(Refusal.TakenByOther, Claims.Take(offered, Item, "djeneba", At(60)).Why);
        var one = Transfers.Refuse(offered, "awa").Next;
        Assert.False(one!.Offered!.Over(At(59)));
        Assert.Equal("djeneba", Claims.Take(one, Item, "djeneba", At(59)).Next!.By);
        Assert.Equal(Refusal.TakenByOther, Claims.Take(one, Item, "awa", At(59)).Why);
        Assert.Same(one, Transfers.Refuse(one, "awa").Next);
    }

    [Fact]
    public void It_is_stored_with_everybody_it_was_offered_to_and_who_said_no()
    {
        var claim = new Claim(Item, ClaimState.Taken, "fatou", Night) { Offered = new Transfer(["awa", "djeneba"], Night) { Refused = ["awa"] } };
        var back = JsonSerializer.Deserialize<Claim>(JsonSerializer.Serialize(claim, DispatchJson.Options), DispatchJson.Options)!.Offered!;
        Assert.Equal((Night, "awa djeneba", "awa"), (back.At, string.Join(' ', back.To), string.Join(' ', back.Refused)));
        Assert.DoesNotContain("offered", JsonSerializer.Serialize(claim with { Offered = null }, DispatchJson.Options), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_offer_again_does_not_give_more_time()
    {
        var offered = Transfers.Offer(new Claim(Item, ClaimState.Taken, "fatou", Night), "fatou", ["awa"], Night).Next;
        Assert.Same(offered, Transfers.Offer(offered, "fatou", ["awa"], At(30)).Next);
        Assert.Equal(At(30), Transfers.Offer(offered, "fatou", ["djeneba"], At(30)).Next!.Offered!.At);
        Assert.Equal(At(60), Transfers.Offer(offered, "fatou", ["awa"], At(60)).Next!.Offered!.At);
    }

    [Fact]
    public void What_was_passed_on_is_the_next_persons_in_the_alert_too_also_when_it_rings_no_more()
    {
        var story = Story.Of(Person("awa"));
        story.Takes("fatou");
        var item = story.Alert.Taken!.ItemId;
        story.Try((a, now) => HandingOver.Apply(a, new Claim(item, ClaimState.Taken, "djeneba", now), now));
        Assert.Equal("djeneba", story.Alert.Taken!.By);
        Assert.Contains(story.Alert.Trail, e => e is { Kind: HistoryKind.HandedOn, Who: "djeneba" });
        story.Accepts("awa");
        Assert.Null(story.Alert.Ring);
        story.Try((a, now) => HandingOver.Apply(a, new Claim(item, ClaimState.Taken, "bintou", now), now));
        Assert.Equal("bintou", story.Alert.Taken!.By);
        Assert.Equal("same", story.Try((a, now) => HandingOver.Apply(a, new Claim(item, ClaimState.Taken, "bintou", now), now)).Outcome());
    }
}
