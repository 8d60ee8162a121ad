namespace Dispatch.Domain.Tests;

public sealed class SlipsTests
{
    [Theory]
    [InlineData("aide", "aide", 0)]
    [InlineData("docteure", "docteur", 1)]
    [InlineData("avoca", "avocat", 1)]
    [InlineData("emergancy", "emergency", 1)]
    [InlineData("dotceur", "docteur", 1)]
    [InlineData("infrimeire", "infirmiere", 2)]
    [InlineData("hopital", "police", 3)]
    [InlineData("doc", "docteur", 3)]
    [InlineData("", "oui", 3)]
    public void To_a_whole_word(string typed, string word, int slips) => Assert.Equal(slips, Slips.ToWord(typed, word, most: 2));

    [Theory]
    [InlineData("segu", "segou koro", 1)]
    [InlineData("esgou", "segou koro", 1)]
    [InlineData("sego", "segou koro", 0)]
    [InlineData("wagadou", "ouagadougou", 2)]
    [InlineData("bamako", "kayes", 3)]
    [InlineData("", "kayes", 0)]
    public void To_a_beginning_of_it(string typed, string word, int slips) => Assert.Equal(slips, Slips.ToBeginning(typed, word, most: 2));
}
