using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Contacts;

public sealed class LineFiguresTests
{
    [Fact]
    public void Calls_in_time_are_a_share_of_all_calls_those_too_that_hung_up()
    {
        var figures = Of([.. Calls(12, answeredAfter: 20), .. Calls(6, answeredAfter: 31), .. Calls(6, abandoned: true), .. Calls(9)]);
        Assert.Equal((24, 12, 50), (figures.Calls, figures.CallsInTime, figures.CallsInTimePercent));
    }

    [Fact]
    public void A_missed_call_that_nobody_answered_yet_counts_as_one_that_was_not_in_time()
    {
        var figures = Of([.. Missed(5, 179), .. Missed(5, null), .. Missed(5, 181)]);
        Assert.Equal((15, 5, 33), (figures.MissedCalls, figures.CalledBackInTime, figures.CalledBackInTimePercent));
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(10, 2)]
    [InlineData(2, 10)]
    public void Where_one_part_is_small_no_part_and_no_share_is_said(int inTime, int late)
    {
        var figures = Of([.. Calls(inTime, answeredAfter: 5), .. Calls(late, answeredAfter: 50)]);
        Assert.Equal((inTime + late >= 5 ? inTime + late : (int?)null, (int?)null, (int?)null), (figures.Calls, figures.CallsInTime, figures.CallsInTimePercent));
    }

    [Fact]
    public void What_was_given_back_rang_once_and_how_it_ended_counts()
    {
        var again = Calls(6, answeredAfter: 500).Concat(Missed(6, 900)).Select(f => f with { ItemId = f.ItemId + ".2", GivenBack = true, Outcome = EndedHow.Advice });
        var figures = Of([.. Calls(6, answeredAfter: 20), .. Missed(6, 100), .. again]);
        Assert.Equal((6, 100, 6, 100, 12), (figures.Calls, figures.CallsInTimePercent, figures.MissedCalls, figures.CalledBackInTimePercent, figures.Advice));
    }

    [Fact]
    public void Advice_to_whoever_never_stood_in_the_queue_is_advice_and_no_call()
    {
        var figures = Of([.. Enumerable.Range(0, 6).Select(n => ContactFigure.Advised($"key-{n}", At(0)))]);
        Assert.Equal((0, 0, 0, 6), (figures.Calls, figures.MissedCalls, figures.Texts, figures.Advice));
    }

    [Fact]
    public void Each_line_has_its_own_targets()
    {
        ContactFigure[] figures = [.. Calls(10, answeredAfter: 40), .. Missed(10, 200), .. Calls(10, answeredAfter: 60), .. Missed(10, 400)];
        var patient = LineFigures.Of(figures, TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(240));
        Assert.Equal((50, 50), (patient.CallsInTimePercent, patient.CalledBackInTimePercent));
        Assert.Equal((0, 0), (Of(figures).CallsInTimePercent, Of(figures).CalledBackInTimePercent));
    }

    [Fact]
    public void Advice_is_counted_and_nothing_is_nothing()
    {
        var figures = Of([.. Calls(7, answeredAfter: 5).Select(f => f with { Outcome = EndedHow.Advice })]);
        Assert.Equal((7, 0, 7), (figures.Advice, figures.Texts, figures.CallsInTime));
        Assert.Null(Of([.. Calls(4, answeredAfter: 5).Select(f => f with { Outcome = EndedHow.Advice })]).Advice);
    }

    private static LineFigures Of(ContactFigure[] figures) => LineFigures.Of(figures, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(180));

    private static IEnumerable<ContactFigure> Calls(int count, double? answeredAfter = null, bool abandoned = false) => Enumerable.Range(0, count)
        .Select(n => new ContactFigure($"c.{n}:callRinging", RingReason.CallRinging, At(n), At(n + 30)) { AnsweredAt = answeredAfter is { } after ? At(n + after) : null, Abandoned = abandoned });

    private static IEnumerable<ContactFigure> Missed(int count, double? answeredAfter) => Enumerable.Range(0, count)
        .Select(n => new ContactFigure($"c.{n}:callBackOwed", RingReason.CallBackOwed, At(n), At(n + 180)) { AnsweredAt = answeredAfter is { } after ? At(n + after) : null });
}
