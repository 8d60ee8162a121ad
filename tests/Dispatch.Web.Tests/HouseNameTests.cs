using Dispatch.Web.Shelters;
using Dispatch.Web.Tenancy;

namespace Dispatch.Web.Tests;

/// <summary>What the line calls a house says nothing of where it is.</summary>
public sealed class HouseNameTests
{
    [Theory]
    [InlineData("Maison Espoir")]
    [InlineData("La Rose")]
    [InlineData("Accueil du rond")]
    [InlineData("")]
    [InlineData(null)]
    public void A_name_that_is_no_place_is_taken(string? name) => Assert.False(TellsWhere(name));

    [Theory]
    [InlineData("Maison de Ségou")]
    [InlineData("MAISON SEGOU")]
    [InlineData("La porte de N'Dali")]
    [InlineData("Maison du fleuve")]
    [InlineData("Accueil des Rails")]
    [InlineData("Derrière le marché")]
    [InlineData("Maison 12")]
    public void A_unit_another_name_for_it_an_area_a_meeting_point_or_a_number_is_refused(string name) => Assert.True(TellsWhere(name));

    private static bool TellsWhere(string? name)
    {
        var house = new HouseSettings { Id = "home-1", LineName = name, MeetingPoint = "Devant le marché rose", Areas = ["a"] };
        if (name == "La Rose") house.MeetingPoint = null;
        return HouseNames.TellsWhere(house, new TenantSettings
        {
            Areas = [new AreaSettings { Id = "a", Name = "Quartier du fleuve" }],
            Units = [new UnitSettings { Code = "u1", Name = "Segou" }, new UnitSettings { Code = "u2", Name = "Ndali", Aliases = ["Les Rails"] }],
            Houses = [house],
        });
    }
}
