using Dispatch.Domain.ServiceAreas;

namespace Dispatch.Domain.Tests.ServiceAreas;

public sealed class AdministrativeTreeTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    /// <summary>Mali's commune lies in an arrondissement; in Benin it is the other way round.</summary>
    private static readonly AdministrativeUnit[] Units =
    [
        Unit("ML", null, "pays", "Mali"),
        Unit("ML4", "ML", "région", "Ségou"),
        Unit("ML401", "ML4", "cercle", "Ségou") with { Aliases = ["Segu"] },
        Unit("ML40101", "ML401", "arrondissement", "Cinzana"),
        Unit("ML4010101", "ML40101", "commune", "Cinzana-Gare") with { Aliases = ["Sinzana"] },
        Unit("ML401x", "ML4", "cercle", "Ancien cercle") with { Until = new DateOnly(2023, 3, 13) },
        Unit("BJ", null, "pays", "Bénin"),
        Unit("BJ08", "BJ", "département", "Borgou"),
        Unit("BJ0801", "BJ08", "commune", "N'Dali"),
        Unit("BJ080101", "BJ0801", "arrondissement", "Cinzana"),
    ];

    private static readonly Dictionary<string, string> Areas = new() { ["ML4"] = "ML/segou", ["ML40101"] = "ML/cinzana", ["BJ08"] = "BJ/borgou" };

    private readonly AdministrativeTree _tree = new(Units);

    [Theory]
    [InlineData("segou", "ML/segou")]
    [InlineData("SÉGOU", "ML/segou")]
    [InlineData("Segu", "ML/segou")]
    [InlineData("ML401", "ML/segou")]
    [InlineData("sinzana", "ML/cinzana")]
    [InlineData("cinzana  gare", "ML/cinzana")]
    [InlineData("ndali", "BJ/borgou")]
    [InlineData("Cinzana", null)]
    [InlineData("Mali", null)]
    [InlineData("Tombouctou", null)]
    [InlineData("", null)]
    public void A_place_in_her_words_belongs_to_the_area_of_the_smallest_unit_around_it(string words, string? area) => Assert.Equal(area, _tree.AreaOf(words, Today, Areas));

    [Fact]
    public void A_unit_is_found_while_it_is_valid_and_not_afterwards()
    {
        Assert.Empty(_tree.Find("Ancien cercle", new DateOnly(2023, 3, 13)));
        Assert.Equal("ML401x", Assert.Single(_tree.Find("Ancien cercle", new DateOnly(2023, 3, 12))).Code);
    }

    [Fact]
    public void Levels_keep_their_countrys_order()
    {
        Assert.Equal(["commune", "arrondissement", "cercle", "région", "pays"], _tree.Upwards("ML4010101", Today).Select(u => u.Level));
        Assert.Equal(["arrondissement", "commune", "département", "pays"], _tree.Upwards("BJ080101", Today).Select(u => u.Level));
    }

    [Theory]
    [InlineData("twice", "unit_twice ML4")]
    [InlineData("moved", null)]
    [InlineData("orphan", "parent_missing X1")]
    [InlineData("late parent", "parent_missing X1")]
    [InlineData("loop", "unit_in_itself X1")]
    [InlineData("nameless", "unit_incomplete X1")]
    [InlineData("ends before it begins", "unit_incomplete X1")]
    public void What_is_no_tree_is_refused_by_name(string what, string? fault)
    {
        var more = what switch
        {
            "twice" => [Unit("ML4", "ML", "région", "Encore")],
            "moved" => [Unit("X1", "ML", "cercle", "Ici") with { Until = Today }, Unit("X1", "BJ", "commune", "Là") with { From = Today }],
            "orphan" => [Unit("X1", "nowhere", "cercle", "X")],
            "late parent" => [Unit("X1", "ML401x", "cercle", "X") with { From = new DateOnly(2024, 1, 1) }],
            "loop" => [Unit("X1", "X2", "cercle", "X"), Unit("X2", "X1", "cercle", "Y")],
            "nameless" => [Unit("X1", "ML", "cercle", "")],
            _ => new[] { Unit("X1", "ML", "cercle", "X") with { From = Today, Until = Today } },
        };
        Assert.Equal(fault, AdministrativeTree.Fault([.. Units, .. more]));
        if (fault is not null) Assert.Throws<ArgumentException>(() => new AdministrativeTree([.. Units, .. more]));
    }

    private static AdministrativeUnit Unit(string code, string? parent, string level, string name) => new() { Code = code, Parent = parent, Level = level, Name = name };
}
