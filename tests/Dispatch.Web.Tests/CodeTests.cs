using Dispatch.Domain;
using Dispatch.Domain.Shelters;
using Dispatch.Web.Problems;

namespace Dispatch.Web.Tests;

public sealed class CodeTests
{
    [Fact]
    public void Every_refusal_of_the_domain_has_a_status() =>
        Assert.All(Enum.GetValues<Refusal>(), refusal => Assert.InRange(Code.StatusOf(Code.Of(refusal)), 400, 499));

    [Fact]
    public void Every_refusal_of_a_house_has_a_status() =>
        Assert.All(Enum.GetValues<BedRefusal>(), refusal => Assert.InRange(Code.StatusOf(Code.Of(refusal)), 400, 499));

    [Fact]
    public void Codes_are_words_with_underscores() => Assert.Equal("exercise_outside_window", Code.Of(Refusal.ExerciseOutsideWindow));
}
