using System.Collections.Immutable;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Rows;
using Dispatch.Grains.Shelters;
using Dispatch.Storage;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Shelters;

/// <summary>A house in the city, and short words for what is done to it.</summary>
internal sealed class House(City city, string id = "house-1")
{
    public static readonly ShelterSetup Setup = new()
    {
        Tenant = City.Tenant, Organisation = new OrganisationFacts("house-org", OrganisationKind.Shelter), Areas = [City.Area], MeetingPoint = new Sealed<Domain.Alerts.Place>("meeting-point"),
    };

    public IShelterGrain Grain => city.Grains.GetGrain<IShelterGrain>(id);

    public BedBoard Board => city.Host(() => Grain.Board());

    /// <summary>What the database holds of its beds, whatever any actor believes.</summary>
    public ImmutableArray<BedEvent> History => city.Host(async () => (await new LocalRows(city.Store).All<BedEvent>(Tables.BedHistory, id)).ToImmutableArray());

    public static House With(City city, int beds)
    {
        var house = new House(city);
        city.Host(() => house.Grain.Configure(Setup));
        Assert.Null(house.Count(beds).Refused);
        return house;
    }

    public string Id(int no) => new HoldId("alert-1", no, id).ToString();

    public CountsResult Count(int beds, long? version = null) => city.Host(() => Grain.ConfirmCounts(new ConfirmCounts(version ?? Board.Version, [new BedFigures(BedKind.Bed, beds, 0, 0)], "staff")));

    public HoldBeds Asks(int no, DateTimeOffset? asked = null) => new(Id(no), asked ?? city.Now, new Guests(1));

    public HoldResult Hold(int no, DateTimeOffset? asked = null) => city.Host(() => Grain.Hold(Asks(no, asked)));

    public HoldResult Release(int no, DateTimeOffset asked, string? by = null) => city.Host(() => Grain.Release(new ReleaseBeds(Id(no), asked, by)));

    public HoldResult Answer(int no, bool yes = true) => city.Host(() => Grain.Confirm(new AnswerHold(Id(no), yes, "staff")));

    public HoldResult Arrive(int no) => city.Host(() => Grain.Arrive(Id(no), "staff"));

    public HoldResult Leave(int no) => city.Host(() => Grain.Leave(Id(no), "staff"));

    public BoardLine Beds => Assert.Single(Board.Lines);
}
