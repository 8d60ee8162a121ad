using Dispatch.Domain.Numbers;

namespace Dispatch.Domain.Tests.Numbers;

public sealed class MaskTests
{
    [Theory]
    [InlineData("70123456", "•• •• 34 56")]
    [InlineData("+223 70 12 34 56", "• •• •• •• 34 56")]
    [InlineData("701234", "•• 12 34")]
    [InlineData("36400", Mask.Nothing)]
    [InlineData("Orange", Mask.Nothing)]
    [InlineData("", Mask.Nothing)]
    [InlineData(null, Mask.Nothing)]
    public void Four_digits_are_shown_of_what_can_hide_the_others(string? number, string shown) => Assert.Equal(shown, Mask.Of(number));
}
