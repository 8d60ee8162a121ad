using Dispatch.Domain.Numbers;

namespace Dispatch.Domain.Tests.Numbers;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+22370123456", "+22370123456", "223")]
    [InlineData("+223 70 12 34 56", "+22370123456", "223")]
    [InlineData("00223-70-12-34-56", "+22370123456", "223")]
    [InlineData("22370123456", "+22370123456", "223")]
    [InlineData("+226 (70) 12.34.56", "+22670123456", "226")]
    [InlineData("+229 01 97 12 34 56", "+2290197123456", "229")]
    [InlineData("+229 97 12 34 56", "+2290197123456", "229")]
    [InlineData("22901971234", "+2290101971234", "229")]
    [InlineData("+223\u00a070\u202f12 34 56", "+22370123456", "223")]
    public void A_number_is_the_same_however_it_is_written(string text, string e164, string country)
    {
        Assert.True(PhoneNumber.TryParse(text, out var number));
        Assert.Equal((e164, country), (number.E164, number.Country));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("70 12 34 56")]
    [InlineData("+223 70 12 34 5")]
    [InlineData("+223 70 12 34 567")]
    [InlineData("+226 701234567")]
    [InlineData("+229 02 97 12 34 56")]
    [InlineData("+229 971234567")]
    [InlineData("+33 6 12 34 56 78")]
    [InlineData("+223 70 12 34 5a")]
    [InlineData("+223 ٧٠ ١٢ ٣٤ ٥٦")]
    [InlineData("++22370123456")]
    [InlineData("0000022370123456")]
    [InlineData("36400")]
    [InlineData("Orange")]
    public void What_is_no_number_of_ours_is_none(string? text) => Assert.False(PhoneNumber.TryParse(text, out _));

    [Theory]
    [InlineData("70 12 34 56", "223", "+22370123456")]
    [InlineData("97 12 34 56", "229", "+2290197123456")]
    [InlineData("0197123456", "229", "+2290197123456")]
    [InlineData("+226 70 12 34 56", "223", "+22670123456")]
    public void Where_the_country_is_known_it_may_be_left_out(string text, string country, string e164)
    {
        Assert.True(PhoneNumber.TryParse(text, country, out var number));
        Assert.Equal(e164, number.E164);
    }

    [Theory]
    [InlineData("+33 6 12 34 56 78", "223")]
    [InlineData("0033 612345", "223")]
    [InlineData("+70123456", "223")]
    [InlineData("70123456", "33")]
    [InlineData("70123456", null)]
    [InlineData("70123456", "229x")]
    [InlineData("36400", "223")]
    public void A_number_of_elsewhere_is_not_made_one_of_that_country(string text, string? country) => Assert.False(PhoneNumber.TryParse(text, country, out _));

    /// <summary>A record prints its members; this one must not.</summary>
    [Fact]
    public void It_prints_nothing_of_itself_and_shows_its_end_on_a_screen()
    {
        Assert.True(PhoneNumber.TryParse("+22370123456", out var number));
        Assert.Equal("•• •• 34 56", number.Masked);
        Assert.Equal("+223 •• •• •• ••", $"{number}");
        Assert.True(PhoneNumber.TryParse("+2290197123456", out var longer));
        Assert.Equal("•• •• •• 34 56", longer.Masked);
    }

    [Fact]
    public void The_old_and_the_new_form_of_Benin_are_one_number()
    {
        Assert.True(PhoneNumber.TryParse("+22997123456", out var old));
        Assert.True(PhoneNumber.TryParse("+2290197123456", out var today));
        Assert.Equal(today, old);
    }
}
