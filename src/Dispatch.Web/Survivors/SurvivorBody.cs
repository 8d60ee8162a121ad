using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Survivors;
using Dispatch.Web.Hotline;

namespace Dispatch.Web.Survivors;

public sealed record SurvivorBody(
    string Id, long Version, SurvivorStatus Status, DateTimeOffset? ReceivedAt, int ToldCount, ImmutableArray<SurvivorNeedBody> Needs, bool HumanAnswered,
    string FallbackNumber, string? Ended, bool NeedsContact)
{
    internal static SurvivorBody Of(SurvivorView view, string fallbackNumber, MeetingPlaces places) => new(
        view.Id, view.Version, view.Status, view.ReceivedAt, view.ToldCount,
        [.. view.Needs.Select(n => new SurvivorNeedBody(n.Need, StateOf(n), n.Mode, n.EtaMinutes, n.EtaAt, n.AcceptedAt) { Leg = n.Leg, MeetingPoint = n.Meeting is { } m ? new HerMeetingBody(m.No, m.Agreed, places.Open(view.Id, view.WrappedKey!, m)) : null })],
        view.HumanAnswered, fallbackNumber, view.Status is SurvivorStatus.Ended ? "resolved" : null, view.NeedsContact);

    /// <summary>Changes whenever anything in the body does: "nobody yet" comes with time alone, without a new version.</summary>
    internal string ETag => $"\"{Version}.{(int)Status}\"";

    private static SurvivorNeedState StateOf(SurvivorNeed need) => need.State switch
    {
        _ when need.Mode is not null => SurvivorNeedState.Accepted,
        NeedStage.Asking => SurvivorNeedState.Asking,
        NeedStage.Filled => SurvivorNeedState.Accepted,
        NeedStage.Closed => SurvivorNeedState.Closed,
        _ => throw new System.Diagnostics.UnreachableException($"need {need.State}"),
    };
}

public enum SurvivorNeedState { Asking = 1, Accepted = 2, Closed = 3 }

public sealed record SurvivorNeedBody(Need Need, SurvivorNeedState State, Mode? Mode, int? EtaMinutes, DateTimeOffset? EtaAt, DateTimeOffset? AcceptedAt)
{
    public SurvivorLeg? Leg { get; init; }
    public HerMeetingBody? MeetingPoint { get; init; }
}

/// <summary>Where she is met. It says nothing of who waits there.</summary>
/// <param name="Agreed">She said yes; otherwise she is asked.</param>
public sealed record HerMeetingBody(int No, bool Agreed, LocationBody Place);
