using Dispatch.Domain.ServiceAreas;

namespace Dispatch.Domain.Tests.ServiceAreas;

public sealed class PlaceNamesTests
{
    [Theory]
    [InlineData("segou", "Ségou", 0)]
    [InlineData("SEG", "Ségou", 1)]
    [InlineData("koro", "Ségou-Koro", 2)]
    [InlineData("gou", "Ségou", 3)]
    [InlineData("segu", "Ségou", 4)]
    [InlineData("sigou", "Ségou", 4)]
    [InlineData("esgou", "Ségou", 4)]
    [InlineData("bobodiulaso", "Bobo-Dioulasso", null)]
    [InlineData("bobodioulaso", "Bobodioulasso", 4)]
    [InlineData("bobodiulaso", "Bobodioulasso", 5)]
    [InlineData("wagadougou", "Ouagadougou", 5)]
    [InlineData("seg0", "Bamako", null)]
    [InlineData("kay", "Gao", null)]
    [InlineData("", "Gao", null)]
    [InlineData("-", "Gao", null)]
    public void How_near_a_name_is_to_what_was_typed(string typed, string name, int? distance) =>
        Assert.Equal(distance, PlaceNames.Distance(PlaceNames.Plain(typed), PlaceNames.Plain(name)));
}
