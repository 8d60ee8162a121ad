using Dispatch.Domain.Alerts;
using Dispatch.Domain.Conversations;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Conversations;

public sealed class ConversingTests
{
    private static readonly Standing Stranger = new();
    private static readonly Standing Safe = new(MayText: true, MarkedAt: At(-100));

    [Fact]
    public void Help_is_raised_without_a_question_and_a_stranger_is_not_answered()
    {
        var turn = Hear(Stranger, "infirmière et un lit svp");
        Assert.True(turn.Raise);
        Assert.Equal([Need.Health, Need.Shelter], turn.Needs.AsEnumerable());
        Assert.False(turn.NeedsHuman);
        Assert.Null(turn.Reply);
        Assert.Equal("fr", turn.Language);
    }

    [Fact]
    public void What_nobody_understands_goes_to_a_human()
    {
        foreach (var text in new[] { "blabla", "OUI 42", "oui", "", null, "👍", "merci" }) Assert.True(Hear(Stranger, text).NeedsHuman, text);
    }

    [Theory]
    [InlineData("annuler")]
    [InlineData("ne m'appelez pas")]
    [InlineData("tout va bien")]
    [InlineData("stop")]
    public void What_could_undo_help_is_decided_by_a_human(string text)
    {
        var turn = Hear(Safe with { Open = true }, text);
        Assert.True(turn.NeedsHuman);
        Assert.False(turn.Raise);
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("arrêtez")]
    public void A_stop_of_anybody_is_read_by_a_human_and_ends_what_is_marked(string text)
    {
        var turn = Hear(Stranger, text);
        Assert.Equal((true, true, false), (turn.NeedsHuman, turn.Stops, turn.Raise));
    }

    [Fact]
    public void Police_are_a_human_matter_and_keep_no_help_back()
    {
        var turn = Hear(Stranger, "docteur et police");
        Assert.Equal((true, true), (turn.Raise, turn.NeedsHuman));
        Assert.Equal([Need.Health], turn.Needs.AsEnumerable());
    }

    [Fact]
    public void A_safe_number_reads_that_it_arrived_and_is_asked_one_thing()
    {
        var first = Hear(Safe, "aide");
        Assert.Equal(Conversing.MayCall, first.Reply);
        var yes = Hear(first.Next, Safe with { Open = true }, "oui", At(60));
        Assert.Equal((Conversing.Thanks, true, false), (yes.Reply, yes.CallHer, yes.NeedsHuman));
        Assert.Null(yes.Next.Asked);
        var no = Hear(first.Next, Safe with { Open = true }, "non", At(60));
        Assert.Equal((Conversing.Thanks, false, false), (no.Reply, no.CallHer, no.NeedsHuman));
    }

    [Fact]
    public void A_yes_that_comes_too_late_or_answers_nothing_is_for_a_human()
    {
        var asked = Hear(Safe, "aide").Next;
        Assert.True(Hear(asked, Safe with { Open = true }, "oui", At(60 * 31)).NeedsHuman);
        Assert.False(Hear(asked, Safe with { Open = true }, "oui", At(60 * 31)).CallHer);
        Assert.True(Hear(new Conversation(), Safe, "oui", At(60)).NeedsHuman);
        // A clock that went back.
        Assert.True(Hear(asked, Safe with { Open = true }, "oui", At(-60)).NeedsHuman);
    }

    [Fact]
    public void Nothing_is_asked_of_a_child()
    {
        Assert.Equal(Conversing.Received, Hear(Safe, "aide j'ai 14 ans").Reply);
        Assert.Equal(AgeBand.From12To14, Hear(Safe, "aide j'ai 14 ans").Age);
        Assert.Equal(Conversing.Received, Hear(Safe with { Child = true, Open = true }, "docteur").Reply);
        Assert.Equal(Conversing.MayCall, Hear(Safe, "aide j'ai 40 ans").Reply);
    }

    [Fact]
    public void She_asks_not_to_be_called_and_is_not_asked_whether_she_may_be()
    {
        var turn = Hear(Safe, "docteur ne m'appelez pas");
        Assert.Equal((true, true, Conversing.Received), (turn.Raise, turn.NeedsHuman, turn.Reply));
    }

    [Fact]
    public void Her_screen_lights_up_once()
    {
        var first = Hear(Safe, "aide").Next;
        Assert.Null(Hear(first, Safe with { Open = true }, "docteur", At(60)).Reply);
        Assert.Equal(Conversing.Received, Hear(first, Safe with { Open = true }, "docteur", At(601)).Reply);
    }

    [Fact]
    public void After_stop_nothing_is_sent_until_a_human_marks_it_anew()
    {
        var stopped = Hear(Safe, "stop");
        Assert.Null(stopped.Reply);
        Assert.Null(Hear(stopped.Next, Safe, "aide", At(3_000)).Reply);
        Assert.True(Hear(stopped.Next, Safe, "aide", At(3_000)).Raise);
        Assert.NotNull(Hear(stopped.Next, Safe with { MarkedAt = At(10) }, "aide", At(3_000)).Reply);
    }

    [Fact]
    public void A_cancel_is_not_answered() => Assert.Null(Hear(Safe with { Open = true }, "annuler").Reply);

    [Fact]
    public void Who_writes_without_end_is_heard_so_far_and_a_human_is_told_once()
    {
        var (talk, humans) = (new Conversation(), 0);
        for (var n = 1; n <= 200; n++)
        {
            if (Conversing.Hear(talk, Stranger with { Open = true }, "docteur", At(n)) is not { } turn) continue;
            talk = turn.Next;
            if (turn.NeedsHuman) humans++;
            Assert.True(n <= Conversing.MaxTexts + 1);
        }

        Assert.Equal(1, humans);
        // A flood in her name keeps her own call for help from nobody.
        Assert.True(Conversing.Hear(talk, Stranger, "aide", At(300))?.Raise);
        Assert.NotNull(Conversing.Hear(talk, Stranger with { Open = true }, "docteur", At(3_700)));
    }

    [Fact]
    public void What_stands_beside_the_number_comes_back_as_it_went_and_says_nothing_of_hers()
    {
        var talk = Hear(Safe, "aide moi je suis au marché de Médine").Next with { StoppedAt = At(5) };
        Assert.Equal(talk, Conversation.Of(talk.Step));
        Assert.DoesNotContain("Médine", talk.Step, StringComparison.Ordinal);
        Assert.Equal(new Conversation(), Conversation.Of("menu:3"));
        Assert.Equal(new Conversation(), Conversation.Of(null));
    }

    private static Turn Hear(Standing standing, string? text) => Hear(new Conversation(), standing, text, At(0));

    private static Turn Hear(Conversation talk, Standing standing, string? text, DateTimeOffset at) => Conversing.Hear(talk, standing, text, at) ?? throw new InvalidOperationException("Nobody heard it.");
}
