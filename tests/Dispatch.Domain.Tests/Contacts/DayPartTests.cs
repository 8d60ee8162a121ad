using Dispatch.Domain.Contacts;

namespace Dispatch.Domain.Tests.Contacts;

/// <summary>Of a line's figures no two that are said may be subtracted from one another.</summary>
public sealed class DayPartTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 6.99, -6, 0)]
    [InlineData(0, 7, 0, 6)]
    [InlineData(0, 12.5, 0, 6)]
    [InlineData(60, 6.5, -1, 5)]
    [InlineData(60, 5.99, -7, -1)]
    public void The_newest_is_the_last_quarter_of_the_local_day_that_was_over_an_hour_ago(int offset, double now, double since, double until) =>
        Assert.Equal((Midnight.AddHours(since), Midnight.AddHours(until)), (DayPart.Last(Midnight.AddHours(now), TimeSpan.FromMinutes(offset)).Since, DayPart.Last(Midnight.AddHours(now), TimeSpan.FromMinutes(offset)).Until));

    [Fact]
    public void Whatever_moment_is_asked_for_two_parts_are_the_same_or_share_nothing()
    {
        var random = new Random(1);
        for (var n = 0; n < 2000; n++)
        {
            var offset = TimeSpan.FromMinutes(random.Next(-12, 13) * 30);
            var (one, other) = (DayPart.Of(Midnight.AddMinutes(random.Next(5000)), offset), DayPart.Of(Midnight.AddMinutes(random.Next(5000)), offset));
            Assert.True(one == other || one.Until <= other.Since || other.Until <= one.Since, $"{one} and {other}");
        }
    }

    [Fact]
    public void What_still_changes_and_what_is_being_forgotten_is_not_said()
    {
        var part = DayPart.Of(Midnight.AddHours(1), TimeSpan.Zero);
        Assert.False(part.MayBeSaid(part.Until.AddMinutes(59)));
        Assert.True(part.MayBeSaid(part.Until.AddMinutes(60)));
        Assert.True(part.MayBeSaid(part.Since + ContactFigure.KeptFor - TimeSpan.FromSeconds(1)));
        Assert.False(part.MayBeSaid(part.Since + ContactFigure.KeptFor));
    }
}
