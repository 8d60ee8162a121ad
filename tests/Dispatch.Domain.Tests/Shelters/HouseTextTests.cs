using Dispatch.Domain.Shelters;

namespace Dispatch.Domain.Tests.Shelters;

public sealed class HouseTextTests
{
    [Theory]
    [InlineData("4071")]
    [InlineData(" *4071# ")]
    [InlineData("٤٠٧١")]
    [InlineData("۴۰۷۱")]
    [InlineData("߄߀߇߁")]
    [InlineData("\u200f4071\u200e\n")]
    public void The_PIN_alone_says_that_everything_is_as_it_was(string text) => Assert.Equal(new HouseText.StillRight("4071"), HouseText.Read(text));

    [Theory]
    [InlineData("4071 3 1")]
    [InlineData("4071*3*1#")]
    [InlineData("4071  03 - 1.")]
    [InlineData("4071\n3\n1")]
    [InlineData("4071;3;1")]
    [InlineData("٤٠٧١ ٣ ١")]
    [InlineData("4071*٣*1")]
    public void Empty_beds_are_counted_in_the_order_of_the_list(string text)
    {
        var counted = Assert.IsType<HouseText.Counted>(HouseText.Read(text));
        Assert.Equal(("4071", "3 1"), (counted.Pin, string.Join(' ', counted.Empty)));
    }

    [Fact]
    public void One_number_is_a_count_also_where_it_could_be_an_answer() => Assert.Equal(1, Assert.Single(Assert.IsType<HouseText.Counted>(HouseText.Read("4071 1")).Empty));

    [Theory]
    [InlineData("40718293 352 1", true)]
    [InlineData("40718293*352*2", false)]
    [InlineData("40718293 1 352", true)]
    [InlineData("40718293 # 2 # 352 #", false)]
    [InlineData("٤٠٧١٨٢٩٣ ٣٥٢ ٢", false)]
    public void A_code_and_one_or_two_is_a_yes_or_a_no(string text, bool yes) => Assert.Equal(new HouseText.Answered("40718293", 352, yes), HouseText.Read(text));

    [Theory]
    [InlineData("4071 352")]
    [InlineData("4071 352 3")]
    [InlineData("4071 352 0")]
    [InlineData("4071 352 1 2")]
    [InlineData("4071 352 417")]
    [InlineData("4071 352 11")]
    [InlineData("4071 3 1234")]
    [InlineData("4071 4071")]
    public void What_begins_with_a_PIN_and_goes_on_otherwise_is_unclear(string text) => Assert.Equal(new HouseText.Unclear("4071"), HouseText.Read(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("***#")]
    [InlineData("OUI 42")]
    [InlineData("4071 oui")]
    [InlineData("4071 352 1 merci")]
    [InlineData("40 71 3 1")]
    [InlineData("407 3 1")]
    [InlineData("1 352 4071")]
    [InlineData("407182935")]
    [InlineData("+223 70 00 00 00")]
    [InlineData("22370000000")]
    [InlineData("4071 ½")]
    [InlineData("4071 ²")]
    [InlineData("4071 Ⅳ")]
    [InlineData("4071 😀")]
    [InlineData("4071 四")]
    public void Anything_else_is_none_of_these(string? text) => Assert.Null(HouseText.Read(text));

    [Fact]
    public void What_is_longer_than_a_text_is_not_read()
    {
        Assert.NotNull(HouseText.Read("4071" + new string(' ', 156)));
        Assert.Null(HouseText.Read("4071" + new string(' ', 157)));
    }

    [Fact]
    public void Whatever_comes_in_it_is_read_or_not_and_never_fails()
    {
        const string pool = "0123456789 *#.+-٣٧ab\u0000\u200f\ud83d½";
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(0, 24)).Select(_ => pool[random.Next(pool.Length)])]);
            if (HouseText.Read(text) is not { } read) continue;
            Assert.True(read.Pin.Length is >= 4 and <= 8 && read.Pin.All(char.IsAsciiDigit), text);
            if (read is HouseText.Counted counted) Assert.All(counted.Empty, n => Assert.InRange(n, 0, 99));
            if (read is HouseText.Answered answered) Assert.InRange(answered.Code, 0, 999);
        }
    }
}
