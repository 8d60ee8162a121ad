using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Rows;
using Dispatch.Web.Audit;
using Dispatch.Web.Shelters.Exchange;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests;

/// <summary>What other systems and planners read of an area's beds: sums, and never a house.</summary>
public sealed class BedExchangeTests(RunningHost host) : IClassFixture<RunningHost>
{
    private static readonly XNamespace Have = "urn:oasis:names:tc:emergency:edxl:have:2.0";
    private static readonly XNamespace Ct = "urn:oasis:names:tc:emergency:edxl:ct:1.0";

    /// <summary>What the houses of this host are known by anywhere in it, and where one of them is.</summary>
    private static readonly string[] OfAHouse = ["home", "market", "blue", "12.6391", "8.00289", "latitude", "address", "keeper", "warden"];

    [Fact]
    public async Task The_document_in_the_manner_of_HAVE_has_its_parts_in_their_order_and_nothing_of_a_house()
    {
        await Counted(3);
        var answer = (await (await host.SignIn("planner")).Get("/api/v1/areas/TT%2Fone/beds.have.xml")).Is(200);

        Assert.StartsWith("application/xml", answer.Headers["Content-Type"], StringComparison.Ordinal);
        var facility = Assert.Single(XDocument.Parse(answer.Body).Elements(Have + "HAVE").Elements());
        Assert.Equal(Have + "facility", facility.Name);
        Assert.Equal([Have + "facilityInformation", Have + "serviceList", Have + "lastUpdateTime"], facility.Elements().Select(e => e.Name));
        Assert.Equal([(Have + "facilityID", "TT/one"), (Have + "facilityName", "One")], facility.Elements().First().Elements().Select(e => (e.Name, e.Value)));
        var service = Assert.Single(facility.Elements(Have + "serviceList").Elements());
        Assert.Equal([Have + "serviceName", Have + "bedCapacity"], service.Elements().Select(e => e.Name));
        var beds = service.Elements().Last();
        Assert.Equal([(Ct + "ValueListURI", "urn:dispatch:bed-kind:1"), (Ct + "Value", "bed")], beds.Elements(Have + "bedType").Elements().Select(e => (e.Name, e.Value)));
        Assert.Equal(
            [(Have + "capacityStatus", "vacantAvailable"), (Have + "availableCount", "8"), (Have + "baselineCount", "9")],
            beds.Elements(Have + "capacity").Elements().Select(e => (e.Name, e.Value)));
        Assert.Equal(host.Clock.GetUtcNow(), DateTimeOffset.Parse(facility.Elements().Last().Value, CultureInfo.InvariantCulture), TimeSpan.FromMinutes(1));
        Assert.All(OfAHouse, word => Assert.DoesNotContain(word, answer.Body, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_HSDS_service_has_what_its_schema_requires_and_no_place()
    {
        await Counted(3);
        var answer = (await (await host.SignIn("planner")).Get("/api/v1/areas/TT%2Fone/beds.hsds.json")).Is(200);

        Assert.Equal(["capacities", "id", "last_modified", "name", "service_areas", "status"], Members(answer.Json));
        Assert.Equal("active", answer.Text("status"));
        var capacity = Assert.Single(answer.Json.GetProperty("capacities").EnumerateArray());
        Assert.Equal(["available", "id", "maximum", "unit", "updated"], Members(capacity));
        Assert.Equal((8, 9), (capacity.GetProperty("available").GetInt32(), capacity.GetProperty("maximum").GetInt32()));
        Assert.Equal(["id", "identifier", "name", "scheme"], Members(capacity.GetProperty("unit")));
        Assert.Equal("Bed", capacity.GetProperty("unit").GetProperty("name").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", capacity.GetProperty("updated").GetString());
        Assert.All([answer.Text("id"), capacity.GetProperty("id").GetString(), capacity.GetProperty("unit").GetProperty("id").GetString()], id => Assert.Equal('8', Guid.Parse(id!).ToString("D")[14]));
        Assert.All(OfAHouse, word => Assert.DoesNotContain(word, answer.Body, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Of_too_few_houses_or_of_figures_that_nobody_confirmed_no_count_leaves()
    {
        var unsaid = new AreaBeds(3, [new BedCount(BedKind.Bed, 7)], [new BedCount(BedKind.Bed, 9)], null);

        Assert.All([null, unsaid], beds =>
        {
            var document = XDocument.Parse(HaveDocument.Of("TT/one", "One", beds));
            Assert.Empty(document.Descendants(Have + "bedCapacity"));
            Assert.Empty(document.Descendants(Have + "lastUpdateTime"));
            Assert.Single(document.Descendants(Have + "facility"));
            Assert.Empty(HsdsService.Of("TT/one", "One", beds).Capacities);
            Assert.Null(HsdsService.Of("TT/one", "One", beds).LastModified);
        });
    }

    [Fact]
    public void A_full_area_says_so_and_a_name_is_written_as_one()
    {
        var document = XDocument.Parse(HaveDocument.Of("TT/one", "Rive <&> Gauche", new AreaBeds(3, [new BedCount(BedKind.FamilyRoom, 0)], [new BedCount(BedKind.FamilyRoom, 4)], host.Clock.GetUtcNow())));

        Assert.Equal("notAvailable", document.Descendants(Have + "capacityStatus").Single().Value);
        Assert.Equal("familyRoom", document.Descendants(Ct + "Value").Single().Value);
        Assert.Equal("Rive <&> Gauche", document.Descendants(Have + "facilityName").Single().Value);
    }

    [Theory]
    [InlineData("beds.have.xml")]
    [InlineData("beds.hsds.json")]
    [InlineData("beds/history")]
    public async Task Only_a_coordinator_of_the_area_reads_it(string what)
    {
        (await host.Anybody().Get($"/api/v1/areas/TT%2Fone/{what}")).Is(401, "not_signed_in");
        foreach (var other in new[] { "taker", "boss", "keeper", "admin", "nurse1" }) (await (await host.SignIn(other)).Get($"/api/v1/areas/TT%2Fone/{what}")).Is(403, "not_allowed");
        (await (await host.SignIn("planner")).Get($"/api/v1/areas/TT%2Friver/{what}")).Is(404, "not_found");
    }

    [Fact]
    public async Task Who_took_the_figures_away_is_on_record()
    {
        (await (await host.SignIn("planner")).Get("/api/v1/areas/TT%2Fone/beds.have.xml")).Is(200);
        var audit = await host.App.Services.GetRequiredService<IRows>().All<AuditRow>(Tables.Audit, $"TT/{host.Clock.GetUtcNow():yyyyMMdd}");
        Assert.Contains(audit, row => row is { Action: "beds.exchange", Subject: "TT/one", Detail: "have" });
    }

    [Fact]
    public async Task A_planner_sees_how_full_the_area_was_and_no_house()
    {
        await Counted(3);
        var planner = await host.SignIn("planner");
        var hours = await Eventually.Get(() => planner.Get("/api/v1/areas/TT%2Fone/beds/history?step=hour"), a => a.Is(200).Json.GetProperty("points")[0].TryGetProperty("beds", out _));

        Assert.Equal(49, hours.Json.GetProperty("points").GetArrayLength());
        var beds = Assert.Single(hours.Json.GetProperty("points")[0].GetProperty("beds").EnumerateArray());
        Assert.Equal(("bed", 9, 8, 1), (beds.GetProperty("kind").GetString(), beds.GetProperty("capacity").GetInt32(), beds.GetProperty("free").GetInt32(), beds.GetProperty("occupied").GetInt32()));
        Assert.False(hours.Json.GetProperty("points")[48].TryGetProperty("beds", out _));
        Assert.Equal(92, (await planner.Get("/api/v1/areas/TT%2Fone/beds/history?step=day")).Is(200).Json.GetProperty("points").GetArrayLength());
        (await planner.Get("/api/v1/areas/TT%2Fone/beds/history?step=week")).Is(400, "invalid_body");
        Assert.All(OfAHouse, word => Assert.DoesNotContain(word, hours.Body, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_change_in_a_house_reaches_the_line_as_the_areas_and_names_no_house()
    {
        await using var page = await LivePage.Open(host, (await host.SignIn("taker")).Token!);
        await Counted(4);

        var hint = await page.Next("beds");
        Assert.Equal(("TT/one", 0), (hint[0].GetString(), hint[1].GetInt64()));
        await Counted(3);
    }

    [Fact]
    public async Task Whoever_answers_the_line_of_an_area_reads_its_sums_also_without_duty_there()
    {
        var (taker, elsewhere) = (await host.SignIn("taker"), await host.SignIn("elsewhere"));
        Assert.False((await taker.Get("/api/v1/areas/TT%2Friver/beds")).Is(200).Json.TryGetProperty("free", out _));
        (await elsewhere.Get("/api/v1/areas/TT%2Friver/beds")).Is(404, "not_found");
        (await taker.Get("/api/v1/areas/TT%2Fnowhere/beds")).Is(404, "not_found");
    }

    private static string[] Members(JsonElement json) => [.. json.EnumerateObject().Select(m => m.Name).Order(StringComparer.Ordinal)];

    /// <summary>Three houses with so many beds each; somebody sleeps in one, and another has an address.</summary>
    private async Task Counted(int beds)
    {
        var (keeper, warden) = (await host.SignIn("keeper"), await host.SignIn("warden"));
        await Count(keeper, "home-1", beds, occupied: 1);
        await Count(warden, "home-2", beds, occupied: 0);
        await Count(warden, "home-3", beds, occupied: 0);
        (await warden.Put("/api/v1/shelters/home-3/address", new { text = "blue door", latitude = 12.6391, longitude = -8.00289 })).Is(204);
    }

    private static async Task Count(Caller staff, string house, int beds, int occupied)
    {
        var version = (await staff.Get($"/api/v1/shelters/{house}/beds")).Is(200).Json.GetProperty("version").GetInt64();
        (await staff.Put($"/api/v1/shelters/{house}/beds", new { version, beds = new[] { new { kind = "bed", capacity = beds, occupied, outOfService = 0 } } })).Is(200);
    }
}
