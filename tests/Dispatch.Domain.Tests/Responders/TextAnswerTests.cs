using Dispatch.Domain.Responders;

namespace Dispatch.Domain.Tests.Responders;

public sealed class TextAnswerTests
{
    [Theory]
    [InlineData("OUI 42", true, "42")]
    [InlineData("oui42", true, "42")]
    [InlineData("42 oui", true, "42")]
    [InlineData("42Oui", true, "42")]
    [InlineData("YES 42", true, "42")]
    [InlineData("  Oui:  42. ", true, "42")]
    [InlineData("« OUI » 42 !", true, "42")]
    [InlineData("oùi 42", true, "42")]
    [InlineData("ou\u0300i 42", true, "42")]
    [InlineData("Non 42", false, "42")]
    [InlineData("NÔN\n107", false, "107")]
    [InlineData("no-42", false, "42")]
    public void Yes_and_no_with_a_code(string text, bool yes, string code) => Assert.Equal(new TextAnswer(yes, code), TextAnswer.Read(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("42")]
    [InlineData("oui")]
    [InlineData("oui oui 42")]
    [InlineData("OUI 42 43")]
    [InlineData("OUI 4 2")]
    [InlineData("je ne dis pas oui 42")]
    [InlineData("oui non 42")]
    [InlineData("OUI 424242")]
    [InlineData("ok 42")]
    [InlineData("STOP")]
    [InlineData("STOP 42")]
    [InlineData("OUI ٤٢")]
    [InlineData("ОUI 42")]
    [InlineData("OUI 42 👍")]
    public void Anything_else_is_no_answer(string? text) => Assert.Null(TextAnswer.Read(text));

    [Fact]
    public void A_long_text_is_not_read() => Assert.Null(TextAnswer.Read("OUI 42" + new string(' ', 160)));
}
