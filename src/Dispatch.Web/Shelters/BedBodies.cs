using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;
using Dispatch.Web.Survivors;

namespace Dispatch.Web.Shelters;

/// <summary>The beds of one house, for its staff.</summary>
/// <param name="Version">Send it back with a count.</param>
/// <param name="Gone">What ended within a day, newest first.</param>
/// <param name="ConfirmedBy">Who last said that the counts are right.</param>
public sealed record BedBoardBody(
    string ShelterId, long Version, DateTimeOffset Now, ImmutableArray<BoardLine> Beds, ImmutableArray<HouseHoldBody> Holds, ImmutableArray<HouseHoldBody> Gone, DateTimeOffset? ConfirmedAt, PersonBody? ConfirmedBy,
    Freshness Freshness);

/// <summary>One party's beds, as the house sees them: how many and until when, and nothing about who they are.</summary>
/// <param name="State">Absent once it is over.</param>
/// <param name="Code">Names it in a text of the house's staff.</param>
/// <param name="Party">For whom they are, as long as the house has to answer or to expect them.</param>
public sealed record HouseHoldBody(
    string HoldId, HoldStage? State, GoneHow? Over, ImmutableArray<BedCount> Beds, DateTimeOffset AskedAt, DateTimeOffset? ExpiresAt, bool Renewed,
    DateTimeOffset? ExpectedAt, DateTimeOffset? Until, bool Overdue, DateTimeOffset? ArrivedAt, int? Nights, int? Code, GuestsBody? Party = null)
{
    /// <summary>Where staff meet them, from the yes on.</summary>
    public LocationBody? MeetAt { get; init; }

    internal static HouseHoldBody Of(HoldView hold, Guests? party = null) => new(
        hold.HoldId, hold.Stage, hold.Over, hold.Beds, hold.AskedAt, hold.ExpiresAt, hold.Renewed, hold.ExpectedAt, hold.Until, hold.Overdue, hold.ArrivedAt, hold.Nights, hold.Code, party is null ? null : GuestsBody.Of(party));
}

public sealed record CountsBody
{
    public required long Version { get; init; }
    public required ImmutableArray<BedFigures> Beds { get; init; }
}

/// <summary>For whom beds are asked: numbers, ages and flags.</summary>
/// <param name="Adults">She herself among them.</param>
public sealed record GuestsBody(int Adults = 1, ImmutableArray<Child>? Children = null, bool Pregnant = false, bool Wheelchair = false, int? Nights = null, bool Pets = false)
{
    internal static GuestsBody Of(Guests guests) => new(guests.Adults, guests.Children, guests.Pregnant, guests.Wheelchair, guests.Nights, guests.Pets);

    internal Guests Guests => new(Adults, Children ?? [], Pregnant, Wheelchair, Nights, Pets);
}

/// <param name="ShelterId">Absent: the house that the search would ask next.</param>
/// <param name="Party">Absent: as it is known.</param>
public sealed record HoldRequestBody(string? ShelterId = null, GuestsBody? Party = null);

/// <summary>One house that was asked, as the line sees it.</summary>
/// <param name="ByMachine">Nobody chose it: the search did.</param>
/// <param name="Refused">The code with which the house's list of beds refused.</param>
/// <param name="PassedOver">Why whoever rang it went on to the next one, or why its people said no.</param>
public sealed record HoldBody(
    string HoldId, string ShelterId, BedState State, DateTimeOffset AskedAt, bool ByMachine, DateTimeOffset? ExpiresAt, DateTimeOffset? BookedAt, DateTimeOffset? ExpectedAt, BedOver? Over, string? Refused, PassedOver? PassedOver, bool ByTelephone)
{
    internal static HoldBody Of(string alert, BedRequest r) => new(
        new HoldId(alert, r.No, r.Shelter).ToString(), r.Shelter, r.State, r.AskedAt, r.By is null, r.ExpiresAt, r.BookedAt, r.ExpectedAt, r.Over, r.Refused is { } why ? Code.Of(why) : null, r.PassedOver, r.ByTelephone);
}

/// <param name="Yes">Whether the house takes them.</param>
/// <param name="ExpectedAt">When they are expected, where that is known; said again it replaces what was said.</param>
/// <param name="Reason">Of a no: the line sees it.</param>
public sealed record ConfirmBody(DateTimeOffset? ExpectedAt = null, PassedOver? Reason = null)
{
    public required bool Yes { get; init; }
}

public sealed record ReleaseBody(bool NotCome = false);

public sealed record CorrectBody(ImmutableArray<BedCount>? Beds = null)
{
    public required HoldStage To { get; init; }
    public required CorrectionReason Reason { get; init; }
}

/// <param name="Hold">Absent where it was given up before the house knew of it.</param>
/// <param name="Version">The house's.</param>
public sealed record HoldAnswerBody(string ShelterId, HouseHoldBody? Hold, long? Version);

/// <summary>Free beds of an area's houses together. Over fewer than three houses nothing is counted, so that no number tells of one house.</summary>
/// <param name="Free">Absent when there are too few houses.</param>
public sealed record AreaBedsBody(string Area, ImmutableArray<BedCount>? Free, DateTimeOffset? OldestConfirmedAt);
