using Dispatch.Domain.Alerts;
using Dispatch.Domain.Ussd;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Ussd;

public sealed class UssdMenuTests
{
    [Theory]
    [InlineData("", UssdStage.Language)]
    [InlineData("1", UssdStage.Needs)]
    [InlineData("1*12", UssdStage.Reach)]
    [InlineData("1*12*1", UssdStage.Confirm)]
    [InlineData("1*12*1*1", UssdStage.Received)]
    [InlineData("1*0", UssdStage.Language)]
    [InlineData("1*12*0", UssdStage.Needs)]
    [InlineData("1*12*1*0", UssdStage.Reach)]
    [InlineData("1*12*1*0*3*1", UssdStage.Received)]
    [InlineData("9", UssdStage.Received)]
    [InlineData("1*9", UssdStage.Received)]
    [InlineData("1*3*9", UssdStage.Received)]
    [InlineData("1*3*1*9", UssdStage.Received)]
    [InlineData("1*12*1*1*1*1", UssdStage.Received)]
    [InlineData("8*8*8", UssdStage.GaveUp)]
    [InlineData("8*8*1", UssdStage.Needs)]
    [InlineData("8*8*1*x*x*12", UssdStage.Reach)]
    [InlineData("1*18", UssdStage.Needs)]
    [InlineData("1*12*4", UssdStage.Reach)]
    [InlineData("1*12*1*3", UssdStage.Confirm)]
    [InlineData("*", UssdStage.Language)]
    public void Where_it_stands_follows_from_the_keys(string keys, UssdStage stage) => Assert.Equal(stage, Run(keys).Stage);

    [Fact]
    public void What_she_chose_is_what_is_sent()
    {
        var chosen = Run("2*12*1*2").Choices;
        Assert.Equal(("en", Reach.Call, true, AgeBand.From15To17), (chosen.Language!, chosen.Reach, chosen.Minor, chosen.Age!.Value));
        Assert.Equal([Need.Health, Need.Shelter], chosen.Needs.AsEnumerable());
        Assert.Equal((Reach.Sms, (AgeBand?)null), (Run("1*4*2*1").Choices.Reach, Run("1*4*2*1").Choices.Age));
        Assert.Equal(Reach.None, Run("1*4*3*1").Choices.Reach);
        Assert.Empty(Run("1*7*3*1").Choices.Needs);
        Assert.Equal([Need.Transport, Need.Health], Run("1*6 1 6*3*1").Choices.Needs.AsEnumerable());
    }

    [Fact]
    public void What_she_took_back_is_not_sent() => Assert.Equal([Need.Legal], Run("1*12*0*4*1*1").Choices.Needs.AsEnumerable());

    [Fact]
    public void Nine_asks_at_once_with_what_she_chose_so_far()
    {
        Assert.Equal([Need.Shelter], Run("1*2*9").Choices.Needs.AsEnumerable());
        Assert.Equal(Reach.Unknown, Run("1*2*9").Choices.Reach);
    }

    [Fact]
    public void Police_stand_in_no_menu() => Assert.DoesNotContain(Need.Police, UssdMenu.Offered);

    [Fact]
    public void A_wrong_key_shows_the_same_again()
    {
        Assert.True(Run("1*x").Again);
        Assert.False(Run("1*x*1").Again);
    }

    [Fact]
    public void A_repeated_step_changes_nothing()
    {
        var session = new UssdSession().Take(1, "", At(0)).Take(2, "1", At(1)).Take(2, "1", At(2)).Take(3, "12", At(3)).Take(1, "", At(4));
        Assert.Equal(["", "1", "12"], session.Inputs.AsEnumerable());
        Assert.Equal(["", "1", "1"], new UssdSession().Take(null, "", At(0)).Take(null, "1", At(1)).Take(null, "1", At(2)).Inputs.AsEnumerable());
    }

    [Fact]
    public void What_was_left_for_longer_than_a_network_waits_begins_anew()
    {
        var session = new UssdSession().Take(1, "", At(0)).Take(2, "1", At(1)) with { Sent = true };
        Assert.Equal(["", "1", "2"], session.Take(3, "2", At(180)).Inputs.AsEnumerable());
        Assert.Equal(["2"], session.Take(3, "2", At(182)).Inputs.AsEnumerable());
        Assert.False(session.Take(3, "2", At(182)).Sent);
        Assert.Equal(["2"], session.Take(3, "2", At(-10)).Inputs.AsEnumerable());
    }

    [Fact]
    public void A_session_without_end_grows_no_further()
    {
        var session = Enumerable.Range(0, 100).Aggregate(new UssdSession(), (s, n) => s.Take(null, new string('1', 500), At(n)));
        Assert.Equal(UssdSession.MaxSteps, session.Inputs.Length);
        Assert.All(session.Inputs, input => Assert.InRange(input.Length, 0, 16));
        Assert.Equal(UssdSession.MaxSteps, new UssdSession().TakeAll(string.Concat(Enumerable.Repeat("1*", 500)), At(0)).Inputs.Length);
    }

    private static UssdState Run(string keys) => UssdMenu.Run(new UssdSession().TakeAll(keys, At(0)).Inputs, UssdWords.Shipped.Languages);
}
