using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Sealing;

namespace Dispatch.Domain.Alerts;

/// <summary>
/// A place where she is met for one need: for transport where the driver picks her up, for shelter where the people of the house fetch her. It is all that she and
/// whoever drives her see of a house. Its number within the alert never changes and is never reused.
/// </summary>
/// <param name="By">The account that proposed it, or the house.</param>
public sealed record MeetingPoint(int No, Need Need, Sealed<Place> Where, string By, DateTimeOffset At)
{
    /// <summary>More than anybody proposes for one journey.</summary>
    public const int MaxPoints = 20;

    /// <summary>The request for beds whose house meets her there. Then it is sealed with that house's key, otherwise with the alert's; and it is worth nothing once that bed is no longer hers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Bed { get; init; }

    /// <summary>Keyed MACs of the command's key and body, so that a repeat proposes nothing more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? KeyMac { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BodyMac { get; init; }

    /// <summary>The last word on it: hers, or of a call-taker to whom she said it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MeetingAnswer? Answer { get; init; }

    [JsonIgnore]
    public bool Agreed => Answer is { Yes: true };
}

/// <param name="By">"survivor", or the account of the call-taker.</param>
public sealed record MeetingAnswer(bool Yes, string By, DateTimeOffset At);

/// <param name="Agreed">She has just said yes to it on the line.</param>
public sealed record ProposeMeeting(Need Need, Sealed<Place> Where, string By, string KeyMac, string BodyMac, bool Agreed = false);

public sealed record AnswerMeeting(int No, bool Yes, string By);

/// <summary>A meeting point as somebody may see it, still sealed.</summary>
/// <param name="House">Whose key opens it; null for the alert's.</param>
public sealed record SeenMeeting(int No, Need Need, bool Agreed, Sealed<Place> Where, string? House);

/// <summary>Which of the proposed places count.</summary>
public static class Meetings
{
    public static ImmutableArray<MeetingPoint> All(Alert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return alert.MeetingPoints ?? [];
    }

    /// <summary>Where she is met: the newest that she agreed to.</summary>
    public static MeetingPoint? Agreed(Alert alert, Need need) => All(alert).LastOrDefault(p => p.Need == need && p.Agreed && Stands(alert, p));

    /// <summary>What she is asked: the newest, while nobody has answered for her.</summary>
    public static MeetingPoint? Asked(Alert alert, Need need) => Newest(alert, need) is { Answer: null } asked ? asked : null;

    internal static MeetingPoint? Newest(Alert alert, Need need) => All(alert).LastOrDefault(p => p.Need == need && Stands(alert, p));

    public static SeenMeeting Seen(Alert alert, MeetingPoint point)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(point);
        return new(point.No, point.Need, point.Agreed, point.Where, HouseOf(alert, point));
    }

    /// <summary>Whose key opens it; null for the alert's.</summary>
    public static string? HouseOf(Alert alert, MeetingPoint point)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(point);
        return point.Bed is { } bed ? alert.Beds?.Find(bed)?.Shelter : null;
    }

    /// <summary>Its need is not closed, and the bed that it leads to is still hers.</summary>
    private static bool Stands(Alert alert, MeetingPoint point) =>
        alert.Needs.Any(n => n.Need == point.Need && n.Stage is not NeedStage.Closed) && (point.Bed is not { } bed || alert.Beds?.Hers?.No == bed);
}
