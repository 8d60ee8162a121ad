using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Hotline;

/// <summary>Compare-and-set: the first human has it, everybody else is told who.</summary>
public sealed class ClaimTests
{
    private static readonly Table Cells = Table.Of("""
        the item is | fatou takes | awa takes    | fatou closes | fatou closes otherwise | awa closes | fatou hands back | awa hands back
        nobody's    | fatou taken | awa taken    | notYours     | notYours               | notYours   | notYours         | notYours
        taken       | fatou taken | takenByOther | fatou closed | fatou closed           | notYours   | fatou handedBack | notYours
        closed      | itemClosed  | itemClosed   | fatou closed | itemClosed             | itemClosed | itemClosed       | itemClosed
        handedBack  | fatou taken | awa taken    | notYours     | notYours               | notYours   | fatou handedBack | notYours
        """);

    public static TheoryData<string, string, string> AllCells() => Cells.Cells();

    [Theory, MemberData(nameof(AllCells))]
    public void Taking_and_closing_an_item_in_each_state(string state, string command, string expected)
    {
        Claim? current = state == "nobody's" ? null
            : new Claim("a1:newAlert", Enum.Parse<ClaimState>(state, ignoreCase: true), "fatou", Night, state == "closed" ? EndedHow.Resolved : null);
        var by = command.Split(' ')[0];
        var (next, why) = command.EndsWith("takes", StringComparison.Ordinal) ? Claims.Take(current, "a1:newAlert", by, At(5))
            : command.EndsWith("back", StringComparison.Ordinal) ? Claims.HandBack(current, by, At(5))
            : Claims.Close(current, by, command.EndsWith("otherwise", StringComparison.Ordinal) ? EndedHow.Referred : EndedHow.Resolved, At(5));
        Assert.Equal(expected, why is { } refused ? Word(refused) : $"{next!.By} {Word(next.State)}");
        Assert.True(next is null ^ why is null);
    }

    [Fact]
    public void The_table_has_every_state() => Cells.HasRows(Enum.GetValues<ClaimState>().Select(Word).Append("nobody's"));

    [Fact]
    public void A_repeat_returns_the_claim_as_it_was_with_its_first_time()
    {
        var (taken, _) = Claims.Take(null, "i", "fatou", At(1));
        Assert.Same(taken, Claims.Take(taken, "i", "fatou", At(9)).Next);
        var (closed, _) = Claims.Close(taken, "fatou", EndedHow.Referred, At(10));
        Assert.Same(closed, Claims.Close(closed, "fatou", EndedHow.Referred, At(20)).Next);
        Assert.Equal(At(10), closed!.At);
    }

    [Fact]
    public void A_line_of_the_queue_says_whether_it_waits_rings_or_who_has_it()
    {
        var row = WatchRow.Of(Raising.Raise(null, Press(), Night).Now());
        var item = row.Items.Single();
        Assert.Equal(QueueState.Waiting, QueueItem.Of(row, item, null, At(59.999)).State);
        Assert.Equal(QueueState.Ringing, QueueItem.Of(row, item, null, At(60)).State);
        var taken = QueueItem.Of(row, item, new Claim(row.ItemId!, ClaimState.Taken, "fatou", At(61)), At(62));
        Assert.Equal((QueueState.Taken, "fatou", At(61)), (taken.State, taken.TakenBy!, taken.TakenAt!.Value));
        Assert.Equal(QueueState.Closed, QueueItem.Of(row, item, new Claim(row.ItemId!, ClaimState.Closed, "fatou", At(61)), At(62)).State);
        var back = QueueItem.Of(row, item, new Claim(row.ItemId!, ClaimState.HandedBack, "fatou", At(61)), At(62));
        Assert.Equal((QueueState.Ringing, null, null), (back.State, back.TakenBy, back.TakenAt));
        Assert.Empty((row with { ItemId = null }).Items);
    }

    [Theory]
    [InlineData("a1:newAlert", "a1")]
    [InlineData("a1:silent.2", "a1")]
    [InlineData("nothing", null)]
    [InlineData(":x", null)]
    public void Item_ids_carry_their_alert(string item, string? alert) => Assert.Equal(alert, Ringing.AlertOf(item));

    [Theory]
    [InlineData("a1.0", "a1", 0)]
    [InlineData("a.b.12", "a.b", 12)]
    [InlineData("a1.-1", null, 0)]
    [InlineData("a1.+1", null, 0)]
    [InlineData("a1. 1", null, 0)]
    [InlineData("a1", null, 0)]
    [InlineData(".1", null, 0)]
    [InlineData("a1.99999999999", null, 0)]
    [InlineData(null, null, 0)]
    public void Offer_ids_carry_their_alert(string? text, string? alert, int no)
    {
        Assert.Equal(alert is not null, OfferId.TryParse(text, out var id));
        if (alert is not null) Assert.Equal((alert, no, text), (id.Alert, id.No, id.ToString()));
    }
}
