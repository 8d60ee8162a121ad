using Dispatch.Domain.Shelters;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Hosting;
using Dispatch.Grains.Shelters;
using Dispatch.Web.Sealing;
using Dispatch.Web.Staff;
using Orleans;

namespace Dispatch.Web.Shelters;

/// <summary>A house's board for its own staff. For whom a hold is the house's list does not know; the alert that asked says it, for as long as there is something to answer or to expect.</summary>
internal sealed class HouseBoards(IGrainFactory grains, People people, Vault vault, HouseLooks looks, IEngineReadiness engine)
{
    public async Task<BedBoardBody> Read(string shelter, string reader) => await Body(shelter, await grains.GetGrain<IShelterGrain>(shelter).Board(), reader);

    public async Task<BedBoardBody> Body(string shelter, BedBoard board, string reader)
    {
        var (holds, by) = (Task.WhenAll(board.Holds.Select(hold => With(hold, reader))), people.PersonOrNull(board.ConfirmedBy));
        return new BedBoardBody(
            shelter, board.Version, board.Now, board.Lines, [.. await holds], [.. board.Gone.Select(gone => HouseHoldBody.Of(gone))], board.ConfirmedAt, await by, board.Freshness);
    }

    private async Task<HouseHoldBody> With(HoldView hold, string reader)
    {
        if (hold.Stage is not (HoldStage.Held or HoldStage.Booked) || !HoldId.TryParse(hold.HoldId, out var id)) return HouseHoldBody.Of(hold).Meeting(hold, vault);
        await looks.Record(reader, id);
        var (may, party) = await Party(id, reader);
        var body = HouseHoldBody.Of(hold, party);
        // Whom she shut out learns no place where she is met either.
        return may ? body.Meeting(hold, vault) : body;
    }

    /// <summary>A board without one party's ages is better than no board.</summary>
    private async Task<(bool May, Guests? Party)> Party(HoldId hold, string reader)
    {
        try
        {
            return await grains.GetGrain<IAlertGrain>(hold.Alert).BedParty(hold.No, hold.Shelter, reader) is { } party ? (true, PartyReading.Known(hold.Alert, party, vault)) : (false, null);
        }
        catch (Exception away) when (away is TimeoutException || engine.IsOutage(away))
        {
            return (true, null);
        }
    }
}
