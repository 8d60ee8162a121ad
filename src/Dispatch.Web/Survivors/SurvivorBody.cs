using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Survivors;

namespace Dispatch.Web.Survivors;

public sealed record SurvivorBody(
    string Id, long Version, SurvivorStatus Status, DateTimeOffset? ReceivedAt, int ToldCount, ImmutableArray<SurvivorNeedBody> Needs, bool HumanAnswered,
    string FallbackNumber, string? Ended, bool NeedsContact)
{
    internal static SurvivorBody Of(SurvivorView view, string fallbackNumber) => new(
        view.Id, view.Version, view.Status, view.ReceivedAt, view.ToldCount,
        [.. view.Needs.Select(n => new SurvivorNeedBody(n.Need, StateOf(n), n.Mode, n.EtaMinutes, n.EtaAt, n.AcceptedAt))],
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

public sealed record SurvivorNeedBody(Need Need, SurvivorNeedState State, Mode? Mode, int? EtaMinutes, DateTimeOffset? EtaAt, DateTimeOffset? AcceptedAt);
