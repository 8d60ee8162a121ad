using System.Text.Json;
using System.Text.RegularExpressions;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Sealing;

namespace Dispatch.Domain.Tests.Stored;

/// <summary>Names, numbers, places, notes and addresses are sealed wherever they are stored (design §4).</summary>
public sealed partial class SealTests
{
    /// <summary>Members that only sound personal, each with the reason why it may lie open.</summary>
    private static readonly Dictionary<string, string> Open = new()
    {
        ["account.PasswordHash"] = "a salted hash, needed before any vault is open",
        ["alert.Consents.WordingVersion"] = "which text she was shown, not her words",
        ["alert.LimitsSaid.WordingVersion"] = "which text was read to her, not her words",
        ["contact.Raises.Command.LimitsWording"] = "which text was read to her, not her words",
        ["contact.Raises.Command.Agreed.WordingVersion"] = "which text was read to her, not her words",
        ["contact.Raises.Command.PoliceConsent.WordingVersion"] = "which text she was shown, not her words",
        ["contact.Tie.Asked.Agreed.WordingVersion"] = "which text was read to her, not her words",
        ["contact.Tie.Asked.LimitsWording"] = "which text was read to her, not her words",
        ["contact.Tie.Asked.PoliceConsent.WordingVersion"] = "which text she was shown, not her words",
        ["contact.FormerTies.Asked.Agreed.WordingVersion"] = "which text was read to her, not her words",
        ["contact.FormerTies.Asked.LimitsWording"] = "which text was read to her, not her words",
        ["contact.FormerTies.Asked.PoliceConsent.WordingVersion"] = "which text she was shown, not her words",
        ["survivorSession.PinHash"] = "a peppered hash; tries are limited",
        ["survivorSession.DuressPinHash"] = "a peppered hash; tries are limited",
    };

    public static TheoryData<string> Names => Samples.Names;

    [Theory, MemberData(nameof(Names))]
    public void No_member_that_sounds_personal_lies_open(string name)
    {
        var suspects = Shape.Members(Samples.All[name].GetType(), name)
            .Where(m => m.Type == typeof(string) || m.Type == typeof(double) || m.Type == typeof(float) || m.Type == typeof(decimal))
            .Where(m => Personal().IsMatch(m.Path[(m.Path.LastIndexOf('.') + 1)..]))
            .Select(m => m.Path);
        Assert.Empty(suspects.Except(Open.Keys));
    }

    [Fact]
    public void The_list_of_exceptions_names_only_members_that_exist()
    {
        var all = Samples.All.SelectMany(s => Shape.Members(s.Value.GetType(), s.Key)).Select(m => m.Path).ToHashSet();
        Assert.All(Open.Keys, path => Assert.Contains(path, all));
    }

    [Fact]
    public void The_search_for_personal_members_finds_what_it_should()
    {
        Assert.All(["UserName", "PhoneNumber", "Landmark", "latitude", "NoteText", "SafeContact", "PasswordHash", "CodeWord", "PinHash"], n => Assert.Matches(Personal(), n));
        Assert.DoesNotMatch(Personal(), "Responder");
        Assert.Contains(Shape.Members(typeof(Place), "place"), m => m.Path == "place.Latitude" && m.Type == typeof(double));
        Assert.Contains(Shape.Members(typeof(Alert), "alert"), m => m.Path == "alert.Offers.Organisation.Id");
        Assert.DoesNotContain(Shape.Members(typeof(Alert), "alert"), m => m.Path.StartsWith("alert.Place.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_seal_is_written_as_its_box_and_prints_nothing()
    {
        var box = new Sealed<Place>("bm9uY2U");
        Assert.Equal("\"bm9uY2U\"", JsonSerializer.Serialize(box, DispatchJson.Options));
        Assert.Equal("(sealed)", box.ToString());
        Assert.DoesNotContain("box-1", Samples.Alert.ToString(), StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Sealed<Place>>("{\"landmark\":\"the mill\"}", DispatchJson.Options));
    }

    [GeneratedRegex("name|number|phone|place|address|landmark|latitude|longitude|note|text|contact|password|pin|word|email|mail|birth|voice", RegexOptions.IgnoreCase)]
    private static partial Regex Personal();
}
