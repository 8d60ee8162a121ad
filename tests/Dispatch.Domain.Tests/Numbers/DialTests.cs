using Dispatch.Domain.Numbers;

namespace Dispatch.Domain.Tests.Numbers;

/// <summary>What is dialled and has no international form.</summary>
public sealed class DialTests
{
    [Theory]
    [InlineData("80333", "80333", "tel:80333")]
    [InlineData("80 00 12 87", "80001287", "tel:80001287")]
    [InlineData("114", "114", "tel:114")]
    [InlineData("*144*2#", "*144*2#", "tel:*144*2%23")]
    public void It_is_dialled_as_it_stands(string text, string keys, string link)
    {
        Assert.True(DialString.TryParse(text, out var dial));
        Assert.Equal((keys, link), (dial.Keys, dial.Link));
    }

    [Theory]
    [InlineData("+22380001287")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("1")]
    [InlineData("*#")]
    [InlineData("80333a")]
    [InlineData("1234567890123456")]
    public void Anything_else_is_none(string? text) => Assert.False(DialString.TryParse(text, out _));

    [Fact]
    public void A_star_opens_a_menu_and_a_digit_rings()
    {
        Assert.True(DialString.TryParse("*123#", out var menu) && menu.OpensMenu);
        Assert.True(DialString.TryParse("80333", out var line) && !line.OpensMenu);
    }

    [Fact]
    public void Each_country_has_lines_and_everything_in_them_can_be_dialled()
    {
        Assert.All(["223", "226", "229"], country => Assert.NotEmpty(NationalLines.All.Where(line => line.Country == country)));
        Assert.All(NationalLines.All, line => Assert.NotEmpty(line.Dialled));
        Assert.All(NationalLines.All.SelectMany(line => line.Dialled), from => Assert.True(DialString.TryParse(from.Keys, out _), from.Keys));
        Assert.All(NationalLines.All, line => Assert.Equal(line.Dialled.Length, line.Dialled.DistinctBy(d => d.Network).Count()));
    }

    [Fact]
    public void A_line_is_found_by_its_number_however_that_is_written()
    {
        Assert.Equal("226", NationalLines.Named("80 00 12 87")?.Country);
        Assert.Equal("80 00 12 87", NationalLines.Named("80001287")?.Name);
        Assert.Null(NationalLines.Named("80 00 12 88"));
        Assert.Null(NationalLines.Named("+226 80 00 12 87"));
    }

    /// <summary>They are no telephones: a number that a machine sends to must not be a line.</summary>
    [Fact]
    public void A_short_code_is_no_number_of_a_person() =>
        Assert.All(NationalLines.All.SelectMany(line => line.Dialled).Where(d => d.Keys.Length < 8), from => Assert.False(PhoneNumber.TryParse(from.Keys, "223", out _)));
}
