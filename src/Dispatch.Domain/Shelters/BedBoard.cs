using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Sealing;

namespace Dispatch.Domain.Shelters;

/// <summary>The beds of one kind; the parts add up to the capacity.</summary>
public sealed record BoardLine(BedKind Kind, int Capacity, int Free, int Held, int Booked, int Occupied, int OutOfService);

/// <summary>One party's beds, as the house and whoever asked for them see it.</summary>
/// <param name="Over">How it ended; null while it is held, booked or occupied.</param>
/// <param name="ExpiresAt">When it is no longer held.</param>
/// <param name="Overdue">Expected and not here: somebody should ask where she is. The beds stay hers.</param>
/// <param name="MeetAt">Where staff meet her, from the house's yes on.</param>
/// <param name="Code">Names it in a text of the house's staff.</param>
public sealed record HoldView(
    string HoldId, HoldStage? Stage, GoneHow? Over, ImmutableArray<BedCount> Beds, DateTimeOffset AskedAt, DateTimeOffset? ExpiresAt, bool Renewed,
    DateTimeOffset? ExpectedAt, DateTimeOffset? Until, bool Overdue, DateTimeOffset? ArrivedAt, int? Nights, Sealed<Place>? MeetAt, int? Code = null)
{
    /// <summary>Why the house said no, where it said so.</summary>
    public PassedOver? Why { get; init; }
}

/// <summary>What the staff of the house see.</summary>
/// <param name="Gone">What ended within a day, newest first.</param>
public sealed record BedBoard(long Version, DateTimeOffset Now, ImmutableArray<BoardLine> Lines, ImmutableArray<HoldView> Holds, ImmutableArray<HoldView> Gone, DateTimeOffset? ConfirmedAt, string? ConfirmedBy, Freshness Freshness)
{
    public static BedBoard Of(BedLedger ledger, ShelterSetup? house, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        var known = Expiring.At(ledger, now);
        return new(
            known.Version, now,
            LinesOf(known),
            [.. known.Holds.OrderBy(h => h.Stage).ThenBy(h => h.AskedAt).ThenBy(h => h.Id, StringComparer.Ordinal).Select(h => View(h, house, now))],
            [.. known.Gone.Where(g => g.How is not GoneHow.ReleasedUnseen).OrderByDescending(g => g.At).ThenBy(g => g.Id, StringComparer.Ordinal).Select(View)],
            known.ConfirmedAt, known.ConfirmedBy, Figures.At(known.ConfirmedAt, now));
    }

    /// <summary>As the ledger has it, whatever ran out since.</summary>
    internal static ImmutableArray<BoardLine> LinesOf(BedLedger ledger) =>
        [.. ledger.Kinds.Select(k => new BoardLine(k.Kind, k.Capacity, ledger.Free(k.Kind), ledger.In(HoldStage.Held, k.Kind), ledger.In(HoldStage.Booked, k.Kind), ledger.Occupied(k.Kind), k.OutOfService))];

    /// <summary>Null when nobody here knows it.</summary>
    public static HoldView? ViewOf(BedLedger ledger, ShelterSetup? house, string holdId, DateTimeOffset now)
    {
        var known = Expiring.At(ledger, now);
        return known.Find(holdId) is { } hold ? View(hold, house, now) : known.FindGone(holdId) is { } gone ? View(gone) : null;
    }

    private static HoldView View(BedHold hold, ShelterSetup? house, DateTimeOffset now) => new(
        hold.Id, hold.Stage, null, hold.Beds, hold.AskedAt, hold.ExpiresAt, hold.Renewed, hold.ExpectedAt, hold.Until, hold.OverdueAt(now), hold.ArrivedAt, hold.Nights,
        hold.Stage is HoldStage.Booked ? hold.MeetAt ?? house?.MeetingPoint : null, hold.Code);

    private static HoldView View(GoneHold gone) => new(gone.Id, null, gone.How, gone.Beds, gone.AskedAt, null, false, null, null, false, gone.ArrivedAt, gone.Nights, null, gone.Code) { Why = gone.Why };
}

/// <summary>
/// One house to those who look for a bed. It is for matching: on a page outside the house it shows only added up over three houses or more (<see cref="AreaBeds"/>).
/// </summary>
public sealed record HouseSummary(
    string Shelter, long Version, string Tenant, OrganisationFacts Organisation, ImmutableArray<string> Areas, HouseRules Rules, TravelHours Travel,
    ImmutableArray<BedCount> Free, DateTimeOffset? ConfirmedAt, Freshness Freshness)
{
    /// <summary>All that there are of each kind, free or not.</summary>
    public ImmutableArray<BedCount> Capacity { get; init; } = [];

    /// <summary>The accounts of those who work there.</summary>
    public ImmutableArray<string> Staff { get; init; } = [];

    public static HouseSummary Of(string shelter, BedLedger ledger, ShelterSetup house, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(house);
        var known = Expiring.At(ledger, now);
        return new(shelter, known.Version, house.Tenant, house.Organisation, house.Areas, house.Rules, house.Travel, known.AllFree, known.ConfirmedAt, Figures.At(known.ConfirmedAt, now))
        {
            Capacity = [.. known.Kinds.Select(k => new BedCount(k.Kind, k.Capacity))],
            Staff = house.Staff,
        };
    }
}
