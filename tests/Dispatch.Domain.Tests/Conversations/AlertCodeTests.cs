using Dispatch.Domain.Conversations;

namespace Dispatch.Domain.Tests.Conversations;

public sealed class AlertCodeTests
{
    private const string Code = "0191e7a2-7b1c-7000-8000-0123456789ab";

    [Theory]
    [InlineData("aide " + Code, "aide  ")]
    [InlineData(Code, " ")]
    [InlineData("aide(0191E7A2-7B1C-7000-8000-0123456789AB)un lit", "aide( )un lit")]
    public void It_is_found_wherever_it_stands_and_taken_out_of_her_words(string text, string words)
    {
        Assert.Equal(Code, AlertCode.In(text));
        Assert.Equal(words, AlertCode.Without(text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("aide")]
    [InlineData("0191e7a2-7b1c-7000-8000-0123456789a")]
    [InlineData("appelez le 70-12-34-56, je suis chez ma soeur au marche")]
    public void Other_texts_have_none(string? text)
    {
        Assert.Null(AlertCode.In(text));
        Assert.Equal(text, AlertCode.Without(text));
    }
}
